import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideHalfToEven, parseDecimal } from './decimal.ts';
import { type DistanceUnit, metresFromMicrometres, micrometresFromText, wholeTenths } from './distance.ts';

test.each([
  ['12345.678', 'mi', 19_868_442_815_232],
  ['1', 'mi', 1_609_344_000],
  ['0.1', 'mi', 160_934_400],
  ['12345.67', 'km', 12_345_670_000_000],
  ['0.000000001', 'km', 1],
  ['123.4', 'hm', 12_340_000_000],
  ['123456789', 'm', 123_456_789_000_000],
  ['0', 'mi', 0],
  ['1.2e4', 'mi', 19_312_128_000_000],
  ['5500000', 'mi', 8_851_392_000_000_000],
  // Half a micrometre goes to the even neighbour: 0.5 to 0, 1.5 to 2, 2.5 to 2.
  ['0.0000005', 'm', 0],
  ['0.0000015', 'm', 2],
  ['0.0000025', 'm', 2],
  ['0.0000000005', 'km', 0],
] as [string, DistanceUnit, number][])('%s %s is exact', (text, unit, micrometres) => {
  expect(micrometresFromText(text, unit)).toEqual({ ok: true, value: micrometres });
});

test.each([
  ['-1', 'distance-out-of-range'],
  ['-0.0000000000001', 'distance-out-of-range'],
  ['5600000', 'distance-out-of-range'],
  ['999999999999999', 'distance-out-of-range'],
  ['1e99', 'distance-out-of-range'],
  ['', 'not-a-decimal'],
  ['.', 'not-a-decimal'],
  ['.5', 'not-a-decimal'],
  ['5.', 'not-a-decimal'],
  ['1.2.3', 'not-a-decimal'],
  ['12 345', 'not-a-decimal'],
  ['unavailable', 'not-a-decimal'],
])('"%s" miles is %s', (text, error) => {
  expect(micrometresFromText(text, 'mi')).toEqual({ ok: false, error });
});

const units = fc.constantFrom<DistanceUnit>('mi', 'km', 'hm', 'm');
const MICROMETRES = { mi: 1_609_344_000n, km: 1_000_000_000n, hm: 100_000_000n, m: 1_000_000n };

test('short and long decimals alike: the same as big integers give, or out of range', () => {
  const whole = fc.oneof(fc.nat({ max: 6_000_000 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  const fraction = fc.stringMatching(/^\d{0,12}$/);
  fc.assert(
    fc.property(whole, fraction, units, (integer, places, unit) => {
      const text = places === '' ? String(integer) : `${integer}.${places}`;
      const decimal = parseDecimal(text);
      if (!decimal.ok) throw new Error(text);
      const { digits, scale } = decimal.value;
      const exact = divideHalfToEven(digits * MICROMETRES[unit], 10n ** BigInt(scale));
      expect(micrometresFromText(text, unit)).toEqual(
        exact > BigInt(Number.MAX_SAFE_INTEGER)
          ? { ok: false, error: 'distance-out-of-range' }
          : { ok: true, value: Number(exact) },
      );
    }),
    { numRuns: 500 },
  );
});

test('how a number is spelled does not matter: leading and trailing zeros, exponents', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5_000_000_000 }), units, (thousandths, unit) => {
      const plain = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
      const expected = micrometresFromText(plain, unit);
      for (const spelled of [`0${plain}`, `${plain}0`, `${plain}0000`, `${thousandths}e-3`]) {
        expect(micrometresFromText(spelled, unit)).toEqual(expected);
      }
    }),
  );
});

test('tenths are floored: 0.1 mile less a micrometre is none', () => {
  expect(wholeTenths(160_934_399, 'mi')).toBe(0);
  expect(wholeTenths(160_934_400, 'mi')).toBe(1);
  expect(wholeTenths(99_999_999, 'km')).toBe(0);
  expect(wholeTenths(100_000_000, 'km')).toBe(1);
});

test('tenths count exactly up to the largest distance there is', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (micrometres) => {
      expect(wholeTenths(micrometres, 'mi')).toBe(Number(BigInt(micrometres) / 160_934_400n));
      expect(wholeTenths(micrometres, 'km')).toBe(Number(BigInt(micrometres) / 100_000_000n));
    }),
  );
});

test('a micrometre short of a tenth is never that tenth, however long the road', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 55_967_906 }), (tenths) => {
      expect(wholeTenths(tenths * 160_934_400, 'mi')).toBe(tenths);
      expect(wholeTenths(tenths * 160_934_400 - 1, 'mi')).toBe(tenths - 1);
    }),
  );
});

test('adjoining periods share no tenth and lose none, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 10 ** 13 }), { minLength: 2 }), (cuts) => {
      const tenths = cuts.sort((a, b) => a - b).map((micrometres) => wholeTenths(micrometres, 'mi'));
      const parts = tenths.slice(1).map((end, i) => end - (tenths[i] ?? 0));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe((tenths.at(-1) ?? 0) - (tenths[0] ?? 0));
    }),
  );
});

test('metres are for reading: rounded to the nearest', () => {
  expect(metresFromMicrometres(19_868_442_815_232)).toBe(19_868_443);
  expect(metresFromMicrometres(499_999)).toBe(0);
});
