import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import type { WorkerDone, WorkerSecond } from './load-messages.ts';
import { recoveryOf } from './load-result.ts';
import { PhaseMerger, type SecondRow } from './phase-outcome.ts';

const encoded = (...values: readonly number[]): string => {
  const histogram = LatencyHistogram.empty();
  for (const value of values) histogram.record(value);
  return histogram.encoded();
};
const second = (number: number, ...latencies: readonly number[]): WorkerSecond => ({
  second: number,
  intended: 3,
  sent: 2,
  acknowledged: latencies.length,
  outstanding: 1,
  response: encoded(...latencies),
  service: encoded(),
});
const done = (loopLagP99Ms: number): WorkerDone => ({
  sentForMs: 1_000 + loopLagP99Ms,
  counts: {
    intended: 6,
    sent: 4,
    droppedByGenerator: 2,
    acknowledged: 3,
    outstanding: 1,
    resent: 1,
    connectionsLost: 1,
  },
  health: { loopLagP99Ms, sendLagP99Ms: 2, processorShare: 0.1, processorMicroseconds: 500 },
  reconnect: encoded(4),
});

test('seconds of all workers are told on once each, and the whole adds up', () => {
  const told: SecondRow[] = [];
  const merger = new PhaseMerger(2, (row) => told.push(row));
  merger.takeSecond(second(0, 1, 2));
  expect(told).toEqual([]);
  merger.takeSecond(second(0, 3));
  merger.takeSecond(second(1, 4));
  expect(told).toMatchObject([{ second: 0, intended: 6, sent: 4, acknowledged: 3, outstanding: 2 }]);
  expect(told[0]?.response).toMatchObject({
    count: 3,
    p50Ms: expect.closeTo(2, 1),
    maxMs: expect.closeTo(3, 1),
  });
  expect(merger.takeDone(done(3))).toBeNull();
  const whole = merger.takeDone(done(5));
  expect(told.map((row) => row.second)).toEqual([0, 1]);
  expect(whole?.seconds).toEqual(told);
  expect(whole?.sentForMs).toBe(1_005);
  expect(whole?.response.count).toBe(4);
  expect(whole?.reconnect.count).toBe(2);
  expect(whole?.counts).toEqual({
    intended: 12,
    sent: 8,
    droppedByGenerator: 4,
    acknowledged: 6,
    outstanding: 2,
    resent: 2,
    connectionsLost: 2,
  });
  expect(whole?.health).toEqual({
    workers: 2,
    loopLagP99Ms: 5,
    sendLagP99Ms: 2,
    processorShare: 0.1,
    processorMicroseconds: 1_000,
  });
});

test('a target has recovered in the first second after whose p99 is at most twice what it was before', () => {
  const rows = [10, 12, 11, 300, 500, 90, 24, 11].map((p99Ms, number) => {
    const told: SecondRow[] = [];
    new PhaseMerger(1, (row) => told.push(row)).takeSecond(second(number, p99Ms));
    return told[0] as SecondRow;
  });
  const recovery = recoveryOf(rows, { fromMs: 3_000, toMs: 4_000 });
  expect(recovery).toEqual({
    p99BeforeMs: expect.closeTo(11, 1),
    worstP99Ms: expect.closeTo(500, 0),
    seconds: 3,
  });
  expect(recoveryOf(rows.slice(0, 6), { fromMs: 3_000, toMs: 4_000 }).seconds).toBeNull();
  expect(recoveryOf(rows, { fromMs: 500, toMs: 1_000 }).p99BeforeMs).toBeNull();
});
