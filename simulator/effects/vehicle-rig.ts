import { must } from '../../core/base/assert.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { type ActiveFault, isActive, numberParam } from '../faults/fault.ts';
import { displaced } from '../faults/place-faults.ts';
import type { TruthNote } from '../faults/truth-note.ts';
import type { Disturbance } from '../run/publisher.ts';
import type { ReportingPace } from '../trackers/tracker.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';
import type { Outgoing } from './outbox.ts';
import { spareTracker } from './spare-tracker.ts';
import { type BoxOptions, type Occasion, TrackerBox } from './tracker-box.ts';
import { isWithoutEffects, plainTraits, type TrackerTraits } from './tracker-traits.ts';

/** What a rig is made from. */
export interface RigOptions {
  readonly seed: number;
  /** The vehicle and its index in the fleet. */
  readonly vehicle: FleetVehicle;
  readonly index: number;
  readonly timeZone: string;
  readonly openingMs: number;
  readonly pace: ReportingPace;
  readonly traits: TrackerTraits;
  /** Only this vehicle's. */
  readonly faults: readonly ActiveFault[];
}

/** A copy of a tracker far away speaks up so often under the same name. */
const TAKEOVER_MS = 60_000;
const CLONE_KM = 30;
const CLOCK_TOLD_MS = 10_000;

/**
 * Everything that reports on one vehicle: its tracker, and those that faults add to it: the one it is swapped for, a
 * second one beside it, a copy of it elsewhere. Only the vehicle's own tracker's odometer is told to the truth.
 */
export class VehicleRig {
  private readonly options: RigOptions;
  /** One list for everything of the vehicle: what befalls it later is known to all. */
  private readonly faults: ActiveFault[];
  private readonly main: TrackerBox;
  private readonly boxes: TrackerBox[];
  /** Trackers that faults added, by the fault's place in the list. */
  private readonly addedBy = new Map<number, TrackerBox>();
  private readonly notes: TruthNote[] = [];
  /** How far each fault, by its place in the list, has been told. */
  private readonly told: ('begun' | 'ended')[] = [];
  private isFirst = true;
  private isUnitTold = false;

  constructor(options: RigOptions) {
    this.options = options;
    this.faults = [...options.faults];
    const { vehicle } = options;
    this.main = this.boxOf({
      tracker: vehicle,
      name: vehicle.id,
      openingMm: vehicle.openingMm,
      fromMs: -Infinity,
      toMs: null,
      isTruth: true,
    });
    this.boxes = [this.main];
    this.faults.forEach((fault, place) => this.fitFor(fault, place));
  }

  /** Something that nobody knew of before. */
  befall(fault: ActiveFault): void {
    this.faults.push(fault);
    this.fitFor(fault, this.faults.length - 1);
  }

  /** Every fault that holds ends now. */
  recover(atMs: number): void {
    this.faults.forEach((fault, place) => {
      if (!isActive(fault, atMs)) return;
      this.faults[place] = { ...fault, toMs: atMs };
      // A swap is not undone: the new tracker stays where it was fitted.
      if (fault.type !== 'device-swap') this.addedBy.get(place)?.removeAt(atMs);
    });
  }

  /** Nothing befalls its trackers and nothing waits in them: while the vehicle stands they need not be asked each second. */
  isPlain(): boolean {
    return this.faults.length === 0 && isWithoutEffects(this.options.traits);
  }

  /** What leaves the vehicle's trackers at an instant. */
  report(state: VehicleState, occasion: Occasion): readonly Outgoing[] {
    const outgoing =
      this.boxes.length === 1
        ? this.main.report(state, occasion)
        : this.boxes.flatMap((box) => box.report(state, occasion));
    this.note(state);
    return outgoing;
  }

  /** What happens to connections after one instant and until another. */
  disturbances(afterMs: number, untilMs: number): readonly Disturbance[] {
    return this.faults.flatMap((fault) => {
      const kind = disturbanceOf(fault, this.main.hasOwnClient(), afterMs, untilMs);
      const disturbance = kind === null ? null : this.main.disturbance(kind);
      return disturbance === null ? [] : [disturbance];
    });
  }

  /** What happened since it was last asked. */
  takeNotes(): readonly TruthNote[] {
    return this.notes.splice(0);
  }

  /** At the end of a run: packets that were made and never sent. */
  noteEnd(atMs: number): void {
    for (const box of this.boxes) {
      const packets = box.unsent();
      if (packets > 0) this.add(atMs, box, 'never-sent', 'ends', packets);
    }
  }

  /** The tracker a fault adds, and the one it takes away. */
  private fitFor(fault: ActiveFault, place: number): void {
    if (fault.type === 'device-swap') this.main.removeAt(fault.fromMs);
    const added = this.addedFor(fault);
    if (added === null) return;
    this.boxes.push(added);
    this.addedBy.set(place, added);
  }

  private addedFor(fault: ActiveFault): TrackerBox | null {
    switch (fault.type) {
      case 'device-swap':
        return this.spareOf('swap', fault);
      case 'double-tracker':
        return this.spareOf('double', fault);
      case 'clone':
        return this.cloneOf(fault);
      default:
        return null;
    }
  }

  private spareOf(kind: 'swap' | 'double', fault: ActiveFault): TrackerBox {
    const { vehicle, index, traits } = this.options;
    const tracker = spareTracker(vehicle, index, kind);
    return this.boxOf({
      tracker,
      traits: tracker.provider === vehicle.provider ? traits : plainTraits(tracker),
      name: `${vehicle.id} ${kind}`,
      // A box counts from where it was set to when it was fitted; the vehicle's own instrument knows better.
      openingMm: tracker.origin === 'tracker' ? null : vehicle.openingMm,
      startsAtMm: Math.round(numberParam(fault, 'km', 0) * 1e6),
      fromMs: fault.fromMs,
      toMs: kind === 'swap' ? null : fault.toMs,
      isTruth: false,
    });
  }

  private cloneOf(fault: ActiveFault): TrackerBox {
    const { vehicle } = this.options;
    const km = numberParam(fault, 'km', CLONE_KM);
    return this.boxOf({
      tracker: vehicle,
      name: `${vehicle.id} clone`,
      openingMm: vehicle.openingMm,
      fromMs: fault.fromMs,
      toMs: fault.toMs,
      isTruth: false,
      elsewhere: (state) => ({
        ...state,
        ...displaced(state, km, 180),
        odometerMm: state.odometerMm + Math.round(km * 1e6),
      }),
    });
  }

  private boxOf(
    own: Omit<BoxOptions, 'seed' | 'timeZone' | 'openingMs' | 'pace' | 'traits' | 'faults'> &
      Partial<Pick<BoxOptions, 'traits'>>,
  ): TrackerBox {
    return new TrackerBox({ ...this.options, ...own, faults: this.faults });
  }

  private note({ atMs, odometerMm }: VehicleState): void {
    const { traits } = this.options;
    if (this.isFirst) {
      this.isFirst = false;
      if (traits.odometer.drift !== 0) this.add(atMs, this.main, 'gps-accumulated', 'begins', 0, odometerMm);
      if (isWorthTelling(traits.clock)) this.add(atMs, this.main, 'clock-wrong', 'begins', 0, odometerMm);
    }
    const { unitChangesAtMs } = traits.odometer;
    if (unitChangesAtMs !== null && atMs >= unitChangesAtMs && !this.isUnitTold) {
      this.isUnitTold = true;
      this.add(atMs, this.main, 'unit-changed', 'begins', 0, odometerMm);
    }
    this.faults.forEach((fault, place) => {
      const told = this.told[place];
      if (told === undefined && atMs >= fault.fromMs) {
        this.told[place] = 'begun';
        this.add(atMs, this.main, fault.type, 'begins', 0, odometerMm);
      }
      if (told === 'begun' && !isActive(fault, atMs)) {
        this.told[place] = 'ended';
        this.add(atMs, this.main, fault.type, 'ends', 0, odometerMm);
      }
    });
  }

  private add(
    atMs: number,
    box: TrackerBox,
    what: TruthNote['what'],
    moment: TruthNote['moment'],
    packets: number,
    trueMm = must(this.main.lastTrueMm, 'it was asked before'),
  ): void {
    const { device, shownMm } = box;
    this.notes.push({ atMs, vehicle: this.options.index, device, what, moment, trueMm, shownMm, packets });
  }
}

/** A few seconds either way are every clock's, and move no midnight anybody would notice. */
function isWorthTelling(clock: TrackerTraits['clock']): boolean {
  return clock !== null && (clock.kind !== 'skew' || Math.abs(clock.offsetMs) >= CLOCK_TOLD_MS);
}

/** What a fault does to the connection. A server's connection is not lost because one of its vehicles is. */
function disturbanceOf(
  fault: ActiveFault,
  hasOwnClient: boolean,
  afterMs: number,
  untilMs: number,
): Disturbance['kind'] | null {
  const begins = fault.fromMs > afterMs && fault.fromMs <= untilMs;
  switch (fault.type) {
    case 'network-loss':
    case 'broker-refuse':
    case 'tamper-unplug':
      return begins && hasOwnClient ? 'drop' : null;
    case 'broker-restart':
    case 'thundering-herd':
    case 'vendor-outage':
      return begins ? 'drop' : null;
    case 'credential-revoked':
      return begins && hasOwnClient ? 'bad-credentials' : null;
    case 'clone':
      return isActive(fault, untilMs) && isBeat(fault.fromMs, afterMs, untilMs) ? 'takeover' : null;
    default:
      return null;
  }
}

function isBeat(fromMs: number, afterMs: number, untilMs: number): boolean {
  const beat = (ms: number): number => Math.floor((ms - fromMs) / TAKEOVER_MS);
  return fromMs > afterMs || beat(untilMs) > beat(afterMs);
}
