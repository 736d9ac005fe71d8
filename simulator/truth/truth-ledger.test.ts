import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demoFleet } from '../fleet/demo-fleet.ts';
import { wholeTenthsOfMile } from './tenths-of-mile.ts';
import { TruthLedger } from './truth-ledger.ts';

test('tenths are the whole tenths contained in the text, in any unit', () => {
  expect(wholeTenthsOfMile({ text: '12345.678', unit: 'mi' })).toBe(123_456);
  expect(wholeTenthsOfMile({ text: '12345.6', unit: 'mi' })).toBe(123_456);
  // 160.9344 m are a tenth of a mile: a metre less is none.
  expect(wholeTenthsOfMile({ text: '160', unit: 'm' })).toBe(0);
  expect(wholeTenthsOfMile({ text: '161', unit: 'm' })).toBe(1);
  expect(wholeTenthsOfMile({ text: '1.609344', unit: 'km' })).toBe(10);
  expect(wholeTenthsOfMile({ text: '1.60', unit: 'km' })).toBe(9);
});

test('every thousandth of a mile falls into the tenth it is written in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: 0, max: 999 }),
      (miles, thousandths) => {
        const text = `${miles}.${String(thousandths).padStart(3, '0')}`;
        expect(wholeTenthsOfMile({ text, unit: 'mi' })).toBe(miles * 10 + Math.floor(thousandths / 100));
      },
    ),
  );
});

const fleet = demoFleet(1, 3);
const openingMs = Date.parse('2026-03-28T12:00:00Z');
const options = { openingMs, timeZoneOf: () => 'Europe/London' };

test('a vehicle is owed the tenths between its opening and its last text, whatever was acknowledged', () => {
  const ledger = new TruthLedger(fleet, options);
  ledger.noteSent(0, { text: '40000.05', unit: 'mi' }, openingMs + 1_000);
  ledger.noteSent(0, null, openingMs + 2_000);
  ledger.noteAcknowledged(0);
  const truth = ledger.truth(1, openingMs + 60_000);
  const [tesla, teltonika] = truth.vehicles;
  const opening = wholeTenthsOfMile({ text: tesla?.openingText ?? '', unit: 'mi' });
  expect(tesla).toMatchObject({
    vehicle: 'v-0001',
    provider: 'tesla-fleet-telemetry',
    lastText: '40000.05',
    lastUnit: 'mi',
    unit: 'mi',
    tenths: 400_000 - opening,
    packetsSent: 2,
    acknowledged: 1,
  });
  expect(teltonika).toMatchObject({
    provider: 'teltonika-mqtt-json',
    openingUnit: 'km',
    tenths: 0,
    packetsSent: 0,
  });
  expect(truth).toMatchObject({ tenths: 400_000 - opening, packetsSent: 2, acknowledged: 1, events: [] });
});

test('days end at the local midnights of the zone, also in the night the clocks go forward', () => {
  const ledger = new TruthLedger(fleet, options);
  const opening = fleet[0]?.openingMm ?? 0;
  const at = (instant: string): number => Date.parse(instant);
  const drive = (atMs: number, drivenMm: number, trips: number): void => {
    ledger.noteTrue(atMs, () => ({ odometerMm: opening + drivenMm, trips }));
    ledger.noteSent(0, { text: String(Math.floor((opening + drivenMm) / 1_000)), unit: 'm' }, atMs);
  };
  drive(at('2026-03-28T20:00:00Z'), 5_000_000, 1);
  // Nobody looks at the midnight itself here; the look a second before it is nearest.
  drive(at('2026-03-28T23:59:59Z'), 7_000_000, 2);
  drive(at('2026-03-29T03:00:00Z'), 9_000_000, 2);
  drive(at('2026-03-29T23:00:00Z'), 10_000_000, 3);
  const [vehicle] = ledger.truth(1, at('2026-03-29T23:30:00Z')).vehicles;
  expect(
    vehicle?.days.map(({ day, fromMs, toMs, drivenMm, trips, odometerAtMs }) => [
      day,
      (toMs - fromMs) / 3_600_000,
      drivenMm,
      trips,
      new Date(odometerAtMs).toISOString(),
    ]),
  ).toEqual([
    ['2026-03-28', 24, 7_000_000, 2, '2026-03-28T23:59:59.000Z'],
    ['2026-03-29', 23, 3_000_000, 1, '2026-03-29T23:00:00.000Z'],
    ['2026-03-30', 24, 0, 0, '2026-03-29T23:30:00.000Z'],
  ]);
  const [first, second] = vehicle?.days ?? [];
  expect(first?.before.atMs).toBe(at('2026-03-28T23:59:59Z'));
  expect(first?.after?.atMs).toBe(at('2026-03-29T03:00:00Z'));
  expect(second?.after?.atMs).toBe(at('2026-03-29T23:00:00Z'));
});

test('a late packet counts for the day it speaks of', () => {
  const ledger = new TruthLedger(fleet, options);
  const value = (text: string): { text: string; unit: 'km' } => ({ text, unit: 'km' });
  ledger.noteSent(1, value('70003'), Date.parse('2026-03-29T09:00:00Z'));
  ledger.noteSent(1, value('70002'), Date.parse('2026-03-28T22:00:00Z'));
  ledger.noteSent(1, value('70001'), Date.parse('2026-03-28T21:00:00Z'));
  const [, vehicle] = ledger.truth(1, Date.parse('2026-03-29T10:00:00Z')).vehicles;
  expect(vehicle?.lastText).toBe('70003');
  expect(vehicle?.days.map(({ before, after }) => [before.text, after?.text ?? null])).toEqual([
    ['70002', '70003'],
    ['70003', null],
  ]);
});

test('while it drives a vehicle is owed the tenths since a midnight, by its odometer and by what it sent', () => {
  const ledger = new TruthLedger(fleet, options);
  const openingKm = Math.floor((fleet[1]?.openingMm ?? 0) / 1e6);
  const at = (instant: string): number => Date.parse(instant);
  const drive = (atMs: number, km: number, isSent: boolean): void => {
    ledger.noteTrue(atMs, () => ({ odometerMm: (openingKm + km) * 1e6, trips: 1 }));
    if (isSent) ledger.noteSent(1, { text: String(openingKm + km), unit: 'km' }, atMs);
  };
  drive(at('2026-03-28T23:59:59Z'), 100, true);
  drive(at('2026-03-29T10:00:00Z'), 150, true);
  drive(at('2026-03-29T10:01:00Z'), 151, false);
  const tenths = (km: number): number => wholeTenthsOfMile({ text: String(openingKm + km), unit: 'km' });
  expect(ledger.tenthsSince(at('2026-03-29T00:00:00Z'))[1]).toEqual({
    vehicle: 'v-0002',
    trueTenths: tenths(151) - tenths(100),
    sentTenths: tenths(150) - tenths(100),
  });
});

test('a value that a feed without times repeats is of the moment it was first sent', () => {
  const ledger = new TruthLedger(fleet, options);
  const [before, repeated, later] = [
    '2026-03-28T20:00:00Z',
    '2026-03-29T06:00:00Z',
    '2026-03-29T06:10:00Z',
  ].map(Date.parse);
  for (const vehicle of [0, 1]) {
    ledger.noteSent(vehicle, { text: '70001', unit: 'km' }, before ?? 0);
    ledger.noteSent(vehicle, { text: '70001', unit: 'km' }, repeated ?? 0);
    ledger.noteSent(vehicle, { text: '70002', unit: 'km' }, later ?? 0);
  }
  const [tesla, teltonika] = ledger.truth(1, Date.parse('2026-03-29T10:00:00Z')).vehicles;
  expect(tesla?.days[0]?.after?.atMs).toBe(later);
  expect(teltonika?.days[0]?.after?.atMs).toBe(repeated);
});
