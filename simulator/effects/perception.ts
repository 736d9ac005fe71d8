import { type ActiveFault, activeOf } from '../faults/fault.ts';
import { plainView, type TrackerSignal, type TrackerView } from '../trackers/tracker.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';
import { GpsReceiver } from './gps-receiver.ts';
import { type CounterOf, OdometerCounter } from './odometer-counter.ts';
import { clockFaultAt, shownMs } from './tracker-clock.ts';
import type { TrackerTraits } from './tracker-traits.ts';

/** Who perceives. */
export interface PerceivedBy extends CounterOf {
  readonly seed: number;
  /** Makes its chance its own. */
  readonly name: string;
  readonly timeZone: string;
  readonly switchedOnMs: number;
}

/** A signal is given for so long; the tracker speaks when it begins. */
const SIGNAL_MS = 5_000;

/** What a tracker believes of the vehicle it is in: its clock, its receiver and its counter, each with its errors. */
export class Perception {
  private readonly by: PerceivedBy;
  private readonly traits: TrackerTraits;
  private readonly faults: readonly ActiveFault[];
  private readonly receiver: GpsReceiver;
  private readonly counter: OdometerCounter;

  constructor(by: PerceivedBy, traits: TrackerTraits, faults: readonly ActiveFault[]) {
    this.by = by;
    this.traits = traits;
    this.faults = faults;
    this.receiver = new GpsReceiver(by.seed, by.name, traits.gps, faults);
    this.counter = new OdometerCounter(by, traits.odometer, faults);
  }

  see(state: VehicleState): TrackerView {
    const { atMs } = state;
    const plain = plainView(state);
    const { hasFix, fixAtMs, latitudeE6, longitudeE6 } = this.receiver.see(state);
    const { odometerMm, isInMiles } = this.counter.show(state.odometerMm, atMs);
    return {
      ...plain,
      latitudeE6,
      longitudeE6,
      odometerMm,
      hasFix,
      satellites: hasFix ? plain.satellites : 0,
      clockMs: this.clockMs(atMs, atMs),
      fixMs: this.clockMs(atMs, fixAtMs),
      labelUnit: isInMiles ? 'mi' : 'km',
      signal: this.signalAt(atMs) ?? plain.signal,
    };
  }

  /** How the clock of `nowMs` writes down an instant. */
  private clockMs(nowMs: number, instantMs: number): number {
    const error = clockFaultAt(this.faults, nowMs, this.by.timeZone) ?? this.traits.clock;
    return error === null ? instantMs : shownMs(error, instantMs, this.by.switchedOnMs);
  }

  private signalAt(atMs: number): TrackerSignal | null {
    const begun = activeOf(this.faults, atMs, 'tamper-unplug', 'theft').find(
      ({ fromMs }) => atMs - fromMs < SIGNAL_MS,
    );
    if (begun === undefined) return null;
    return begun.type === 'theft' ? 'tow' : 'unplugged';
  }
}
