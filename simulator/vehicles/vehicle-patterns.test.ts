import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { routeFinder } from '../roads/find-route.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { someTraits } from '../stand-in/some-traits.ts';
import { SimulatedVehicle, STEP_MS } from './simulated-vehicle.ts';
import type { VehicleState } from './vehicle-state.ts';
import type { VehicleWorld } from './vehicle-world.ts';
import { type WorkPatternName, workPatternNames } from './work-pattern.ts';

const HOUR_MS = 3_600_000;
const network = gridCity(30);
const world: VehicleWorld = {
  seed: 5,
  timeZone: 'Europe/London',
  openingMs: Date.parse('2026-03-02T00:00:00Z'),
  workShiftMs: 0,
  network,
  routes: routeFinder(network),
};

const one = (pattern: WorkPatternName, change: Partial<FleetVehicle> = {}): SimulatedVehicle =>
  new SimulatedVehicle(must(someTraits(pattern, 1, change)[0], 'a vehicle'), world);

function driven(vehicle: SimulatedVehicle, from: string, hours: number): VehicleState[] {
  const fromMs = Date.parse(from);
  return Array.from({ length: hours * 3_600 }, (_, second) => {
    vehicle.driveTo(fromMs + (second + 1) * STEP_MS);
    return vehicle.stateAt(fromMs + (second + 1) * STEP_MS);
  });
}

/** Times at which it sets off. */
const departures = (states: readonly VehicleState[]): VehicleState[] =>
  states.slice(1).filter((now, i) => now.isOn && states[i]?.isOn === false);

test('a vehicle looked at rarely is where it is when looked at every second', () => {
  const fromMs = Date.parse('2026-03-03T05:00:00Z');
  fc.assert(
    fc.property(
      fc.constantFrom(...workPatternNames),
      fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 8, max: 300 }),
      (pattern, gaps, rangeKm) => {
        const crashes = [{ atMs: fromMs + 7_777_000, untilMs: fromMs + 9_999_500 }];
        const [often, rarely] = [0, 1].map(() => one(pattern, { rangeMm: rangeKm * 1_000_000, crashes }));
        let atMs = fromMs + STEP_MS;
        for (const vehicle of [often, rarely]) vehicle?.driveTo(atMs);
        for (const gap of gaps) {
          for (let second = 0; second < gap; second += 1) often?.driveTo((atMs += STEP_MS));
          rarely?.driveTo(atMs);
          expect(rarely?.stateAt(atMs)).toEqual(often?.stateAt(atMs));
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('until the instant it rests until, nothing changes but time and charge', () => {
  const fromMs = Date.parse('2026-03-03T06:00:01Z');
  const still = (state: VehicleState): string =>
    JSON.stringify({ ...state, atMs: 0, rangeMm: 0, batteryPercent: 0 });
  for (const pattern of workPatternNames) {
    const vehicle = one(pattern, { rangeMm: 30_000_000 });
    const broken: number[] = [];
    let untilMs = 0;
    let before = '';
    for (let atMs = fromMs; atMs < fromMs + 6 * HOUR_MS; atMs += STEP_MS) {
      vehicle.driveTo(atMs);
      const now = still(vehicle.stateAt(atMs));
      if (atMs < untilMs && now !== before) broken.push(atMs);
      [before, untilMs] = [now, vehicle.restsUntilMs()];
    }
    expect({ pattern, broken }).toEqual({ pattern, broken: [] });
  }
});

test('a bus goes up and down its line, leaves by the clock and stops on the way', () => {
  const states = driven(one('bus'), '2026-03-03T07:00:00Z', 4);
  const starts = departures(states).slice(1);
  expect(starts.length).toBeGreaterThan(3);
  expect(starts.every(({ atMs }) => (atMs - STEP_MS) % 600_000 < STEP_MS || atMs % 600_000 === 0)).toBe(true);
  const ends = new Set(
    starts.map(
      ({ latitudeE6, longitudeE6 }) => `${Math.round(latitudeE6 / 2_500)} ${Math.round(longitudeE6 / 2_500)}`,
    ),
  );
  expect(ends.size).toBe(2);
  const halts = states
    .slice(1)
    .filter((now, i) => now.isOn && now.speedMmPerS === 0 && (states[i]?.speedMmPerS ?? 0) > 0);
  expect(halts.length).toBeGreaterThan(4 * starts.length);
});

test('buses of one line share its ends, whoever else there is', () => {
  const ends = (index: number): string[] => {
    const traits = must(someTraits('bus', index + 1)[index], 'a bus');
    const states = driven(new SimulatedVehicle(traits, world), '2026-03-03T07:00:00Z', 3);
    return departures(states)
      .slice(1)
      .map(
        ({ latitudeE6, longitudeE6 }) =>
          `${Math.round(latitudeE6 / 2_500)} ${Math.round(longitudeE6 / 2_500)}`,
      );
  };
  expect(new Set([...ends(0), ...ends(1)]).size).toBe(2);
});

test('a parcel van makes many short calls and is back at its depot at night', () => {
  const van = one('parcel');
  const [before] = [van.stateAt(0)];
  const day = driven(van, '2026-03-03T05:00:00Z', 18);
  expect(departures(day).length).toBeGreaterThan(60);
  expect(day.at(-1)).toMatchObject({
    latitudeE6: before.latitudeE6,
    longitudeE6: before.longitudeE6,
    isOn: false,
    isLocked: true,
  });
  expect(day.filter(({ isDoorOpen }) => isDoorOpen).length).toBeGreaterThan(300);
});

test('a pool car comes back from every errand, and a parked vehicle never moves', () => {
  const car = one('poolcar');
  const home = car.stateAt(0);
  const day = driven(car, '2026-03-03T05:00:00Z', 18);
  const trips = departures(day).length;
  expect(trips).toBeGreaterThan(1);
  expect(trips).toBeLessThan(30);
  expect(day.at(-1)).toMatchObject({ latitudeE6: home.latitudeE6, longitudeE6: home.longitudeE6 });
  const parked = driven(one('parked'), '2026-03-03T05:00:00Z', 18);
  expect(new Set(parked.map(({ odometerMm }) => odometerMm)).size).toBe(1);
});

test('no vehicle drives further on a battery than it holds, however small it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 25 }), fc.constantFrom(...workPatternNames), (rangeKm, pattern) => {
      const rangeMm = rangeKm * 1_000_000;
      const states = driven(one(pattern, { rangeMm }), '2026-03-03T07:00:00Z', 5);
      let sinceChargeMm = 0;
      states.slice(1).forEach((now, i) => {
        const movedMm = now.odometerMm - (states[i]?.odometerMm ?? 0);
        expect(now.isCharging && movedMm > 0 && states[i]?.isOn === false).toBe(false);
        sinceChargeMm = now.isCharging ? 0 : sinceChargeMm + movedMm;
        // The last second may go beyond nothing by what a second is.
        expect(sinceChargeMm).toBeLessThan(rangeMm + 15_000);
        expect(now.rangeMm).toBeGreaterThanOrEqual(0);
      });
    }),
    { numRuns: 12 },
  );
});

test('a crash stops the vehicle where it is, is felt for two seconds, and ends when it is cleared', () => {
  const fromMs = Date.parse('2026-03-03T09:00:00Z');
  const crash = { atMs: fromMs + 1_200_000, untilMs: fromMs + 3_000_000 };
  const states = driven(one('taxi', { crashes: [crash] }), '2026-03-03T09:00:00Z', 2);
  const felt = states.filter(({ impactMilliG }) => impactMilliG > 0);
  expect(felt.map(({ atMs }) => atMs - crash.atMs)).toEqual([0, 1_000]);
  const during = states.filter(({ atMs }) => atMs >= crash.atMs && atMs < crash.untilMs);
  expect(
    new Set(during.map(({ odometerMm, speedMmPerS, isOn }) => `${odometerMm} ${speedMmPerS} ${isOn}`)).size,
  ).toBe(1);
  expect(states.at(-1)?.odometerMm).toBeGreaterThan(during[0]?.odometerMm ?? 0);
  const wreck = driven(one('taxi', { crashes: [{ ...crash, untilMs: null }] }), '2026-03-03T09:00:00Z', 2);
  expect(wreck.at(-1)?.odometerMm).toBe(felt[0]?.odometerMm);
});
