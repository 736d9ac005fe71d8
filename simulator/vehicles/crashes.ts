import { must } from '../../core/base/assert.ts';
import type { Crash } from '../fleet/fleet-vehicle.ts';

const CRASH_MILLI_G = 6_400;
const CRASH_FELT_MS = 2_000;

/** The crashes of one vehicle: those to come, in order of time, and the last one, which is felt for a moment. */
export class Crashes {
  private toCome: readonly Crash[];
  private lastMs: number | null = null;

  constructor(known: readonly Crash[]) {
    this.toCome = known;
  }

  /** When the next one is; infinity when none is known. */
  nextMs(): number {
    return this.toCome[0]?.atMs ?? Infinity;
  }

  /** The next one happens. */
  happen(atMs: number): Crash {
    const crash = must(this.toCome[0], 'a crash that is due');
    this.toCome = this.toCome.slice(1);
    this.lastMs = atMs;
    return crash;
  }

  add(crash: Crash): void {
    this.toCome = [...this.toCome, crash].sort((a, b) => a.atMs - b.atMs);
  }

  /** Those before an instant were over before the vehicle was on the streets. */
  forgetBefore(atMs: number): void {
    this.toCome = this.toCome.filter((crash) => crash.atMs >= atMs);
  }

  forgetAll(): void {
    this.toCome = [];
  }

  milliGAt(atMs: number): number {
    return atMs < this.feltUntilMs() ? CRASH_MILLI_G : 0;
  }

  feltUntilMs(): number {
    return this.lastMs === null ? -Infinity : this.lastMs + CRASH_FELT_MS;
  }
}
