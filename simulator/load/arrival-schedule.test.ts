import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaOf, arrivalsOf } from './arrival-schedule.ts';
import { type LoadPlan, type LoadStage, planLengthMs, steadyStage } from './load-plan.ts';

const plan = (change: Partial<LoadPlan>): LoadPlan => ({
  stages: [steadyStage(1_000, 10)],
  arrivals: 'constant',
  seed: 1,
  clients: 4,
  warmUpMs: 0,
  flush: null,
  herd: null,
  ...change,
});

interface Arrival {
  readonly dueMs: number;
  readonly client: number;
  readonly recordAgeMs: number;
}

function allOf(whole: LoadPlan): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (const cursor = arrivalsOf(whole); cursor.dueMs < Infinity; cursor.advance()) {
    arrivals.push({ dueMs: cursor.dueMs, client: cursor.client, recordAgeMs: cursor.recordAgeMs });
  }
  return arrivals;
}

test('a steady rate is evenly spread, and the trackers take turns', () => {
  const arrivals = allOf(plan({}));
  expect(arrivals.map(({ dueMs }) => Math.round(dueMs))).toEqual([
    0, 100, 200, 300, 400, 500, 600, 700, 800, 900,
  ]);
  expect(arrivals.map(({ client }) => client)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1]);
});

test('a ramp sends as many as lie under it, later ones closer together', () => {
  const ramp: LoadStage = { durationMs: 2_000, fromPerSecond: 0, toPerSecond: 10 };
  const due = allOf(plan({ stages: [ramp] })).map(({ dueMs }) => Math.round(dueMs));
  expect(due).toEqual([0, 632, 894, 1_095, 1_265, 1_414, 1_549, 1_673, 1_789, 1_897]);
});

test('a stage of no rate is a pause, one of no length a jump', () => {
  const stages = [
    steadyStage(1_000, 2),
    steadyStage(1_000, 0),
    { durationMs: 0, fromPerSecond: 0, toPerSecond: 4 },
    steadyStage(500, 4),
  ];
  expect(allOf(plan({ stages })).map(({ dueMs }) => dueMs)).toEqual([0, 500, 2_000, 2_250]);
});

test('a flush lies among the others in order of time, each tracker its oldest record first', () => {
  const flush = { atMs: 500, overMs: 200, share: 0.5, recordsEach: 2, recordEveryMs: 1_000 };
  const arrivals = allOf(plan({ stages: [steadyStage(1_000, 2)], flush }));
  expect(arrivals).toEqual([
    { dueMs: 0, client: 0, recordAgeMs: 0 },
    { dueMs: 500, client: 1, recordAgeMs: 0 },
    { dueMs: 500, client: 0, recordAgeMs: 2_000 },
    { dueMs: 550, client: 1, recordAgeMs: 2_000 },
    { dueMs: 600, client: 0, recordAgeMs: 1_000 },
    { dueMs: 650, client: 1, recordAgeMs: 1_000 },
  ]);
});

const stageMaker = fc.record({
  durationMs: fc.integer({ min: 0, max: 3_000 }),
  fromPerSecond: fc.integer({ min: 0, max: 300 }),
  toPerSecond: fc.integer({ min: 0, max: 300 }),
});

test('whatever the stages, arrivals are in order, within the plan, and as many as the area under the rate', () => {
  fc.assert(
    fc.property(fc.array(stageMaker, { minLength: 1, maxLength: 5 }), (stages) => {
      const due = allOf(plan({ stages })).map(({ dueMs }) => dueMs);
      expect(due).toEqual(due.toSorted((a, b) => a - b));
      expect(due.every((dueMs) => dueMs >= 0 && dueMs <= planLengthMs({ stages, flush: null }))).toBe(true);
      const area = stages.reduce((sum, stage) => sum + areaOf(stage), 0);
      expect(Math.abs(due.length - Math.ceil(area - 1e-6))).toBeLessThanOrEqual(1);
    }),
  );
});

test('Poisson arrivals depend on their seed alone, keep the rate, and spread as chance does', () => {
  const stages = [steadyStage(100_000, 100)];
  const arrivals = allOf(plan({ stages, arrivals: 'poisson', seed: 7 }));
  expect(allOf(plan({ stages, arrivals: 'poisson', seed: 7 }))).toEqual(arrivals);
  expect(allOf(plan({ stages, arrivals: 'poisson', seed: 8 }))).not.toEqual(arrivals);
  // 10,000 are due; three standard deviations are 300.
  expect(Math.abs(arrivals.length - 10_000)).toBeLessThan(300);
  const gaps = arrivals.slice(1).map(({ dueMs }, i) => dueMs - (arrivals[i]?.dueMs ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
});
