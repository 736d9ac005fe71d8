import { expect, test } from 'vitest';
import { routeFinder } from '../roads/find-route.ts';
import { gridCity } from '../stand-in/grid-city.ts';
import { someTraits } from '../stand-in/some-traits.ts';
import { SimulatedVehicle, STEP_MS } from './simulated-vehicle.ts';
import type { VehicleWorld } from './vehicle-world.ts';

const network = gridCity(14);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const noonMs = Date.parse('2026-03-03T12:00:00Z');
const world: VehicleWorld = {
  seed: 5,
  timeZone: 'Europe/London',
  openingMs: Date.parse('2026-03-02T00:00:00Z'),
  workShiftMs: 0,
  network,
  routes: routeFinder(network),
};

/** A fleet of couriers, an hour into live driving at noon. */
function fleetAtOne(count: number): SimulatedVehicle[] {
  const fleet = someTraits('courier', count).map((traits) => new SimulatedVehicle(traits, world));
  for (const vehicle of fleet) {
    vehicle.passTo(noonMs);
    vehicle.driveTo(noonMs);
    vehicle.driveTo(noonMs + 60 * MINUTE_MS);
  }
  return fleet;
}

const oneMs = noonMs + 60 * MINUTE_MS;
const moving = (fleet: readonly SimulatedVehicle[]): number =>
  fleet.filter((vehicle) => vehicle.isMoving()).length;
const drive = (fleet: readonly SimulatedVehicle[], atMs: number): void =>
  fleet.forEach((vehicle) => vehicle.driveTo(atMs));

test('a crash nobody planned is felt once, stops the vehicle, and is over when it recovers', () => {
  const vehicle = fleetAtOne(20).find((one) => one.isMoving());
  vehicle?.befall({ crash: { atMs: oneMs, untilMs: null } }, oneMs);
  vehicle?.driveTo(oneMs + STEP_MS);
  expect(vehicle?.stateAt(oneMs + STEP_MS)).toMatchObject({ impactMilliG: 6_400, speedMmPerS: 0 });
  const crashedMm = vehicle?.stateAt(oneMs + STEP_MS).odometerMm ?? 0;
  vehicle?.driveTo(oneMs + 30 * MINUTE_MS);
  expect(vehicle?.stateAt(oneMs + 30 * MINUTE_MS)).toMatchObject({
    impactMilliG: 0,
    odometerMm: crashedMm,
  });
  vehicle?.recover(oneMs + 30 * MINUTE_MS);
  vehicle?.driveTo(oneMs + 45 * MINUTE_MS);
  expect(vehicle?.stateAt(oneMs + 45 * MINUTE_MS).odometerMm).toBeGreaterThan(crashedMm);
});

test('under a third of the demand most of a fleet goes home, and comes out again when it is over', () => {
  const fleet = fleetAtOne(60);
  const before = moving(fleet);
  for (const vehicle of fleet) vehicle.befall({ demand: { fromMs: oneMs, toMs: null, factor: 0.3 } }, oneMs);
  drive(fleet, oneMs + 40 * MINUTE_MS);
  expect(moving(fleet)).toBeLessThan(before * 0.6);
  for (const vehicle of fleet) vehicle.recover(oneMs + 40 * MINUTE_MS);
  drive(fleet, oneMs + 60 * MINUTE_MS);
  expect(moving(fleet)).toBeGreaterThan(before / 2);
});

test('back on its plan a vehicle is carried through days, and drives again after them; its odometer never falls', () => {
  for (const vehicle of fleetAtOne(10)) {
    const odometers = [vehicle.stateAt(oneMs).odometerMm];
    vehicle.leaveRoads(oneMs);
    for (let days = 1; days <= 4; days += 1) {
      vehicle.passTo(oneMs + days * DAY_MS);
      odometers.push(vehicle.stateAt(oneMs + days * DAY_MS).odometerMm);
    }
    vehicle.driveTo(oneMs + 4 * DAY_MS + 20 * MINUTE_MS);
    odometers.push(vehicle.stateAt(oneMs + 4 * DAY_MS + 20 * MINUTE_MS).odometerMm);
    expect(odometers).toEqual(odometers.toSorted((a, b) => a - b));
    expect(odometers.at(-2)).toBeGreaterThan(odometers[0] ?? 0);
  }
});
