import { expect, test } from 'vitest';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import { aVehicleState } from '../stand-in/a-vehicle-state.ts';
import type { ActiveFault } from '../faults/fault.ts';
import { type Fix, GpsReceiver, type GpsTraits } from './gps-receiver.ts';

const still: GpsTraits = {
  wanderMetres: 0,
  coldStartSeconds: [30, 30],
  coldStartMetres: [100, 100],
  tunnelShare: 0,
  tunnelSeconds: [20, 90],
};
const HOUR_S = 3_600;

function fixes(
  traits: Partial<GpsTraits> | null,
  seconds: readonly number[],
  change: (second: number) => Parameters<typeof aVehicleState>[0] = () => ({}),
  faults: readonly ActiveFault[] = [],
): Fix[] {
  const receiver = new GpsReceiver(7, 'v-1', traits === null ? null : { ...still, ...traits }, faults);
  return seconds.map((second) =>
    receiver.see(aVehicleState({ atMs: NEW_YEAR_MS + second * 1_000, ...change(second) })),
  );
}

/** Metres between a fix and the place the vehicle is at. */
function off({ latitudeE6, longitudeE6 }: Fix): number {
  const { latitudeE6: trueE6, longitudeE6: eastE6 } = aVehicleState();
  const perEast = Math.cos((trueE6 / 1e6 / 180) * Math.PI);
  return Math.hypot(latitudeE6 - trueE6, (longitudeE6 - eastE6) * perEast) * 0.111195;
}

test('a standing receiver wanders by so much, and is right while it drives', () => {
  const seconds = Array.from({ length: 2_000 }, (_, i) => i);
  const parked = fixes({ wanderMetres: 5 }, seconds, () => ({ speedMmPerS: 0 }));
  const meanSquare = parked.reduce((sum, fix) => sum + off(fix) ** 2, 0) / parked.length;
  // Two normal coordinates of 5 m each: the mean square of the distance is 50.
  expect(Math.abs(meanSquare - 50)).toBeLessThan(5);
  expect(
    fixes({ wanderMetres: 5 }, seconds)
      .map(off)
      .every((metres) => metres === 0),
  ).toBe(true);
});

test('after a long stop there is no fix for a while, then one that is far off and comes nearer', () => {
  const parkedUntil = 2 * HOUR_S;
  const seconds = [0, parkedUntil - 1, ...Array.from({ length: 60 }, (_, i) => parkedUntil + i)];
  const seen = fixes({}, seconds, (second) => ({ isOn: second >= parkedUntil })).slice(2);
  expect(seen.map(({ hasFix }) => hasFix)).toEqual(seen.map((_, i) => i >= 30));
  expect(seen.slice(0, 30).every(({ fixAtMs }) => fixAtMs === NEW_YEAR_MS + (parkedUntil - 1) * 1_000)).toBe(
    true,
  );
  const metres = seen.slice(30).map((fix) => Math.round(off(fix)));
  expect([metres[0], metres[10], metres[19], metres[20]]).toEqual([100, 50, 5, 0]);
});

test('in a tunnel the last fix is repeated, without a fix', () => {
  const seconds = Array.from({ length: 600 }, (_, i) => i);
  const seen = fixes({ tunnelShare: 1, tunnelSeconds: [60, 60] }, seconds, (second) => ({
    latitudeE6: 51_000_000 + second,
  }));
  const blind = seen.filter(({ hasFix }) => !hasFix);
  expect(blind.length).toBe(60);
  expect(new Set(blind.map(({ latitudeE6 }) => latitudeE6)).size).toBe(1);
});

test('what a receiver says depends on the instant, not on how often it was asked', () => {
  const parked = (seconds: readonly number[]): Fix | undefined =>
    fixes({ wanderMetres: 5 }, seconds, () => ({ speedMmPerS: 0 })).at(-1);
  expect(parked([50])).toEqual(parked([0, 10, 20, 30, 40, 50]));
  const other = new GpsReceiver(7, 'v-2', { ...still, wanderMetres: 5 }, []);
  expect(other.see(aVehicleState({ atMs: NEW_YEAR_MS + 50_000, speedMmPerS: 0 }))).not.toEqual(parked([50]));
});

test('a receiver that is stuck goes on saying that all is well', () => {
  const seen = fixes(null, [0, 10, 20, 30], (second) => ({ latitudeE6: second }), [
    aFault('gps-freeze', { toMs: NEW_YEAR_MS + 30_000 }),
  ]);
  expect(seen.map(({ latitudeE6, hasFix }) => [latitudeE6, hasFix])).toEqual([
    [0, true],
    [0, true],
    [0, true],
    [30, true],
  ]);
});

test('a teleported receiver is far away; a stolen vehicle is carried off at its speed', () => {
  const teleported = fixes(null, [0, 10], undefined, [aFault('gps-teleport', { params: { km: 20 } })]);
  expect(teleported.map((fix) => Math.round(off(fix) / 100) / 10)).toEqual([0, 20]);
  const stolen = fixes(null, [10, 70, 10 + HOUR_S], undefined, [aFault('theft', { params: { kmh: 60 } })]);
  expect(stolen.map((fix) => Math.round(off(fix) / 100) / 10)).toEqual([0, 1, 60]);
});
