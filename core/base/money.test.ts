import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from './assert.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import { pricePence } from './money.ts';

function rate(text: string): Decimal {
  const decimal = parseDecimal(text);
  return must(decimal.ok ? decimal.value : null, text);
}

test.each([
  ['1,000 miles at 30p', 10_000, '30', 30_000],
  ['half a mile at 30p', 5, '30', 15],
  ['nothing', 0, '30', 0],
  ['a tenth at 5p is half a penny, and goes up', 1, '5', 1],
  ['a tenth at 4.9p goes down', 1, '4.9', 0],
  ['a tenth taken back at 5p goes down as far', -1, '5', -1],
  ['a rate finer than a penny', 123_457, '12.345', 152_408],
  ['a rate with trailing zeros', 10, '12.50', 13],
])('%s', (_, tenths, ratePence, pence) => {
  expect(pricePence(tenths, rate(ratePence))).toBe(pence);
});

const tenths = fc.integer({ min: -100_000_000, max: 100_000_000 });
const rateThousandths = fc.nat({ max: 500_000 });

test('a price is within half a penny of the exact one, and the same both ways', () => {
  fc.assert(
    fc.property(tenths, rateThousandths, (count, thousandths) => {
      const perMile: Decimal = { digits: BigInt(thousandths), scale: 3 };
      const pence = pricePence(count, perMile);
      const off = BigInt(pence) * 10_000n - BigInt(count) * BigInt(thousandths);
      expect(off <= 5_000n && off >= -5_000n).toBe(true);
      expect(pricePence(-count, perMile) + pence).toBe(0);
    }),
  );
});

test('spelling a rate with more zeros does not change a price', () => {
  fc.assert(
    fc.property(tenths, rateThousandths, (count, thousandths) => {
      const short = pricePence(count, { digits: BigInt(thousandths), scale: 3 });
      expect(pricePence(count, { digits: BigInt(thousandths) * 1000n, scale: 6 })).toBe(short);
    }),
  );
});
