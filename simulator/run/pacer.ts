import { setTimeout as wait } from 'node:timers/promises';

/** How fast virtual time runs: 1 as on a clock, 60 a minute a second, 'max' as fast as everybody can. */
export type Speed = number | 'max';

/** Later than this, the run goes on from where it is: a fleet that hurries to catch up would be a fleet that races. */
const LATE_MS = 1_500;

/** Holds virtual time to the wall's, at a speed. */
export class Pacer {
  private speed: Speed;
  private readonly signal: AbortSignal;
  private originWallMs = performance.now();
  private originVirtualMs: number;

  constructor(speed: Speed, fromVirtualMs: number, signal: AbortSignal) {
    this.speed = speed;
    this.originVirtualMs = fromVirtualMs;
    this.signal = signal;
  }

  /** Virtual time goes on from an instant, from now on, at a speed. */
  restart(speed: Speed, fromVirtualMs: number): void {
    this.speed = speed;
    this.originWallMs = performance.now();
    this.originVirtualMs = fromVirtualMs;
  }

  /** Resolves when a virtual instant is due; at once when the run is being stopped. */
  async until(virtualMs: number): Promise<void> {
    if (this.speed === 'max') return;
    const dueWallMs = this.originWallMs + (virtualMs - this.originVirtualMs) / this.speed;
    const leftMs = dueWallMs - performance.now();
    if (leftMs < -LATE_MS) {
      this.originWallMs = performance.now();
      this.originVirtualMs = virtualMs;
    } else if (leftMs > 0) {
      // Stopping ends the wait; that is not an error.
      await wait(leftMs, undefined, { signal: this.signal }).catch(() => undefined);
    }
  }
}
