import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import { routeFinder } from '../roads/find-route.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { SimulatedVehicle, STEP_MS } from './simulated-vehicle.ts';
import type { VehicleState } from './vehicle-state.ts';
import type { VehicleWorld } from './vehicle-world.ts';

const network = gridCity(14);
const HOUR_MS = 3_600_000;
const world: VehicleWorld = {
  seed: 5,
  timeZone: 'Europe/Stockholm',
  openingMs: Date.parse('2026-03-02T23:00:00Z'),
  workShiftMs: 0,
  network,
  routes: routeFinder(network),
};
const vehicles = (count: number): SimulatedVehicle[] =>
  demoFleet(5, count).map((traits) => new SimulatedVehicle(traits, world));

function driven(vehicle: SimulatedVehicle, fromMs: number, seconds: number): VehicleState[] {
  return Array.from({ length: seconds }, (_, second) => {
    const atMs = fromMs + (second + 1) * STEP_MS;
    vehicle.driveTo(atMs);
    return vehicle.stateAt(atMs);
  });
}

test('an hour of driving: the odometer never falls, speed changes smoothly and keeps to the limit', () => {
  for (const vehicle of vehicles(6)) {
    const states = driven(vehicle, Date.parse('2026-03-03T09:00:00Z'), 3_600);
    const seconds = states.slice(1).map((now, i) => {
      const before = states[i] ?? now;
      return {
        movedMm: now.odometerMm - before.odometerMm,
        before: before.speedMmPerS,
        now: now.speedMmPerS,
      };
    });
    expect(states.every(({ odometerMm }) => Number.isSafeInteger(odometerMm))).toBe(true);
    expect(Math.min(...seconds.map(({ movedMm }) => movedMm))).toBe(0);
    expect(Math.max(...seconds.map(({ now }) => now))).toBeLessThanOrEqual(50_000 / 3.6);
    expect(Math.max(...seconds.map(({ before, now }) => now - before))).toBeLessThanOrEqual(1_500);
    // A second's move is what the speeds around it make, so that a dot on the map never jumps.
    expect(seconds.filter(({ movedMm, before }) => movedMm > before + 1_500)).toEqual([]);
  }
});

test('a moving vehicle is on a street: one of its coordinates lies on the town’s grid', () => {
  for (const vehicle of vehicles(4)) {
    for (const { latitudeE6, longitudeE6 } of driven(vehicle, Date.parse('2026-03-03T09:00:00Z'), 900)) {
      expect(latitudeE6 % 2_500 === 0 || longitudeE6 % 2_500 === 0).toBe(true);
    }
  }
});

test('in working hours most of the fleet moves, and at night hardly anybody', () => {
  const share = (start: string): number => {
    const fleet = vehicles(100);
    const fromMs = Date.parse(start);
    let moving = 0;
    for (let second = 1; second <= 600; second += 1) {
      for (const vehicle of fleet) {
        vehicle.driveTo(fromMs + second * STEP_MS);
        moving += vehicle.isMoving() ? 1 : 0;
      }
    }
    return moving / 100 / 600;
  };
  expect(share('2026-03-03T10:00:00Z')).toBeGreaterThan(0.6);
  expect(share('2026-03-08T10:00:00Z')).toBeGreaterThan(0.55);
  expect(share('2026-03-03T01:30:00Z')).toBeLessThan(0.2);
});

test('a fleet whose drivers live by another clock is at work at night, and its odometers say so', () => {
  const atMs = Date.parse('2026-03-03T01:30:00Z');
  const shifted = { ...world, openingMs: atMs, workShiftMs: 8.5 * HOUR_MS };
  const fleet = demoFleet(5, 60).map((traits) => new SimulatedVehicle(traits, shifted));
  for (const vehicle of fleet) driven(vehicle, atMs, 300);
  expect(fleet.filter((vehicle) => vehicle.isMoving()).length).toBeGreaterThan(33);
  const passed = new SimulatedVehicle((fleet[0] as SimulatedVehicle).traits, shifted);
  expect(passed.stateAt(atMs).odometerMm).toBe(passed.traits.openingMm);
  passed.passTo(atMs);
  expect(passed.stateAt(atMs).odometerMm).toBe(passed.traits.openingMm);
  passed.passTo(atMs + HOUR_MS);
  expect(passed.stateAt(atMs).odometerMm).toBeGreaterThan(passed.traits.openingMm + 10_000_000);
});

test('a vehicle that runs low charges, and drives on', () => {
  const [vehicle] = vehicles(1);
  // A battery for twenty kilometres.
  const small = new SimulatedVehicle({ ...(vehicle as SimulatedVehicle).traits, rangeMm: 20_000_000 }, world);
  const states = driven(small, Date.parse('2026-03-03T08:00:00Z'), 3 * 3_600);
  const charging = states.filter(({ isCharging }) => isCharging);
  expect(charging.length).toBeGreaterThan(0);
  expect(Math.max(...charging.map(({ batteryPercent }) => batteryPercent))).toBeGreaterThan(79);
  expect(states.at(-1)?.odometerMm).toBeGreaterThan((charging.at(-1)?.odometerMm ?? 0) - 1);
});

test('days passed by plan end at the same odometer however often one looks', () => {
  const atMs = world.openingMs + 9 * 24 * HOUR_MS + 10 * HOUR_MS;
  const looked = (everyMs: number): number[] =>
    vehicles(10).map((vehicle) => {
      for (let look = world.openingMs; look < atMs; look += everyMs) vehicle.passTo(look);
      vehicle.passTo(atMs);
      return vehicle.stateAt(atMs).odometerMm;
    });
  expect(looked(HOUR_MS)).toEqual(looked(7 * HOUR_MS));
  expect(
    looked(HOUR_MS).every((odometerMm, i) => odometerMm > (vehicles(10)[i]?.traits.openingMm ?? 0)),
  ).toBe(true);
});

test('days passed by plan are busier in the week, and one operator slowly loses trade', () => {
  const milesOn = (day: number, operator: string | null): number =>
    vehicles(250)
      .filter(({ traits }) => operator === null || traits.operator === operator)
      .reduce((sum, vehicle) => {
        vehicle.passTo(world.openingMs + day * 24 * HOUR_MS);
        const before = vehicle.stateAt(0).odometerMm;
        vehicle.passTo(world.openingMs + (day + 1) * 24 * HOUR_MS);
        return sum + (vehicle.stateAt(0).odometerMm - before) / 1_609_344;
      }, 0);
  // Opened on a Tuesday: the day numbered 5 is a Sunday.
  expect(milesOn(5, null)).toBeLessThan(milesOn(1, null));
  expect(milesOn(21, 'two-rivers')).toBeLessThan(0.9 * milesOn(0, 'two-rivers'));
});

test('a day driven street by street comes to about the miles its plan says', () => {
  const fromMs = Date.parse('2026-03-03T09:00:00Z');
  const hours = 2;
  const [live, planned] = [vehicles(60), vehicles(60)];
  const totalMm = (fleet: readonly SimulatedVehicle[]): number =>
    fleet.reduce((sum, vehicle) => sum + vehicle.stateAt(0).odometerMm, 0);
  for (const vehicle of planned) vehicle.passTo(fromMs);
  const plannedBefore = totalMm(planned);
  for (const vehicle of planned) vehicle.passTo(fromMs + hours * HOUR_MS);
  const liveBefore = totalMm(live);
  for (const vehicle of live) driven(vehicle, fromMs, hours * 3_600);
  const ratio = (totalMm(live) - liveBefore) / (totalMm(planned) - plannedBefore);
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.25);
});
