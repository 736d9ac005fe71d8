import { expect, test } from 'vitest';
import { areaOf } from './arrival-schedule.ts';
import { planLengthMs, steadyStage } from './load-plan.ts';
import { loadShapes, shapedLoad } from './load-shape.ts';
import { planOf } from './run-load.ts';

test('every shape lasts as long as it was asked to', () => {
  const lengths = loadShapes.map((shape) => planLengthMs(shapedLoad(shape, 100, 60_000)));
  expect(lengths).toEqual(loadShapes.map(() => 60_000));
});

test('steps go up to the rate, a spike to ten times of it for ten seconds, a ramp of connections sends nothing', () => {
  expect(shapedLoad('step', 400, 8_000).stages).toEqual(
    [100, 200, 300, 400].map((rate) => steadyStage(2_000, rate)),
  );
  const spike = shapedLoad('spike', 100, 60_000);
  expect(spike.stages).toEqual([
    steadyStage(15_000, 100),
    steadyStage(10_000, 1_000),
    steadyStage(35_000, 100),
  ]);
  expect(spike.disturbance).toEqual({ fromMs: 15_000, toMs: 25_000 });
  expect(shapedLoad('connect', 100, 5_000).stages.map(areaOf)).toEqual([0]);
});

test('a warm-up goes before, and moves what has a moment of its own', () => {
  const order = { arrivals: 'constant', seed: 1, warmUpMs: 2_000 } as const;
  const flush = planOf({ ...order, load: shapedLoad('flush', 50, 40_000) }, 10);
  expect(flush.stages).toEqual([steadyStage(2_000, 50), steadyStage(40_000, 50)]);
  expect(flush.flush).toMatchObject({ atMs: 12_000, overMs: 10_000, share: 0.2, recordsEach: 288 });
  const herd = planOf({ ...order, load: shapedLoad('herd', 50, 40_000) }, 10);
  expect(herd.herd).toEqual({ atMs: 22_000, withinMs: 1_000 });
});
