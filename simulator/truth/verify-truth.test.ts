import { expect, test } from 'vitest';
import type { TruthDay, Truth, VehicleTruth } from './truth-shapes.ts';
import { priceTenths } from './expected-charge.ts';
import { type BilledDay, verifyTruth } from './verify-truth.ts';

const HOUR_MS = 3_600_000;
const miles = (text: string, atHour: number) => ({ text, unit: 'mi' as const, atMs: atHour * HOUR_MS });
const day = (index: number, change: Pick<TruthDay, 'before' | 'after'>): TruthDay => ({
  day: `1970-01-0${index + 1}`,
  fromMs: index * 24 * HOUR_MS,
  toMs: (index + 1) * 24 * HOUR_MS,
  drivenMm: 0,
  odometerMm: 0,
  odometerAtMs: 0,
  trips: 0,
  expectedTenths: 0,
  ...change,
});
const vehicle: VehicleTruth = {
  vehicle: 'v-0001',
  device: 'd',
  provider: 'tesla-fleet-telemetry',
  operator: 'north',
  openingText: '1000.00',
  openingUnit: 'mi',
  lastText: '1030.05',
  lastUnit: 'mi',
  unit: 'mi',
  tenths: 300,
  trueTenths: 300,
  packetsSent: 4,
  acknowledged: 4,
  days: [
    day(0, { before: miles('1010.00', 23), after: miles('1012.00', 25) }),
    day(1, { before: miles('1030.05', 40), after: null }),
  ],
};
const truth = (change: Partial<Truth> = {}): Truth => ({
  seed: 1,
  openingMs: 0,
  endedMs: 48 * HOUR_MS,
  vehicles: [vehicle],
  events: [],
  tenths: 300,
  packetsSent: 4,
  acknowledged: 4,
  ...change,
});
const billed = (first: number, second: number): BilledDay[] =>
  [first, second].map((tenths, i) => ({
    vehicle: 'v-0001',
    day: `1970-01-0${i + 1}`,
    tenths,
    unit: 'mi',
    provisional: false,
    pence: tenths * 3,
  }));

test('a bill that splits the miles anywhere between the readings around midnight reconciles', () => {
  for (const first of [100, 110, 120]) {
    expect(verifyTruth(truth(), billed(first, 300 - first)).differences).toEqual([]);
  }
});

test('a tenth too many over the run is a difference, and one nothing explains', () => {
  expect(verifyTruth(truth(), billed(110, 191)).differences).toEqual([
    {
      vehicle: 'v-0001',
      day: null,
      of: 'tenths',
      billed: 301,
      least: 300,
      most: 300,
      by: 1,
      cause: 'unexplained',
    },
  ]);
});

test('differences come worst first, each with its cause', () => {
  const lost = truth({
    events: [{ type: 'odometer-rollback', fromMs: 30 * HOUR_MS, toMs: null, vehicles: ['v-0001'] }],
  });
  expect(verifyTruth(lost, billed(85, 215)).differences).toMatchObject([
    { day: '1970-01-01', billed: 85, least: 99, most: 121, by: 14, cause: 'odometer reset' },
    { day: '1970-01-02', billed: 215, least: 179, most: 201, by: 14, cause: 'odometer reset' },
  ]);
  const elsewhere = lost.events.map((event) => ({ ...event, vehicles: ['v-0002'] }));
  const { differences } = verifyTruth(truth({ events: elsewhere }), billed(85, 216));
  expect(differences.map(({ by, cause }) => [by, cause])).toEqual([
    [15, 'unexplained'],
    [14, 'unexplained'],
    [1, 'unexplained'],
  ]);
});

test('a vehicle that is in no row is short of all its miles', () => {
  const { differences } = verifyTruth(truth(), []);
  expect(differences.map(({ day: name, by }) => [name, by])).toEqual([
    [null, 300],
    ['1970-01-02', 179],
    ['1970-01-01', 99],
  ]);
});

test('pence are rounded once, half away from zero', () => {
  expect(priceTenths(10_000, 30)).toBe(30_000);
  expect(priceTenths(5, '31')).toBe(16);
  expect(priceTenths(15, '0.3')).toBe(0);
  expect(priceTenths(1, '5')).toBe(1);
});

test.each([
  ['unit-changed', 'odometer unit'],
  ['clock-wrong', 'clock'],
  ['gps-accumulated', 'distance added up from positions'],
  ['never-sent', 'not sent'],
  ['delay', 'late data after cut-off'],
  ['clone', 'double tracker'],
  ['crash', 'unexplained'],
])('%s explains a difference as %s', (type, cause) => {
  const events = [{ type, fromMs: 0, toMs: null, vehicles: ['v-0001'] }];
  expect(verifyTruth(truth({ events }), billed(110, 191)).differences.map((each) => each.cause)).toEqual([
    cause,
  ]);
});
