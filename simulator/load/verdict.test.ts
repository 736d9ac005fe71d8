import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import type { WorkerCounts } from './load-messages.ts';
import { countGaps, judgeLoad, worstExit } from './verdict.ts';

const counts: WorkerCounts = {
  intended: 10,
  sent: 9,
  droppedByGenerator: 1,
  acknowledged: 8,
  outstanding: 1,
  resent: 0,
  connectionsLost: 0,
};
const health = {
  workers: 1,
  loopLagP99Ms: 9.9,
  sendLagP99Ms: 19.9,
  processorShare: 0.5,
  processorMicroseconds: 1,
};
const response = LatencyHistogram.empty();
response.record(50);
const seen = { response, counts, health, storedUnique: 8, productMegabytesAMinute: null };
const tight = [{ kind: 'latency', name: 'p99', percentile: 99, maxMs: 40 } as const];

test('a run that kept everything passes', () => {
  expect(judgeLoad(seen, [])).toEqual({ exitCode: 0, outcome: 'passed', reasons: [] });
});

test('a missed threshold is 4, a generator that lagged 5 whatever it timed, and lost count 1 before all', () => {
  expect(judgeLoad(seen, tight)).toMatchObject({ exitCode: 4, outcome: 'threshold missed' });
  const slow = { ...health, loopLagP99Ms: 10 };
  expect(judgeLoad({ ...seen, health: slow }, tight)).toEqual({
    exitCode: 5,
    outcome: 'not a result',
    reasons: ["the generator's event loop lagged, p99 10.0 ms of 10 ms"],
  });
  const late = { ...health, sendLagP99Ms: 20 };
  expect(judgeLoad({ ...seen, health: late }, [])).toMatchObject({ exitCode: 5 });
  expect(judgeLoad({ ...seen, health: slow, storedUnique: 7 }, tight)).toEqual({
    exitCode: 1,
    outcome: 'counts do not close',
    reasons: ['8 acknowledged and 1 outstanding, but 7 stored'],
  });
});

test('counts close exactly when each sum does; what is outstanding may be stored or not', () => {
  const count = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      fc.integer({ min: -2, max: 2 }),
      count,
      (acked, open, dropped, off, stored) => {
        const sent = acked + open;
        const whole: WorkerCounts = {
          ...counts,
          acknowledged: acked,
          outstanding: open,
          sent,
          droppedByGenerator: dropped,
          intended: sent + dropped,
        };
        expect(countGaps(whole, null)).toEqual([]);
        expect(countGaps({ ...whole, intended: whole.intended + off }, null)).toHaveLength(off === 0 ? 0 : 1);
        expect(countGaps({ ...whole, acknowledged: acked + off }, null)).toHaveLength(off === 0 ? 0 : 1);
        expect(countGaps(whole, stored)).toHaveLength(stored >= acked && stored <= sent ? 0 : 1);
      },
    ),
  );
});

test('of several runs the gravest decides', () => {
  expect([[0, 0], [0, 4], [4, 5, 0], [5, 1, 4], []].map(worstExit)).toEqual([0, 4, 5, 1, 0]);
});
