import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import { activeOf, faultsOfVehicle, isActive, numberParam, wordParam } from './fault.ts';
import { backAtMs, linkAt } from './link-faults.ts';
import { befallen } from './vehicle-faults.ts';

const of = { name: 'v-1', backoffSeconds: 0 };
/** Whether the link is down at each of these seconds. */
const downAt = (faults: Parameters<typeof linkAt>[0], seconds: readonly number[]): boolean[] =>
  seconds.map((second) => linkAt(faults, NEW_YEAR_MS + second * 1_000, of, 0).isDown);

test('a fault holds from its first instant until its last, for its vehicles', () => {
  const fault = aFault('delay', {
    toMs: NEW_YEAR_MS + 20_000,
    vehicles: [1, 3],
    params: { hours: 2, kind: 'x' },
  });
  expect([9_999, 10_000, 19_999, 20_000].map((ms) => isActive(fault, NEW_YEAR_MS + ms))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([0, 1, 2, 3].map((vehicle) => faultsOfVehicle([fault], vehicle).length)).toEqual([0, 1, 0, 1]);
  expect(activeOf([fault], NEW_YEAR_MS + 15_000, 'delay', 'flap')).toEqual([fault]);
  expect([
    numberParam(fault, 'hours', 1),
    numberParam(fault, 'kind', 1),
    numberParam(fault, 'days', 7),
  ]).toEqual([2, 1, 7]);
  expect([wordParam(fault, 'kind', 'y'), wordParam(fault, 'hours', 'y')]).toEqual(['x', 'y']);
});

test('every outage takes the link down for its time', () => {
  for (const type of ['network-loss', 'broker-refuse', 'credential-revoked', 'vendor-outage'] as const)
    expect(downAt([aFault(type, { toMs: NEW_YEAR_MS + 20_000 })], [9, 10, 19, 20])).toEqual([
      false,
      true,
      true,
      false,
    ]);
  expect(downAt([aFault('network-loss')], [9, 10, 1e6])).toEqual([false, true, true]);
});

test('a flapping link is down for a share of each period', () => {
  const flap = aFault('flap', { toMs: NEW_YEAR_MS + 70_000, params: { periodSeconds: 20, dutyPercent: 25 } });
  expect(downAt([flap], [10, 14, 15, 29, 30, 34, 35, 69, 70, 90])).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('after a broker restart trackers come back one after the other, each at a time of its own, none before the end', () => {
  const restart = aFault('broker-restart');
  const back = Array.from({ length: 200 }, (_, i) =>
    backAtMs(restart, { name: `v-${i}`, backoffSeconds: 0 }),
  );
  const endMs = restart.fromMs + 20_000;
  expect(Math.min(...back)).toBeGreaterThanOrEqual(endMs);
  expect(Math.max(...back)).toBeLessThanOrEqual(endMs + 30_000);
  expect(new Set(back.map((ms) => Math.floor(ms / 1_000))).size).toBeGreaterThan(8);
  expect(backAtMs(restart, { name: 'v-7', backoffSeconds: 0 })).toBe(back[7]);
});

test('a herd without back-off is back in the same instant', () => {
  const herd = aFault('thundering-herd', { params: { backoffSeconds: 0 }, toMs: NEW_YEAR_MS + 15_000 });
  const back = ['a', 'b', 'c'].map((name) => backAtMs(herd, { name, backoffSeconds: 30 }));
  expect(back).toEqual([NEW_YEAR_MS + 15_000, NEW_YEAR_MS + 15_000, NEW_YEAR_MS + 15_000]);
});

test('delay and a slow link add up, and say nothing of a link that is down', () => {
  const faults = [
    aFault('delay', { params: { days: 1, hours: 2 } }),
    aFault('slow-link', { params: { bytesPerSecond: 100, latencyMs: 500 } }),
  ];
  expect(linkAt(faults, NEW_YEAR_MS + 10_000, of, 250)).toEqual({
    isDown: false,
    keeping: null,
    delayMs: 26 * 3_600_000 + 500 + 2_500,
  });
  expect(linkAt([aFault('delay')], NEW_YEAR_MS + 10_000, of, 0).delayMs).toBe(3_600_000);
});

test('a crash stops the vehicle itself, and demand and theft keep it from driving', () => {
  const [vehicle] = demoFleet(1, 1);
  if (vehicle === undefined) throw new Error('one vehicle');
  const crash = aFault('crash', { toMs: NEW_YEAR_MS + 60_000 });
  const { crashes, demandFactors } = befallen(vehicle, [
    crash,
    aFault('demand', { params: { factor: 0.05 } }),
    aFault('theft'),
  ]);
  expect(crashes).toEqual([{ atMs: crash.fromMs, untilMs: crash.toMs }]);
  expect(demandFactors).toEqual([
    { fromMs: crash.fromMs, toMs: null, factor: 0.05 },
    { fromMs: crash.fromMs, toMs: null, factor: 0 },
  ]);
  expect(befallen(vehicle, [aFault('delay')])).toBe(vehicle);
});
