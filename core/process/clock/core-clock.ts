import { fail, ok, type Result } from '../../base/result.ts';

/** The clock is an input: received times come from it, and it says itself where it comes from. Epoch milliseconds. */
export type CoreClock = SystemClock | DrivenClock;

/** The machine's own clock. It can step, and stand still while the machine sleeps: the clock keeper notes both. */
export interface SystemClock {
  readonly kind: 'system';
  nowMs(): number;
}

/** A clock that stands still until it is moved, so that simulated time runs as fast as the work allows. */
export interface DrivenClock {
  readonly kind: 'driven';
  nowMs(): number;
  /** Moves to a later instant, or stays; the error is where it stands when that would be a step back. */
  moveTo(epochMs: number): Result<void, { readonly problem: 'backwards'; readonly nowMs: number }>;
}

export function systemClock(): SystemClock {
  return { kind: 'system', nowMs: () => Date.now() };
}

/** Starts where it is told: at the received time of the last record, once a journal has been read. */
export function drivenClock(startMs = 0): DrivenClock {
  let nowMs = startMs;
  return {
    kind: 'driven',
    nowMs: () => nowMs,
    moveTo: (epochMs) => {
      if (epochMs < nowMs) return fail({ problem: 'backwards', nowMs });
      nowMs = epochMs;
      return ok(undefined);
    },
  };
}
