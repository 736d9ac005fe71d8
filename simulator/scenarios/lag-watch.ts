import type { DrivenClock } from '../run/publisher.ts';

/**
 * Measures how long a product takes for a tick's packets: from the tick's answer, when they go out, to the next tick,
 * before which all of them are acknowledged. The time a run at a speed below `max` waits for the wall is in it.
 */
export class LagWatch {
  private longest = 0;
  private sentAtMs: number | null = null;

  around(clock: DrivenClock): DrivenClock {
    return {
      advanceTo: async (atMs) => {
        if (this.sentAtMs !== null) this.longest = Math.max(this.longest, performance.now() - this.sentAtMs);
        await clock.advanceTo(atMs);
        this.sentAtMs = performance.now();
      },
      close: () => clock.close(),
    };
  }

  /** Real milliseconds. */
  longestMs(): number {
    return this.longest;
  }
}
