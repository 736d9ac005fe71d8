import fc from 'fast-check';
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

test('every instant is read in each of its spellings', () => {
  const instants = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (instant) => {
      const text = instant.toISOString();
      const toTheSecond = `${text.slice(0, 19)}Z`;
      expect(instantFromText(text)).toBe(instant.getTime());
      expect(instantFromText(text.replace('Z', '+00:00'))).toBe(instant.getTime());
      expect(instantFromText(text.replace('Z', '+0000'))).toBe(instant.getTime());
      expect(instantFromText(toTheSecond)).toBe(Date.parse(toTheSecond));
    }),
  );
});

test.each([
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:60Z',
  '2026-01-01T00:00:00.00aZ',
  '2026-01-01T00:00:00.000',
  '2026-01-01T00:00:00+00:00:00',
  '2O26-01-01T00:00:00Z',
  '2026-01-01t00:00:00Z',
  '2026-01-01T00.00.00Z',
])('one wrong character, "%s", and it is no instant', (text) => {
  expect(instantFromText(text)).toBeNull();
});
