import type { DrivenClock } from '../run/publisher.ts';

/** Something that is done when the product's clock stands at an instant. */
export interface ScheduledAct {
  readonly atMs: number;
  readonly act: () => Promise<void>;
}

/**
 * A clock that stops on its way at the instants of acts, and goes on when each is done. What an act throws is kept: the
 * run goes on, and the first problem is told at its end.
 */
export class ScheduledClock implements DrivenClock {
  private readonly clock: DrivenClock;
  private readonly acts: ScheduledAct[];
  private reachedMs = -Infinity;

  constructor(clock: DrivenClock, acts: readonly ScheduledAct[]) {
    this.clock = clock;
    this.acts = [...acts].sort((a, b) => a.atMs - b.atMs);
  }

  async advanceTo(atMs: number): Promise<void> {
    for (let next = this.acts[0]; next !== undefined && next.atMs <= atMs; next = this.acts[0]) {
      this.acts.shift();
      // An act before the opening is done at it: the clock never goes back.
      if (next.atMs > this.reachedMs && Number.isFinite(this.reachedMs)) await this.reach(next.atMs);
      await next.act();
    }
    await this.reach(atMs);
  }

  close(): Promise<void> {
    return this.clock.close();
  }

  private async reach(atMs: number): Promise<void> {
    await this.clock.advanceTo(Math.max(atMs, this.reachedMs));
    this.reachedMs = atMs;
  }
}
