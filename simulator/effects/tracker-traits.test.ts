import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import { isWithoutEffects, plainTraits, plannedTraits, realisticTraits } from './tracker-traits.ts';

const vehicle = (number: number, provider: 'teltonika' | 'tesla-fleet-telemetry' = 'teltonika') =>
  ({
    id: `v-${number}`,
    provider,
    origin: provider === 'teltonika' ? 'tracker' : 'vehicle',
  }) as const;

test('a plain tracker has no effects, a real one has', () => {
  expect(isWithoutEffects(plainTraits(vehicle(1)))).toBe(true);
  expect(isWithoutEffects(realisticTraits(1, vehicle(1), 'Europe/London'))).toBe(false);
});

test('a tracker’s nature depends on the seed and the vehicle alone', () => {
  const one = realisticTraits(1, vehicle(1), 'Europe/London');
  expect(realisticTraits(1, vehicle(1), 'Europe/London')).toEqual(one);
  expect(realisticTraits(2, vehicle(1), 'Europe/London')).not.toEqual(one);
  expect(realisticTraits(1, vehicle(2), 'Europe/London')).not.toEqual(one);
});

test('a plan says which vehicles have real trackers', () => {
  const plan = { seed: 1, timeZone: 'Europe/London' };
  const [first] = demoFleet(1, 1);
  if (first === undefined) throw new Error('one vehicle');
  expect(plannedTraits(plan, first)).toEqual(plainTraits(first));
  const real = realisticTraits(1, first, 'Europe/London');
  expect(plannedTraits(plan, { ...first, trackers: 'realistic' })).toEqual(real);
});

test('of many trackers some drift, a few have bad clocks, and most clocks are within two seconds', () => {
  const all = Array.from({ length: 6_000 }, (_, i) => realisticTraits(1, vehicle(i), 'Europe/London'));
  const skews = all.flatMap(({ clock }) => (clock?.kind === 'skew' ? [Math.abs(clock.offsetMs)] : []));
  expect(skews.filter((ms) => ms <= 2_000).length).toBeGreaterThan(5_950);
  expect(new Set(all.map(({ clock }) => clock?.kind))).toEqual(
    new Set(['skew', 'unset', 'week-rollover', 'zone']),
  );
  const drifts = all.map(({ odometer }) => Math.abs(odometer.drift)).filter((drift) => drift > 0);
  expect(Math.abs(drifts.length - 1_800)).toBeLessThan(150);
  expect([Math.min(...drifts) >= 0.01, Math.max(...drifts) <= 0.03]).toEqual([true, true]);
  expect(new Set(all.map(({ teltonika }) => teltonika.codec))).toEqual(new Set(['8', '8E', '16']));
});

test('the car’s own instrument does not drift', () => {
  const cars = Array.from({ length: 500 }, (_, i) =>
    realisticTraits(1, vehicle(i, 'tesla-fleet-telemetry'), 'Europe/London'),
  );
  expect(cars.every(({ odometer }) => odometer.drift === 0)).toBe(true);
});
