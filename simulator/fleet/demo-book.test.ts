import { expect, test } from 'vitest';
import { bookSchema } from '../../core/protocol/book.ts';
import { busyMs } from './busy-hours.ts';
import { demoBook } from './demo-book.ts';
import { demoFleet } from './demo-fleet.ts';
import { fleetPlan } from './fleet-plan.ts';
import { imeiOf, registrationOf, vinOf } from './identities.ts';

const plan = fleetPlan({
  seed: 7,
  vehicles: 250,
  timeZone: 'America/Montevideo',
  startMs: Date.parse('2026-03-04T12:30:00.750Z'),
  historyDays: 14,
  isAlwaysBusy: false,
});

test('the book is one the product takes: five fleets, three makers, every vehicle with tracker, contract and opening', () => {
  const book = demoBook(plan);
  expect(bookSchema.parse(book)).toEqual(book);
  expect(book.facility.name).toBe('Milepost Demo Facility');
  expect(book.contracts.map(({ id, assignments }) => [id, assignments.length])).toEqual([
    ['harbourline-1', 50],
    ['kestrel-1', 50],
    ['willow-1', 50],
    ['brightfield-1', 50],
    ['two-rivers-1', 50],
  ]);
  const count = (provider: string): number =>
    book.trackers.filter((tracker) => tracker.provider === provider).length;
  expect(['tesla-fleet-telemetry', 'teltonika-mqtt-json', 'renault-kamereon'].map(count)).toEqual([
    84, 83, 83,
  ]);
  expect(new Set(book.trackers.map(({ externalId }) => externalId)).size).toBe(250);
  expect(book.trackers.find(({ provider }) => provider === 'teltonika-mqtt-json')?.origin).toBe('tracker');
  expect(book.openings).toHaveLength(250);
});

test('the story opens at the local midnight before the days that are passed, and goes live on a whole second', () => {
  expect(new Date(plan.openingMs).toISOString()).toBe('2026-02-18T03:00:00.000Z');
  expect(new Date(plan.liveMs).toISOString()).toBe('2026-03-04T12:30:00.000Z');
  const [contract] = demoBook(plan).contracts;
  expect(contract).toMatchObject({
    timezone: 'America/Montevideo',
    unit: 'mi',
    anchor: '2026-02-18',
    start: '2026-02-18',
  });
  expect(contract?.terms.tiers).toEqual([{ upTo: null, rate: '29' }]);
});

test('a vehicle is underwritten at miles a hard-working city vehicle does', () => {
  for (const { underwriting } of demoBook(plan).contracts) {
    expect(underwriting.milesPerMonth).toBeGreaterThan(2_500);
    expect(underwriting.milesPerMonth).toBeLessThan(5_000);
  }
});

test('a small fleet has only the operators it has vehicles for', () => {
  const book = demoBook({ ...plan, fleet: plan.fleet.slice(0, 2) });
  expect(book.operators.map(({ id }) => id)).toEqual(['harbourline', 'kestrel']);
});

test('a larger fleet begins with the smaller one', () => {
  expect(demoFleet(7, 40).slice(0, 20)).toEqual(demoFleet(7, 20));
  expect(demoFleet(8, 1)[0]?.openingMm).not.toBe(demoFleet(7, 1)[0]?.openingMm);
});

test('identities are well made: VINs and IMEIs carry their check digit, registrations are different', () => {
  // Worked out by hand: the weighted sum is 251, which leaves 9 over elevens.
  expect(vinOf('1M8GDM9A', 0)).toBe('1M8GDM9A9NC100000');
  expect(imeiOf(0)).toMatch(/^35963208100000\d$/);
  for (const index of [0, 1, 249, 9_999]) {
    expect(luhnSum(imeiOf(index)) % 10).toBe(0);
    expect(demoFleet(1, 1)[0]?.vin).toMatch(/^[A-HJ-NPR-Z0-9]{17}$/);
    expect(registrationOf(index)).toMatch(/^L[A-Z]\d\d [A-Z]{3}$/);
  }
  expect(new Set(Array.from({ length: 5_000 }, (_, i) => registrationOf(i))).size).toBe(5_000);
});

test('out of hours the busy instant is in the last late morning', () => {
  const start = (asked: string): string =>
    new Date(busyMs(Date.parse(asked), 'Europe/Stockholm')).toISOString();
  expect(start('2026-03-04T09:10:11Z')).toBe('2026-03-04T09:10:11.000Z');
  expect(start('2026-03-04T20:00:00Z')).toBe('2026-03-04T10:00:00.000Z');
  expect(start('2026-03-04T02:00:00Z')).toBe('2026-03-03T10:00:00.000Z');
  expect(start('2026-07-02T01:00:00Z')).toBe('2026-07-01T09:00:00.000Z');
});

function luhnSum(digits: string): number {
  return Array.from(digits, Number)
    .toReversed()
    .reduce(
      (sum, digit, i) => sum + (i % 2 === 0 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)),
      0,
    );
}
