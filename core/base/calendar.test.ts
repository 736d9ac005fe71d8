import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  isTimeZone,
  localDayOf,
  startOfDayMs,
} from './calendar.ts';

const HOUR = 3_600_000;

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

test('a London month has the hours its clock changes leave it', () => {
  const hours = (from: string, to: string): number =>
    (startOfDayMs(to, 'Europe/London') - startOfDayMs(from, 'Europe/London')) / HOUR;
  expect(hours('2026-03-01', '2026-04-01')).toBe(743);
  expect(hours('2026-10-01', '2026-11-01')).toBe(745);
  expect(hours('2026-03-29', '2026-03-30')).toBe(23);
  expect(hours('2026-10-25', '2026-10-26')).toBe(25);
});

test.each([
  ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z'],
  ['2026-03-30', 'Europe/London', '2026-03-29T23:00:00.000Z'],
  ['2026-04-01', 'Europe/London', '2026-03-31T23:00:00.000Z'],
  ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z'],
  ['2026-11-01', 'Europe/London', '2026-11-01T00:00:00.000Z'],
  ['2026-01-01', 'America/Montevideo', '2026-01-01T03:00:00.000Z'],
  ['2026-07-01', 'America/Montevideo', '2026-07-01T03:00:00.000Z'],
  // Montevideo kept summer time until 2015: 2 a.m. on 5 October 2014 became 3 a.m.
  ['2014-10-05', 'America/Montevideo', '2014-10-05T03:00:00.000Z'],
  ['2014-10-06', 'America/Montevideo', '2014-10-06T02:00:00.000Z'],
  // Midnight itself did not exist: the day starts at one.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
])('%s starts in %s at %s', (day, timeZone, instant) => {
  expect(iso(startOfDayMs(day, timeZone))).toBe(instant);
  // The second asking is answered from memory.
  expect(iso(startOfDayMs(day, timeZone))).toBe(instant);
});

test.each([
  ['2026-03-31T22:59:59.999Z', 'Europe/London', '2026-03-31'],
  ['2026-03-31T23:00:00.000Z', 'Europe/London', '2026-04-01'],
  ['2026-01-01T02:59:59.999Z', 'America/Montevideo', '2025-12-31'],
  ['2026-01-01T03:00:00.000Z', 'America/Montevideo', '2026-01-01'],
])('%s is in %s the day %s', (instant, timeZone, day) => {
  expect(localDayOf(Date.parse(instant), timeZone)).toBe(day);
});

test('months are counted from the anchor, clamped to the month, and never drift', () => {
  const from31st = [0, 1, 2, 3, 12, 13, 25].map((months) => addMonths('2026-01-31', months));
  expect(from31st).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2027-01-31',
    '2027-02-28',
    '2028-02-29',
  ]);
  expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  expect(addMonths('2028-02-29', 48)).toBe('2032-02-29');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
});

test('days are added over months, years and leap days', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('a month has the days it has', () => {
  expect(['2026-02-10', '2028-02-10', '2026-04-10', '2026-12-10'].map(daysInMonth)).toEqual([28, 29, 30, 31]);
});

test('a time zone is known or not', () => {
  expect(['Europe/London', 'America/Montevideo', 'UTC'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['Europe/Londinium', '', 'local'].map(isTimeZone)).toEqual([false, false, false]);
});

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('2000-01-01', count));
const zones = fc.constantFrom('Europe/London', 'America/Montevideo', 'Europe/Paris', 'UTC', 'Asia/Kathmandu');

test('every day starts in itself, right after the day before, and lasts 23 to 25 hours', () => {
  fc.assert(
    fc.property(days, zones, (day, timeZone) => {
      const startMs = startOfDayMs(day, timeZone);
      expect(localDayOf(startMs, timeZone)).toBe(day);
      expect(localDayOf(startMs - 1, timeZone)).toBe(addDays(day, -1));
      const hours = (startOfDayMs(addDays(day, 1), timeZone) - startMs) / HOUR;
      expect(hours >= 23 && hours <= 25).toBe(true);
    }),
  );
});

test('a clamped month day is the anchor’s day or the last of its month', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -240, max: 240 }), (anchor, months) => {
      const day = addMonths(anchor, months);
      expect(Number(day.slice(8))).toBe(Math.min(Number(anchor.slice(8)), daysInMonth(day)));
    }),
  );
});

test('days are counted, and found in their zones, as the time-zone database does it', () => {
  const zones = fc.constantFrom(
    'Europe/London',
    'America/Montevideo',
    'America/Sao_Paulo',
    'Pacific/Apia',
    'Asia/Kolkata',
  );
  const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) });
  fc.assert(
    fc.property(instants, zones, fc.integer({ min: -40_000, max: 40_000 }), (instantMs, zone, count) => {
      const date = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate();
      const later = date.add({ days: count });
      expect(localDayOf(instantMs, zone)).toBe(date.toString());
      expect(addDays(date.toString(), count)).toBe(later.toString());
      expect(daysBetween(date.toString(), later.toString())).toBe(count);
    }),
  );
});

test("a day that its zone left out is nobody's: Samoa went from 29 to 31 December 2011", () => {
  const skippedAtMs = Date.parse('2011-12-30T10:00:00Z');
  expect(localDayOf(skippedAtMs - 1, 'Pacific/Apia')).toBe('2011-12-29');
  expect(localDayOf(skippedAtMs, 'Pacific/Apia')).toBe('2011-12-31');
});

test('what is no day is not counted from', () => {
  expect(() => addDays('yesterday', 1)).toThrow('"yesterday" is no day');
});
