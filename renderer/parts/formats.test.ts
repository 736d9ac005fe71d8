import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatMicrometres,
  formatPence,
  formatPerSecond,
  formatRate,
  formatRaw,
  formatShare,
  formatSpeed,
  formatTenths,
  wordsOf,
} from './formats.ts';
import {
  ageWords,
  dayWords,
  fullDay,
  periodDays,
  shortDay,
  utcInstant,
  utcMoment,
  utcTime,
  zonedInstant,
  zonedTime,
} from './times.ts';

test('money is pounds with two decimals, always', () => {
  expect([0, 15, 30_000, 123_456_789, -5].map(formatPence)).toEqual([
    '£0.00',
    '£0.15',
    '£300.00',
    '£1,234,567.89',
    '\u2212£0.05',
  ]);
});

test('distance is tenths with its unit', () => {
  expect(formatTenths(5, 'mi')).toBe('0.5 mi');
  expect(formatTenths(123_456, 'km')).toBe('12,345.6 km');
  expect(formatTenths(-335, 'mi')).toBe('\u221233.5 mi');
  expect(formatMicrometres(1_609_344_000 * 12 + 804_672_000, 'mi')).toBe('12.5 mi');
  expect(formatRaw('12345.678', 'mi')).toBe('12345.678 mi');
});

test('rates, speeds, shares and sizes carry their units', () => {
  expect([formatRate('30', 'mi'), formatRate('6.7', 'km')]).toEqual(['30p a mile', '6.7p a kilometre']);
  expect(formatSpeed(50)).toBe('31 mph');
  expect(formatShare(0.978)).toBe('97.8 %');
  expect([0.42, 84.4].map(formatPerSecond)).toEqual(['0.4/s', '84/s']);
  expect([0, 812_000, 12_400_000, 3_100_000_000].map(formatBytes)).toEqual([
    '0 kB',
    '812 kB',
    '12.4 MB',
    '3.1 GB',
  ]);
  expect(formatCount(120_345)).toBe('120,345');
  expect([0, 1, 1_204].map((count) => formatCounted(count, 'receipt'))).toEqual([
    '0 receipts',
    '1 receipt',
    '1,204 receipts',
  ]);
  expect(formatCounted(1, 'document is', 'documents are')).toBe('1 document is');
  expect(wordsOf('value-out-of-range')).toBe('value out of range');
});

test('an age is read at a glance, and a clock ahead of ours is no negative age', () => {
  const ages = [-3_000, 999, 42_000, 252_000, 3 * 3_600_000 + 5 * 60_000, 2 * 86_400_000 + 4 * 3_600_000];
  expect(ages.map(ageWords)).toEqual(['0 s', '0 s', '42 s', '4 m 12 s', '3 h 05 m', '2 d 4 h']);
});

test('instants say their zone', () => {
  const atMs = Date.parse('2026-07-01T23:30:05.250Z');
  expect(utcTime(atMs)).toBe('23:30:05');
  expect(utcInstant(atMs)).toBe('2026-07-01 23:30:05.250Z');
  expect(zonedTime(atMs, 'Europe/London')).toBe('2 Jul 00:30:05 BST');
  expect(zonedInstant(atMs, 'America/Montevideo')).toBe('1 Jul 20:30:05');
  expect([dayWords('2026-11-22'), shortDay('2026-11-22')]).toEqual(['Sun 22 Nov', '22 Nov']);
  expect(utcMoment(atMs)).toBe('1 Jul 2026 23:30:05 UTC');
});

test('a period names its first and its last day', () => {
  expect(fullDay('2026-11-22')).toBe('22 Nov 2026');
  expect(periodDays('2026-03-01', '2026-04-01')).toBe('1 Mar – 31 Mar 2026');
  expect(periodDays('2025-12-15', '2026-01-15')).toBe('15 Dec 2025 – 14 Jan 2026');
  expect(periodDays('2026-03-01', '2026-03-02')).toBe('1 Mar 2026');
});
