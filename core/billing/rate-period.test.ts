import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PrintedLine } from '../protocol/document.ts';
import type { ContractTerms } from '../protocol/terms.ts';
import { billingPeriodOf } from './billing-period.ts';
import { sumPence } from './charge-usage.ts';
import { type AgreedContract, exactContract, periodDays, periodParts } from './exact-contract.ts';
import { vatPence } from './exact-terms.ts';
import { ratePeriod } from './rate-period.ts';

const agreed = (terms: ContractTerms, more: Partial<AgreedContract> = {}): AgreedContract => ({
  timezone: 'Europe/London',
  unit: 'mi',
  anchor: '2026-01-01',
  start: '2026-01-01',
  terms,
  ...more,
});

/** The lines of a pool's distance in the period of a day, whole and over. */
function linesOf(
  contract: AgreedContract,
  day: string,
  tenthsByPart: number[],
  tenthsBefore = 0,
): PrintedLine[] {
  const exact = exactContract(contract);
  const period = billingPeriodOf(contract.anchor, day);
  const parts = periodParts(exact, period);
  const activeDays = parts.reduce(
    (sum, part) => sum + periodDays({ index: 0, startDay: part.fromDay, endDay: part.toDay }),
    0,
  );
  const unit = { vehicle: null, tenthsByPart, tenthsBefore, activeDays, elapsedDays: activeDays };
  return ratePeriod(exact, parts, periodDays(period), [unit]);
}

const words = (lines: PrintedLine[]): string[] =>
  lines.map(({ kind, tenths, ratePence, pence }) =>
    [kind, ...(tenths === null ? [] : [(tenths / 10).toFixed(1), `@${ratePence}`]), pence].join(' '),
  );

const flat = (rate: string): ContractTerms => ({ tiers: [{ upTo: null, rate }] });

test('1,000 miles at 30p is £300.00, and 55 at 6.7p rounds up once', () => {
  expect(words(linesOf(agreed(flat('30')), '2026-01-10', [10_000]))).toEqual(['miles 1000.0 @30 30000']);
  expect(words(linesOf(agreed(flat('6.7')), '2026-01-10', [550]))).toEqual(['miles 55.0 @6.7 369']);
});

test('graduated tiers price each mile at the rate of its tier (B5)', () => {
  const tiers = [
    { upTo: 1_000, rate: '30' },
    { upTo: 2_000, rate: '25' },
    { upTo: null, rate: '20' },
  ];
  expect(words(linesOf(agreed({ tiers }), '2026-01-10', [23_456]))).toEqual([
    'miles 1000.0 @30 30000',
    'miles 1000.0 @25 25000',
    'miles 345.6 @20 6912',
  ]);
});

test('a minimum of miles is made up at its rate, and miles over the cap are shown and not charged', () => {
  const terms = { ...flat('34'), minMiles: 1_700, capMiles: 2_400 };
  expect(words(linesOf(agreed(terms), '2026-01-10', [10_000]))).toEqual([
    'miles 1000.0 @34 34000',
    'min_miles_shortfall 700.0 @34 23800',
  ]);
  expect(words(linesOf(agreed(terms), '2026-01-10', [30_000]))).toEqual([
    'miles 2400.0 @34 81600',
    'uncharged_over_cap 600.0 @0 0',
  ]);
});

test('a minimum of money is prorated by local days: 20 of the 29 of February 2028', () => {
  const contract = agreed(
    { ...flat('30'), minCharge: '290.00' },
    { start: '2028-02-10', anchor: '2028-02-01' },
  );
  expect(words(linesOf(contract, '2028-02-10', [1_000]))).toEqual([
    'miles 100.0 @30 3000',
    'min_charge_topup 17000',
  ]);
});

test('a charge over the cap of money is brought down by a line of its own', () => {
  const terms = { ...flat('30'), standing: '50', capCharge: '200' };
  expect(words(linesOf(agreed(terms), '2026-01-10', [10_000]))).toEqual([
    'standing 5000',
    'miles 1000.0 @30 30000',
    'cap_adjustment -10000',
  ]);
});

test('a rate that changes inside a period splits it at its day (B9)', () => {
  const contract = agreed(flat('30'), { amendments: [{ from: '2026-01-17', terms: flat('28') }] });
  expect(words(linesOf(contract, '2026-01-20', [5_125, 4_875]))).toEqual([
    'miles 512.5 @30 15375',
    'miles 487.5 @28 13650',
  ]);
});

test('other terms that change inside a period take effect with the next one', () => {
  const contract = agreed(flat('30'), {
    amendments: [{ from: '2026-01-17', terms: { ...flat('28'), minMiles: 10 } }],
  });
  expect(words(linesOf(contract, '2026-01-20', [100]))).toEqual(['miles 10.0 @30 300']);
  expect(words(linesOf(contract, '2026-02-20', [50]))).toEqual([
    'miles 5.0 @28 140',
    'min_miles_shortfall 5.0 @28 140',
  ]);
});

test('of two changes on one day the later one holds, and one on the first day replaces the first terms', () => {
  const contract = agreed(flat('30'), {
    amendments: [
      { from: '2026-01-01', terms: flat('29') },
      { from: '2026-03-01', terms: flat('20') },
      { from: '2026-03-01', terms: flat('21') },
    ],
  });
  expect(
    exactContract(contract).versions.map(({ from, terms }) => [from, terms.tiers[0]?.rate.text]),
  ).toEqual([
    ['2026-01-01', '29'],
    ['2026-03-01', '21'],
  ]);
});

test('charging stops at the target mileage; from the next period no minimum applies, standing goes on (B7)', () => {
  const contract = agreed({ ...flat('30'), standing: '10', minMiles: 500 }, { targetMiles: 1_000 });
  expect(words(linesOf(contract, '2026-02-10', [3_000], 9_000))).toEqual([
    'standing 1000',
    'miles 100.0 @30 3000',
    'uncharged_over_cap 200.0 @0 0',
    'min_miles_shortfall 400.0 @30 12000',
  ]);
  expect(words(linesOf(contract, '2026-03-10', [3_000], 12_000))).toEqual([
    'standing 1000',
    'uncharged_over_cap 300.0 @0 0',
  ]);
});

test('outside the contract nothing is charged', () => {
  const contract = agreed({ ...flat('30'), standing: '10' }, { start: '2026-02-01', end: '2026-03-01' });
  expect(linesOf(contract, '2026-01-10', [])).toEqual([]);
  expect(linesOf(contract, '2026-03-01', [])).toEqual([]);
});

test('VAT on £6.16 at 20 % is £1.23, and of a credit the same with its sign', () => {
  expect(vatPence(616, { digits: 2n, scale: 1 })).toBe(123);
  expect(vatPence(-616, { digits: 2n, scale: 1 })).toBe(-123);
});

const anyTerms: fc.Arbitrary<ContractTerms> = fc
  .record({
    rates: fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 4 }),
    bounds: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 3, maxLength: 3 }),
    standing: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: undefined }),
    minimum: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    minCharge: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
  })
  .map(({ rates, bounds, standing, minimum, minCharge }) => ({
    tiers: rates.map((rate, i) => ({
      upTo:
        i === rates.length - 1 ? null : bounds.slice(0, i + 1).reduce((sum, bound) => sum + bound, 0) / 10,
      rate: (rate / 100).toFixed(2),
    })),
    ...(standing === undefined ? {} : { standing: (standing / 100).toFixed(2) }),
    ...(minimum === undefined ? {} : { minMiles: minimum / 10 }),
    ...(minCharge === undefined ? {} : { minCharge: (minCharge / 100).toFixed(2) }),
  }));

test('property: the charge never falls with distance while no minimum of miles buys it cheaper', () => {
  fc.assert(
    fc.property(anyTerms, fc.nat(40_000), fc.nat(5_000), (terms, tenths, more) => {
      const contract = agreed({ ...terms, minMiles: undefined });
      const charge = (distance: number): number => sumPence(linesOf(contract, '2026-01-10', [distance]));
      expect(charge(tenths + more)).toBeGreaterThanOrEqual(charge(tenths));
    }),
    { numRuns: 1_000 },
  );
});

test('property: lines carry all of the distance, and cap ≥ usage, charge ≥ minimum', () => {
  fc.assert(
    fc.property(anyTerms, fc.nat(40_000), fc.integer({ min: 1, max: 100_000 }), (terms, tenths, cap) => {
      const capped = { ...terms, capCharge: (cap / 100).toFixed(2), minCharge: undefined };
      const lines = linesOf(agreed(capped), '2026-01-10', [tenths]);
      const driven = lines.filter(({ kind }) => kind === 'miles' || kind === 'uncharged_over_cap');
      expect(driven.reduce((sum, line) => sum + (line.tenths ?? 0), 0)).toBe(tenths);
      const usage = lines.filter(({ kind }) => kind === 'miles' || kind === 'cap_adjustment');
      expect(sumPence(usage)).toBeLessThanOrEqual(cap);
      const minimum = Math.round(Number(terms.minCharge ?? 0) * 100);
      expect(sumPence(linesOf(agreed(terms), '2026-01-10', [tenths]))).toBeGreaterThanOrEqual(minimum);
    }),
    { numRuns: 1_000 },
  );
});
