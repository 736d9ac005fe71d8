import { expect, test } from 'vitest';
import { instantFromText, isBeforeAnyTracker } from './reading-time.ts';

test.each([
  ['2026-01-01T09:06:48Z', Date.UTC(2026, 0, 1, 9, 6, 48)],
  ['2026-01-01T09:06:48+01:00', Date.UTC(2026, 0, 1, 8, 6, 48)],
  ['2026-01-01T09:06:48-0330', Date.UTC(2026, 0, 1, 12, 36, 48)],
  ['2026-01-01T00:30:00+01:00', Date.UTC(2025, 11, 31, 23, 30)],
  ['2026-01-01T09:06:48.125Z', Date.UTC(2026, 0, 1, 9, 6, 48, 125)],
  ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
])('%s is an instant', (text, instantMs) => {
  expect(instantFromText(text)).toBe(instantMs);
});

test.each([
  '',
  '2026-01-01',
  '2026-01-01T09:06:48',
  '2026-01-01T09:06Z',
  '2026-01-01 09:06:48Z',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00+99:00',
  '1 January 2026',
])('"%s" names no instant', (text) => {
  expect(instantFromText(text)).toBeNull();
});

test('before 2010 no clock was set', () => {
  expect(isBeforeAnyTracker(Date.UTC(2010, 0, 1) - 1)).toBe(true);
  expect(isBeforeAnyTracker(Date.UTC(2010, 0, 1))).toBe(false);
});
