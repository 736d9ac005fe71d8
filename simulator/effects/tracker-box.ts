import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { ActiveFault } from '../faults/fault.ts';
import type { Disturbance } from '../run/publisher.ts';
import { fitTracker } from '../trackers/fit-tracker.ts';
import { plainView, type ReportingPace, type Tracker, type TrackerView } from '../trackers/tracker.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';
import { type Outgoing, Outbox } from './outbox.ts';
import { Perception } from './perception.ts';
import { isWithoutEffects, type TrackerTraits } from './tracker-traits.ts';

/** One tracker with its errors. */
export interface BoxOptions {
  readonly seed: number;
  readonly name: string;
  readonly timeZone: string;
  readonly openingMs: number;
  readonly pace: ReportingPace;
  readonly traits: TrackerTraits;
  /** May grow while the tracker is at work. */
  readonly faults: readonly ActiveFault[];
  readonly tracker: Pick<FleetVehicle, 'provider' | 'device' | 'origin'>;
  /** Where its counter and the road agree; null for a counter that begins at `startsAtMm` when it is fitted. */
  readonly openingMm: number | null;
  readonly startsAtMm?: number;
  /** When it is in the vehicle; null to the end. */
  readonly fromMs: number;
  readonly toMs: number | null;
  /** Its odometer is the one the truth compares with. */
  readonly isTruth: boolean;
  /** What it sees, where it is not in the vehicle at all. */
  readonly elsewhere?: (state: VehicleState) => VehicleState;
}

/** Why a tracker is asked; `silent` when the vehicle has nothing new to say. */
export type Occasion = 'due' | 'sparse' | 'final' | 'silent';

/** Clients that one tracker has for itself; every other feed comes through somebody's server. */
const OWN_CLIENT: readonly FleetVehicle['provider'][] = [
  'teltonika',
  'teltonika-mqtt-json',
  'queclink',
  'ovms',
];

/** A tracker in a vehicle: what it perceives, what it says of it, and what of that leaves. */
export class TrackerBox {
  readonly device: string;
  /** As it last was; null before it was asked. */
  lastTrueMm: number | null = null;
  shownMm: number | null = null;
  private readonly options: BoxOptions;
  private readonly tracker: Tracker;
  private readonly outbox: Outbox;
  private readonly hasEffects: boolean;
  private removedMs: number | null;
  private perception: Perception | null = null;
  private offsetMm = 0;
  private client: Pick<Disturbance, 'client' | 'transport'> | null = null;

  constructor(options: BoxOptions) {
    this.options = options;
    this.device = options.tracker.device;
    this.tracker = fitTracker(options.tracker, options.pace, options.traits.teltonika);
    this.hasEffects = !isWithoutEffects(options.traits) || options.elsewhere !== undefined;
    this.removedMs = options.toMs;
    this.outbox = new Outbox(options, this.tracker, options.traits, options.faults);
  }

  /** Asked in order of time. `silent` when the vehicle has nothing new: what waits may still leave. */
  report(state: VehicleState, occasion: Occasion): readonly Outgoing[] {
    const { fromMs, isTruth } = this.options;
    const { atMs } = state;
    this.lastTrueMm = state.odometerMm;
    if (atMs < fromMs || (this.removedMs !== null && atMs >= this.removedMs)) return [];
    // Most trackers of most runs are never wrong, and nothing is worked out for them.
    const isPlain = !this.hasEffects && isTruth && this.options.faults.length === 0;
    const view = isPlain ? plainView(state) : this.perceived(state);
    this.shownMm = view.odometerMm;
    const publishes = occasion === 'silent' ? [] : this.tracker.report(view, occasion);
    const [first] = publishes;
    if (first !== undefined) this.client = { client: first.client, transport: first.transport };
    if (isPlain) return publishes.map((publish) => ({ publish, observedMs: atMs }));
    const outgoing = this.outbox.pass(atMs, publishes, occasion === 'final');
    return isTruth ? outgoing : outgoing.map(withoutOdometer);
  }

  /** Somebody takes it out at an instant. */
  removeAt(atMs: number): void {
    this.removedMs = atMs;
  }

  hasOwnClient(): boolean {
    return OWN_CLIENT.includes(this.options.tracker.provider);
  }

  /** Something happens to the connection it speaks through; null while it has none. */
  disturbance(kind: Disturbance['kind']): Disturbance | null {
    return this.client === null ? null : { kind, ...this.client };
  }

  /** Packets that were made and will not be sent. */
  unsent(): number {
    return this.outbox.lost + this.outbox.left;
  }

  private perceived(state: VehicleState): TrackerView {
    const { elsewhere } = this.options;
    const seen = elsewhere === undefined ? state : elsewhere(state);
    this.perception ??= this.fitted(seen);
    return this.perception.see({ ...seen, odometerMm: seen.odometerMm + this.offsetMm });
  }

  private fitted(state: VehicleState): Perception {
    const { options } = this;
    const startsAtMm = options.startsAtMm ?? 0;
    this.offsetMm = options.openingMm === null ? startsAtMm - state.odometerMm : 0;
    const by = {
      seed: options.seed,
      name: options.name,
      timeZone: options.timeZone,
      switchedOnMs: options.openingMs,
      feed: options.tracker.provider,
      isTrackersOwn: options.tracker.origin === 'tracker',
      openingMm: options.openingMm ?? startsAtMm,
    };
    return new Perception(by, options.traits, options.faults);
  }
}

/** The truth compares with the vehicle's own tracker alone. */
function withoutOdometer({ publish, observedMs }: Outgoing): Outgoing {
  return { publish: { ...publish, odometer: null }, observedMs };
}
