import { type ActiveFault, activeOf, numberParam, wordParam } from '../faults/fault.ts';
import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
import type { OdometerTraits } from './tracker-traits.ts';

const MM_PER_KM = 1_000_000;
/** A mile in the smallest whole parts it has in common with a kilometre. */
const MILE_PARTS = 1_609_344n;
const KM_PARTS = 1_000_000n;

/** Whose counter it is. */
export interface CounterOf {
  readonly feed: SimulatedFeed;
  /** False for the vehicle's own instrument, which counts on when the tracker is off. */
  readonly isTrackersOwn: boolean;
  readonly openingMm: number;
}

/** What a counter shows at an instant; `isInMiles` where its feed prints the unit and it has changed. */
export interface Shown {
  readonly odometerMm: number;
  readonly isInMiles: boolean;
}

/** The counter a tracker sends, which is not the road's: asked in order of time with the true odometer. */
export class OdometerCounter {
  private readonly of: CounterOf;
  private readonly traits: OdometerTraits;
  private readonly faults: readonly ActiveFault[];
  private frozenMm: number | null = null;
  private lastMm: number | null = null;
  /** Driven while the tracker was off. */
  private missedMm = 0;

  constructor(of: CounterOf, traits: OdometerTraits, faults: readonly ActiveFault[]) {
    this.of = of;
    this.traits = traits;
    this.faults = faults;
  }

  show(trueMm: number, atMs: number): Shown {
    const drivenMm = trueMm - (this.lastMm ?? trueMm);
    this.lastMm = trueMm;
    if (this.of.isTrackersOwn && activeOf(this.faults, atMs, 'tamper-unplug').length > 0)
      this.missedMm += drivenMm;
    const countedMm = this.counted(trueMm) + this.setBy(atMs);
    return this.inUnit(this.held(Math.max(0, countedMm), atMs), atMs);
  }

  private counted(trueMm: number): number {
    const sinceMm = trueMm - this.of.openingMm - this.missedMm;
    return this.of.openingMm + Math.floor(sinceMm * (1 + this.traits.drift));
  }

  /** Kilometres somebody put on or took off. */
  private setBy(atMs: number): number {
    const back = activeOf(this.faults, atMs, 'odometer-rollback');
    const forth = activeOf(this.faults, atMs, 'odometer-jump');
    const km =
      forth.reduce((sum, fault) => sum + Math.abs(numberParam(fault, 'km', 1_000)), 0) -
      back.reduce((sum, fault) => sum + Math.abs(numberParam(fault, 'km', 500)), 0);
    return Math.round(km * MM_PER_KM);
  }

  private held(countedMm: number, atMs: number): number {
    if (activeOf(this.faults, atMs, 'odometer-freeze').length === 0) {
      this.frozenMm = null;
      return countedMm;
    }
    this.frozenMm ??= countedMm;
    return this.frozenMm;
  }

  private inUnit(mm: number, atMs: number): Shown {
    const { rollsOverAtKm } = this.traits;
    const rolledMm = rollsOverAtKm === null ? mm : mm % (rollsOverAtKm * MM_PER_KM);
    if (!this.hasUnitChanged(atMs)) return { odometerMm: rolledMm, isInMiles: false };
    switch (this.of.feed) {
      // They say which unit it is.
      case 'bmw-cardata':
      case 'smartcar':
        return { odometerMm: rolledMm, isInMiles: true };
      // Kilometres where miles are expected.
      case 'tesla-fleet-telemetry':
        return { odometerMm: Number((BigInt(rolledMm) * MILE_PARTS) / KM_PARTS), isInMiles: false };
      default:
        return { odometerMm: Number((BigInt(rolledMm) * KM_PARTS) / MILE_PARTS), isInMiles: false };
    }
  }

  private hasUnitChanged(atMs: number): boolean {
    const { unitChangesAtMs } = this.traits;
    if (unitChangesAtMs !== null && atMs >= unitChangesAtMs) return true;
    return activeOf(this.faults, atMs, 'schema-drift').some(
      (fault) => wordParam(fault, 'kind', '') === 'unit',
    );
  }
}
