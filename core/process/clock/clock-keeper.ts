import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { SystemClock } from './core-clock.ts';

/** Without a deadline the fold still hears of time at least this often: "no word from the tracker" is news too. */
export const TICK_INTERVAL_MAX_MS = 60_000;
/** A pause longer than this was not ours: the machine slept, or somebody set the clock. */
export const GAP_NOTED_MS = 5_000;
/** How often the clock is looked at, to see it step. */
const LOOK_INTERVAL_MS = 1_000;
/** The shortest wait, so that a deadline in the past cannot spin. */
const WAIT_MIN_MS = 10;

/** Runs something later; the returned function calls it off. */
export type StartTimer = (afterMs: number, run: () => void) => () => void;

export interface ClockKeeperParts {
  readonly clock: SystemClock;
  readonly append: (entry: JournalEntry) => void;
  /** When the fold next needs to hear of the time, epoch milliseconds; null when it waits for nothing. */
  readonly nextDeadlineMs: () => number | null;
  /** For tests; the default is the runtime's own timer. */
  readonly startTimer?: StartTimer;
}

export interface ClockKeeper {
  stop(): void;
}

/**
 * Under the system clock, puts the passing of time into the journal: a tick when the fold's next deadline passes and
 * at least every minute, and a note when the clock steps back or jumps by more than five seconds. The fold reads no
 * clock; without these records nothing would become overdue while trackers are silent.
 */
export function startClockKeeper(parts: ClockKeeperParts): ClockKeeper {
  const { clock, append, nextDeadlineMs, startTimer = startRealTimer } = parts;
  let seenAtMs = clock.nowMs();
  let expectedAtMs = seenAtMs;
  let tickedAtMs = seenAtMs;
  /** A deadline stays what it is until its tick has come back through the journal: it is ticked once. */
  let tickedDeadlineMs: number | null = null;
  let isStopped = false;
  let cancel = (): void => {};

  const look = (): void => {
    const nowMs = clock.nowMs();
    const note = noteOn(nowMs, seenAtMs, expectedAtMs);
    if (note !== null) append(note);
    seenAtMs = nowMs;
    tickedAtMs = Math.min(tickedAtMs, nowMs);
    if (dueAtMs() <= nowMs) {
      tickedAtMs = nowMs;
      tickedDeadlineMs = nextDeadlineMs();
      append({ kind: 'tick' });
    }
    wait(nowMs);
  };
  const dueAtMs = (): number => {
    const deadlineMs = nextDeadlineMs();
    const isNew = deadlineMs !== null && deadlineMs !== tickedDeadlineMs;
    return Math.min(tickedAtMs + TICK_INTERVAL_MAX_MS, isNew ? deadlineMs : Number.POSITIVE_INFINITY);
  };
  const wait = (nowMs: number): void => {
    if (isStopped) return;
    const afterMs = Math.max(WAIT_MIN_MS, Math.min(LOOK_INTERVAL_MS, dueAtMs() - nowMs));
    expectedAtMs = nowMs + afterMs;
    cancel = startTimer(afterMs, look);
  };
  const stop = (): void => {
    isStopped = true;
    cancel();
  };

  wait(seenAtMs);
  return { stop };
}

function noteOn(nowMs: number, seenAtMs: number, expectedAtMs: number): JournalEntry | null {
  if (nowMs < seenAtMs) return { kind: 'note', note: { note: 'clock-stepped-back', byMs: seenAtMs - nowMs } };
  const lateMs = nowMs - expectedAtMs;
  return lateMs > GAP_NOTED_MS ? { kind: 'note', note: { note: 'clock-gap', byMs: lateMs } } : null;
}

const startRealTimer: StartTimer = (afterMs, run) => {
  const timer = setTimeout(run, afterMs);
  return () => clearTimeout(timer);
};
