import { expect, test } from 'vitest';
import { bothDaysText, dayText, daysText, momentText } from './days.ts';

test('days are in words, and a range names the last day itself', () => {
  expect(dayText('2026-03-09')).toBe('9 March 2026');
  expect(daysText('2026-03-01', '2026-04-01')).toBe('1–31 March 2026');
  expect(daysText('2026-03-15', '2026-04-15')).toBe('15 March – 14 April 2026');
  expect(daysText('2025-12-15', '2026-01-15')).toBe('15 December 2025 – 14 January 2026');
  expect(daysText('2026-02-28', '2026-03-01')).toBe('28 February 2026');
  expect(bothDaysText('2026-03-01', '2026-03-31')).toBe('1–31 March 2026');
});

test('a moment is on the clocks of the time zone, and says how far these are from UTC', () => {
  const atMs = Date.UTC(2026, 9, 25, 1, 30, 7, 999);
  expect(momentText(atMs - 3_600_000, 'Europe/London')).toBe('25 October 2026, 01:30:07 (UTC+01:00)');
  expect(momentText(atMs, 'Europe/London')).toBe('25 October 2026, 01:30:07 (UTC+00:00)');
});
