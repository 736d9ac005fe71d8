import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  divideFloor,
  divideHalfAwayFromZero,
  divideHalfToEven,
  parseDecimal,
  scaledHalfAwayFromZero,
} from './decimal.ts';

test.each([
  ['12345.678', 12_345_678n, 3],
  ['0', 0n, 0],
  ['007', 7n, 0],
  ['-1.50', -150n, 2],
  ['+2', 2n, 0],
  [' 3.5 ', 35n, 1],
  ['1e3', 1000n, 0],
  ['1.25e1', 125n, 1],
  ['5E-2', 5n, 2],
  ['-0', 0n, 0],
])('%s is read as it stands', (text, digits, scale) => {
  expect(parseDecimal(text)).toEqual({ ok: true, value: { digits, scale } });
});

test.each([
  '',
  ' ',
  '.5',
  '5.',
  '1,5',
  '1 000',
  '0x10',
  'NaN',
  'Infinity',
  '1e',
  '1e1000',
  '--1',
  '½',
  '１２',
])('"%s" is no decimal', (text) => {
  expect(parseDecimal(text)).toEqual({ ok: false, error: 'not-a-decimal' });
});

test.each([
  [5n, 2n, 3n, 2n, 2n],
  [-5n, 2n, -3n, -2n, -3n],
  [7n, 2n, 4n, 4n, 3n],
  [-7n, 2n, -4n, -4n, -4n],
  [1n, 3n, 0n, 0n, 0n],
  [-1n, 3n, 0n, 0n, -1n],
  [2n, 3n, 1n, 1n, 0n],
  [-2n, 3n, -1n, -1n, -1n],
  [6n, 3n, 2n, 2n, 2n],
  [0n, 7n, 0n, 0n, 0n],
])(
  '%s / %s is %s half away from zero, %s half to even, %s down',
  (numerator, denominator, away, even, down) => {
    expect(divideHalfAwayFromZero(numerator, denominator)).toBe(away);
    expect(divideHalfToEven(numerator, denominator)).toBe(even);
    expect(divideFloor(numerator, denominator)).toBe(down);
  },
);

const numerators = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const denominators = fc.bigInt({ min: 1n, max: 10n ** 15n });

test('a rounded quotient is never further off than a half, and a floor never above', () => {
  fc.assert(
    fc.property(numerators, denominators, (numerator, denominator) => {
      const twiceOff = (quotient: bigint): bigint => (numerator - quotient * denominator) * 2n;
      for (const round of [divideHalfAwayFromZero, divideHalfToEven]) {
        const off = twiceOff(round(numerator, denominator));
        expect(off <= denominator && off >= -denominator).toBe(true);
      }
      const rest = numerator - divideFloor(numerator, denominator) * denominator;
      expect(rest >= 0n && rest < denominator).toBe(true);
    }),
  );
});

test('exact halves: money goes away from zero, distance to the even neighbour', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (whole) => {
      const half = whole * 2n + 1n;
      expect(divideHalfAwayFromZero(half, 2n)).toBe(half > 0n ? whole + 1n : whole);
      expect(divideHalfToEven(half, 2n) % 2n).toBe(0n);
    }),
  );
});

test('every plain decimal is read to the same number it was written from', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: 0, max: 20 }), (digits, scale) => {
      const text = digits.toString().padStart(scale + 1, '0');
      const point = text.length - scale;
      const written = scale === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
      expect(parseDecimal(written)).toEqual({ ok: true, value: { digits, scale } });
    }),
  );
});

test('property: a value scaled in plain numbers is what big integers give, to the last half', () => {
  const decimal = fc.record({
    digits: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
    scale: fc.integer({ min: 0, max: 9 }),
  });
  const small = decimal.map(({ digits, scale }) => ({ digits: digits % 100_000n, scale }));
  fc.assert(
    fc.property(
      fc.oneof(decimal, small),
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      (value, times, over) => {
        const exact = divideHalfAwayFromZero(
          value.digits * BigInt(times),
          10n ** BigInt(value.scale) * BigInt(over),
        );
        expect(scaledHalfAwayFromZero(value, times, over)).toBe(Number(exact));
      },
    ),
    { numRuns: 2_000 },
  );
});
