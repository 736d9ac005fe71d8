import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolateMicrometres } from './odometer-curve.ts';

test('midnight half way between two readings is half the distance', () => {
  expect(interpolateMicrometres(0, 1_000, 43_200_000, 3_000, 21_600_000)).toBe(2_000);
});

test('property: linear, floored, exact as big integers say (M7)', () => {
  const interpolation = fc.record({
    spanMs: fc.integer({ min: 1, max: 400_000_000_000 }),
    start: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    distance: fc.integer({ min: 0, max: 2_000_000_000_000_000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(interpolation, ({ spanMs, start, distance, part }) => {
      const atMs = Math.floor(spanMs * part);
      const exact = BigInt(start) + (BigInt(atMs) * BigInt(distance)) / BigInt(spanMs);
      expect(BigInt(interpolateMicrometres(0, start, spanMs, start + distance, atMs))).toBe(exact);
    }),
  );
});
