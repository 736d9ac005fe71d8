import { type RandomStream, randomStream } from '../../core/base/random.ts';
import { type ActiveFault, activeOf } from '../faults/fault.ts';
import { displaced, type Place, placeUnderFaults } from '../faults/place-faults.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';

type Range = readonly [number, number];

/** How a receiver errs. */
export interface GpsTraits {
  /** Standard deviation while it stands. */
  readonly wanderMetres: number;
  /** After a long stop: no fix for so long, and then a first one so far off. */
  readonly coldStartSeconds: Range;
  readonly coldStartMetres: Range;
  /** Share of ten-minute stretches of driving that have a tunnel, and its length. */
  readonly tunnelShare: number;
  readonly tunnelSeconds: Range;
}

/** What a receiver says. `fixAtMs` is world time. */
export interface Fix extends Place {
  readonly hasFix: boolean;
  readonly fixAtMs: number;
}

const SECOND_MS = 1_000;
const COLD_AFTER_MS = 10 * 60_000;
const SETTLING_MS = 20 * SECOND_MS;
const STRETCH_MS = 10 * 60_000;

/**
 * A receiver in a vehicle. Its chance is drawn from (seed, name, instant), never from how often it was asked; it is
 * asked in order of time.
 */
export class GpsReceiver {
  private readonly words: readonly [number, string];
  private readonly traits: GpsTraits | null;
  private readonly faults: readonly ActiveFault[];
  private last: Fix | null = null;
  private offSinceMs: number | null = null;
  private coldUntilMs = -Infinity;
  private coldMetres = 0;

  constructor(seed: number, name: string, traits: GpsTraits | null, faults: readonly ActiveFault[]) {
    this.words = [seed, name];
    this.traits = traits;
    this.faults = faults;
  }

  see(state: VehicleState): Fix {
    const fix = this.fixOf(state);
    this.last = fix;
    return fix;
  }

  private fixOf(state: VehicleState): Fix {
    const { atMs } = state;
    if (this.traits !== null) this.noteIgnition(this.traits, state);
    const isFrozen = activeOf(this.faults, atMs, 'gps-freeze').length > 0;
    // A receiver that is stuck goes on saying that all is well.
    if (isFrozen && this.last !== null) return { ...this.last, hasFix: true, fixAtMs: atMs };
    if (this.traits !== null && this.last !== null && this.isBlind(this.traits, state))
      return { ...this.last, hasFix: false };
    const place = this.traits === null ? state : this.errant(this.traits, state);
    const { latitudeE6, longitudeE6 } = placeUnderFaults(place, this.faults, atMs);
    return { latitudeE6, longitudeE6, hasFix: true, fixAtMs: atMs };
  }

  private noteIgnition(traits: GpsTraits, { atMs, isOn }: VehicleState): void {
    if (!isOn) {
      this.offSinceMs ??= atMs;
      return;
    }
    if (this.offSinceMs !== null && atMs - this.offSinceMs >= COLD_AFTER_MS) {
      const chance = this.chance('cold', atMs);
      this.coldUntilMs = atMs + Math.round(drawn(chance, traits.coldStartSeconds) * SECOND_MS);
      this.coldMetres = drawn(chance, traits.coldStartMetres);
    }
    this.offSinceMs = null;
  }

  private isBlind(traits: GpsTraits, { atMs, isOn }: VehicleState): boolean {
    if (atMs < this.coldUntilMs) return true;
    if (!isOn || traits.tunnelShare === 0) return false;
    const stretch = Math.floor(atMs / STRETCH_MS);
    const chance = this.chance('tunnel', stretch);
    if (chance.next() >= traits.tunnelShare) return false;
    const lengthMs = drawn(chance, traits.tunnelSeconds) * SECOND_MS;
    const fromMs = stretch * STRETCH_MS + chance.next() * (STRETCH_MS - lengthMs);
    return atMs >= fromMs && atMs < fromMs + lengthMs;
  }

  /** Off by less and less after a cold start, and never still while the vehicle stands. */
  private errant(traits: GpsTraits, state: VehicleState): Place {
    const sinceMs = state.atMs - this.coldUntilMs;
    if (sinceMs < SETTLING_MS) {
      const bearing = this.chance('first fix', this.coldUntilMs).next() * 360;
      return displaced(state, (this.coldMetres / 1_000) * (1 - sinceMs / SETTLING_MS), bearing);
    }
    if (state.speedMmPerS > 0 || traits.wanderMetres === 0) return state;
    const chance = this.chance('wander', state.atMs);
    // Box and Muller: two even draws make a normal one with a direction.
    const metres = traits.wanderMetres * Math.sqrt(-2 * Math.log(1 - chance.next()));
    return displaced(state, metres / 1_000, chance.next() * 360);
  }

  private chance(purpose: string, at: number): RandomStream {
    return randomStream(...this.words, purpose, at);
  }
}

function drawn(chance: RandomStream, [from, to]: Range): number {
  return from + chance.next() * (to - from);
}
