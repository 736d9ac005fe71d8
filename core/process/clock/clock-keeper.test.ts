import { expect, test } from 'vitest';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import { startClockKeeper, type StartTimer } from './clock-keeper.ts';
import { drivenClock } from './core-clock.ts';

const START_MS = Date.UTC(2026, 2, 2, 9);

/** A keeper over a made-up clock: time passes only through `pass`, and every record it writes is noted with its second. */
function keptClock(nextDeadlineMs: () => number | null = () => null) {
  const written: string[] = [];
  let nowMs = START_MS;
  let timer: { atMs: number; run: () => void } | null = null;
  const startTimer: StartTimer = (afterMs, run) => {
    timer = { atMs: nowMs + afterMs, run };
    return () => {
      timer = null;
    };
  };
  const append = (entry: JournalEntry): void => {
    const what =
      entry.kind === 'note' && 'byMs' in entry.note ? `${entry.note.note} ${entry.note.byMs}` : entry.kind;
    written.push(`${(nowMs - START_MS) / 1_000} s: ${what}`);
  };
  const keeper = startClockKeeper({
    clock: { kind: 'system', nowMs: () => nowMs },
    append,
    nextDeadlineMs,
    startTimer,
  });
  const fire = (atMs: number): void => {
    const { run } = timer ?? { run: () => {} };
    timer = null;
    nowMs = atMs;
    run();
  };
  return {
    written,
    keeper,
    isWaiting: () => timer !== null,
    /** Lets the timers fire on time for so long. */
    pass(ms: number) {
      const untilMs = nowMs + ms;
      for (let next = timer; next !== null && next.atMs <= untilMs; next = timer) fire(next.atMs);
      nowMs = untilMs;
    },
    /** The clock jumps, and the waiting timer fires then. */
    jump: (ms: number) => fire(nowMs + ms),
  };
}

test('with nothing to wait for there is a tick a minute', () => {
  const kept = keptClock();
  kept.pass(180_500);
  expect(kept.written).toEqual(['60 s: tick', '120 s: tick', '180 s: tick']);
});

test('a deadline is ticked when it passes, once', () => {
  let deadlineMs: number | null = START_MS + 2_345;
  const kept = keptClock(() => deadlineMs);
  kept.pass(2_400);
  expect(kept.written).toEqual(['2.345 s: tick']);
  deadlineMs = null;
  kept.pass(59_000);
  expect(kept.written).toEqual(['2.345 s: tick']);
});

test('while a tick is on its way to disk the same deadline is not ticked again', () => {
  const kept = keptClock(() => START_MS + 500);
  kept.jump(500);
  kept.jump(1_000);
  kept.jump(1_000);
  expect(kept.written).toEqual(['0.5 s: tick']);
});

test('a clock that steps back is noted, and the minute starts over', () => {
  const kept = keptClock();
  kept.pass(30_000);
  kept.jump(-3_600_000);
  kept.pass(60_000);
  expect(kept.written).toEqual(['-3570 s: clock-stepped-back 3600000', '-3510 s: tick']);
});

test('a machine that slept is noted, and what fell due meanwhile is ticked', () => {
  const kept = keptClock();
  kept.pass(10_000);
  kept.jump(90_000);
  expect(kept.written).toEqual(['100 s: clock-gap 89000', '100 s: tick']);
});

test('a late timer of a few seconds is nothing to note', () => {
  const kept = keptClock();
  kept.jump(5_900);
  expect(kept.written).toEqual([]);
});

test('it stops when told', () => {
  const kept = keptClock();
  kept.keeper.stop();
  expect(kept.isWaiting()).toBe(false);
});

test('a driven clock moves forward only', () => {
  const clock = drivenClock(100);
  expect(clock.moveTo(150)).toEqual({ ok: true, value: undefined });
  expect(clock.moveTo(150)).toEqual({ ok: true, value: undefined });
  expect(clock.moveTo(149)).toEqual({ ok: false, error: { problem: 'backwards', nowMs: 150 } });
  expect(clock.nowMs()).toBe(150);
});
