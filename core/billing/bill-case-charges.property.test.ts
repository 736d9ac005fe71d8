import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aCase,
  anyTerms,
  calendar,
  type CaseTerms,
  readingOf,
  termsWithoutMinimum,
} from '../../tests/support/billing-cases.ts';
import { billCase, type BilledPeriod } from './bill-case.ts';

const RUNS = { numRuns: 1_000 };
const penceOf = (text: string | undefined): number => Math.round(Number(text) * 100);

/** A period 1 in which the vehicle drives so many thousandths of a mile, and nothing before. */
function driven(milliMiles: number, terms: CaseTerms, contract = {}): BilledPeriod {
  const readings = [
    readingOf('opening', Date.UTC(2026, 0, 1), 1_000_000, 'handover'),
    readingOf('before', Date.UTC(2026, 1, 1), 1_000_000),
    readingOf('end', Date.UTC(2026, 1, 28), 1_000_000 + milliMiles),
    readingOf('after', Date.UTC(2026, 3, 2), 1_000_000 + milliMiles),
  ];
  const result = billCase(aCase({ readings, terms, contract, periods: [{ period: 1 }] }));
  if ('ok' in result) throw new Error(`${result.field}: ${result.problem}`);
  const [billed] = result.periods;
  if (billed === undefined) throw new Error('one period was asked for');
  return billed;
}

const distance = fc.nat(9_000_000);

test('a bill never falls when the distance grows, for any terms without a minimum', () => {
  fc.assert(
    fc.property(distance, distance, termsWithoutMinimum, (a, b, terms) => {
      const [less, more] = [driven(Math.min(a, b), terms), driven(Math.max(a, b), terms)];
      expect(penceOf(more.net)).toBeGreaterThanOrEqual(penceOf(less.net));
      expect(penceOf(more.gross)).toBeGreaterThanOrEqual(penceOf(less.gross));
    }),
    RUNS,
  );
});

/** A full period's amount for a part of it, half away from zero (rule B3), in big integers. */
function prorated(amount: number, { activeDays, periodDays }: BilledPeriod): number {
  const [numerator, days] = [
    BigInt(amount) * BigInt(activeDays) * 2n + BigInt(periodDays),
    BigInt(periodDays),
  ];
  return Number(numerator / (days * 2n));
}

test('cap ≥ charge ≥ minimum, prorated as the period is', () => {
  fc.assert(
    fc.property(distance, anyTerms, calendar, (milliMiles, agreed, contract) => {
      // What a minimum distance adds comes after the cap (rule B4), so money is held to its bounds without one.
      const terms = { ...agreed, minMiles: undefined, minRate: undefined };
      const billed = driven(milliMiles, terms, { ...contract, anchor: '2026-01-01' });
      const standing = billed.lines.filter(({ kind }) => kind === 'standing');
      const usage = penceOf(billed.net) - standing.reduce((sum, { amount }) => sum + penceOf(amount), 0);
      const { capCharge = '90000000', minCharge = '0' } = agreed;
      expect(usage).toBeLessThanOrEqual(prorated(penceOf(String(capCharge)), billed));
      expect(usage).toBeGreaterThanOrEqual(prorated(penceOf(String(minCharge)), billed));
    }),
    RUNS,
  );
});

test('cap miles ≥ charged miles, and with the shortfall at least the minimum miles', () => {
  fc.assert(
    fc.property(distance, anyTerms, (milliMiles, terms) => {
      const billed = driven(milliMiles, terms);
      const milesOf = (...kinds: string[]): number =>
        billed.lines
          .filter(({ kind }) => kinds.includes(kind))
          .reduce((sum, line) => sum + Math.round(Number(line.distance) * 10), 0);
      const { capMiles = 9_000, minMiles = 0 } = terms;
      expect(milesOf('miles')).toBeLessThanOrEqual(Number(capMiles) * 10);
      expect(milesOf('miles', 'min_miles_shortfall')).toBeGreaterThanOrEqual(Number(minMiles) * 10);
      expect(milesOf('miles', 'uncharged_over_cap')).toBe(Math.round(Number(billed.billableDistance) * 10));
    }),
    RUNS,
  );
});

test('a reader with a pencil gets the printed total (B6)', () => {
  fc.assert(
    fc.property(distance, anyTerms, (milliMiles, terms) => {
      const { lines, net, vat, gross } = driven(milliMiles, terms);
      let pence = 0;
      for (const { distance: miles, ratePence, amount } of lines) {
        pence += penceOf(amount);
        if (miles === undefined || ratePence === undefined) continue;
        const [tenths, hundredths] = [Math.round(Number(miles) * 10), Math.round(Number(ratePence) * 100)];
        expect(penceOf(amount)).toBe(Number((BigInt(tenths) * BigInt(hundredths) + 500n) / 1_000n));
      }
      expect(penceOf(net)).toBe(pence);
      expect(penceOf(vat)).toBe(Number((BigInt(pence) * 2n + 5n) / 10n));
      expect(penceOf(gross)).toBe(pence + penceOf(vat));
    }),
    RUNS,
  );
});
