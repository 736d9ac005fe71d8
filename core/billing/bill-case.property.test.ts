import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aCase,
  anyTerms,
  calendar,
  type CaseReading,
  journey,
  milliMilesOf,
  readingOf,
  tiers,
} from '../../tests/support/billing-cases.ts';
import { type Adjustment, billCase, type BilledPeriod } from './bill-case.ts';

interface Billed {
  readonly periods: readonly BilledPeriod[];
  readonly adjustments: readonly Adjustment[];
}

function billed(input: unknown): Billed {
  const result = billCase(input);
  if ('ok' in result) throw new Error(`${result.field}: ${result.problem}`);
  return result;
}

const RUNS = { numRuns: 500 };
const tenthsOf = (text: string): number => Math.round(Number(text) * 10);
const penceOf = (text: string): number => Math.round(Number(text) * 100);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

test('permutation and duplication of readings leave every period unchanged (M10)', () => {
  const cases = journey.chain((readings) =>
    fc.tuple(
      fc.constant(readings),
      fc.shuffledSubarray(readings, { minLength: readings.length }),
      fc.subarray(readings),
      anyTerms,
      calendar,
    ),
  );
  fc.assert(
    fc.property(cases, ([readings, shuffled, again, terms, contract]) => {
      const other = billed(aCase({ readings: [...again, ...shuffled, ...again], terms, contract }));
      expect(other).toEqual(billed(aCase({ readings, terms, contract })));
    }),
    RUNS,
  );
});

test('batching leaves the last rating unchanged: when each reading came makes no difference (M10)', () => {
  fc.assert(
    fc.property(
      journey,
      anyTerms,
      fc.array(fc.nat(100_000), { minLength: 41, maxLength: 41 }),
      (readings, terms, lags) => {
        const late = readings.map((reading, i) => ({
          ...reading,
          received: new Date(Date.parse(reading.at) + (lags[i] ?? 0) * 60_000).toISOString(),
        }));
        const asOf = '2027-12-01T00:00:00Z';
        const { periods } = billed(aCase({ readings: late, terms, periods: [{ period: 1, asOf }] }));
        const [all] = billed(aCase({ readings, terms, periods: [{ period: 1 }] })).periods;
        expect(periods).toEqual([{ ...all, asOf }]);
      },
    ),
    RUNS,
  );
});

test('adjoining periods sum to the whole, whatever the anchor, the zone and the unit (M11)', () => {
  fc.assert(
    fc.property(
      journey,
      tiers,
      calendar,
      fc.array(fc.date(inJourney), { maxLength: 4 }),
      (readings, by, contract, cuts) => {
        const terms = { tiers: by };
        const periods = Array.from({ length: 9 }, (_, period) => ({ period }));
        const whole = billed(aCase({ readings, terms, contract, periods }));
        const assignments = partition(cuts.filter((cut) => !Number.isNaN(cut.getTime())));
        const parted = billed(aCase({ readings, terms, contract: { ...contract, assignments }, periods }));
        const total = sum(whole.periods.map(({ billableDistance }) => tenthsOf(billableDistance)));
        expect(sum(parted.periods.map(({ billableDistance }) => tenthsOf(billableDistance)))).toBe(total);
        expect(total).toBe(drivenTenths(readings, `${contract.start}T00:00:00`, contract));
      },
    ),
    RUNS,
  );
});

const inJourney = { min: new Date('2026-01-02T00:00:00Z'), max: new Date('2026-05-01T00:00:00Z') };

/** The vehicle's whole stay, cut at instants into stays that adjoin. */
function partition(cuts: readonly Date[]): { vehicle: string; from: string; to?: string }[] {
  const instants = ['2026-01-01T00:00:00Z', ...cuts.map((cut) => cut.toISOString()).toSorted()];
  return [...new Set(instants)].map((from, i, all) => {
    const to = all[i + 1];
    return { vehicle: 'V1', from, ...(to === undefined ? {} : { to }) };
  });
}

/** M at the last reading less M at local midnight of the start, by a straight line and big integers. */
function drivenTenths(
  readings: readonly CaseReading[],
  start: string,
  { timezone, unit }: { readonly timezone: string; readonly unit: 'mi' | 'km' },
): number {
  const startMs = Math.max(localMs(start, timezone), Date.UTC(2026, 0, 1));
  const points = readings.map((each) => ({
    ms: BigInt(Date.parse(each.at)),
    um: BigInt(milliMilesOf(each)) * 1_609_344n,
  }));
  const at = BigInt(startMs);
  const before = points.findLast(({ ms }) => ms <= at);
  const after = points.find(({ ms }) => ms > at);
  const last = points.at(-1)?.um ?? 0n;
  const first =
    before === undefined || after === undefined
      ? ((before ?? after)?.um ?? 0n)
      : before.um + ((at - before.ms) * (after.um - before.um)) / (after.ms - before.ms);
  const perTenth = unit === 'mi' ? 160_934_400n : 100_000_000n;
  return Number(last / perTenth - first / perTenth);
}

/** A local time as an instant, from what the platform's calendar shows of it: no code of the product. */
function localMs(local: string, timeZone: string): number {
  const guess = Date.parse(`${local}Z`);
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return guess - (Date.parse(`${parts.format(guess).replace(' ', 'T')}Z`) - guess);
}

test('a journey in miles and the same one in kilometres agree: exactly, and to a tenth when metres are sent', () => {
  fc.assert(
    fc.property(journey, tiers, (readings, by) => {
      const distances = (unit: 'mi' | 'km', places: number): number[] => {
        const encoded = unit === 'mi' ? readings : readings.map((reading) => inKilometres(reading, places));
        const { periods } = billed(aCase({ readings: encoded, terms: { tiers: by } }));
        return periods.map(({ billableDistance }) => tenthsOf(billableDistance));
      };
      expect(distances('km', 9)).toEqual(distances('mi', 3));
      distances('km', 3).forEach((tenths, i) =>
        expect(Math.abs(tenths - (distances('mi', 3)[i] ?? Number.NaN))).toBeLessThanOrEqual(1),
      );
    }),
    { numRuns: 200 },
  );
});

/** The same distance as kilometre text of so many places: 1 mile is 1.609344 km, so nine places are exact. */
function inKilometres(reading: CaseReading, places: number): CaseReading {
  const billionths = BigInt(milliMilesOf(reading)) * 1_609_344n;
  const scale = 10n ** BigInt(9 - places);
  const scaled = (billionths + scale / 2n) / scale;
  const text = String(scaled).padStart(places + 1, '0');
  return { ...reading, unit: 'km', value: `${text.slice(0, -places)}.${text.slice(-places)}` };
}

const faultKinds = ['rollback', 'jump', 'clock'] as const;

/** Faults of one kind: by rule M5 a rollback inside a run of jumps draws readings that continue it into the run. */
const faults = fc
  .tuple(
    fc.constantFrom(...faultKinds),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 120_000 }), fc.nat(900_000)), { minLength: 1, maxLength: 5 }),
  )
  .map(([kind, each]) => each.map(([minute, milliMiles], i) => faultyReading(kind, minute, milliMiles, i)));

test('a quarantined reading never changes a bill', () => {
  fc.assert(
    fc.property(journey, anyTerms, faults, (readings, terms, faulty) => {
      const clean = billed(aCase({ readings, terms }));
      const other = billed(aCase({ readings: [...faulty, ...readings], terms }));
      const statuses = other.periods[0]?.readingStatus ?? {};
      // Of two faults at one instant the second is superseded by the first, which is quarantined.
      for (const { id } of faulty)
        expect(['rollback', 'jump', 'clock', 'conflict', 'superseded']).toContain(statuses[id]);
      const withoutStatus = ({ periods }: Billed): unknown =>
        periods.map((period) => ({ ...period, readingStatus: null }));
      expect(withoutStatus(other)).toEqual(withoutStatus(clean));
    }),
    RUNS,
  );
});

/** Below the handover, further than any of the journey, or ahead of its receipt. */
function faultyReading(
  kind: (typeof faultKinds)[number],
  minute: number,
  milliMiles: number,
  i: number,
): CaseReading {
  const atMs = Date.UTC(2026, 0, 1) + minute * 60_000;
  const reading = readingOf(`x${i}`, atMs, kind === 'jump' ? milliMiles + 900_000_000 : milliMiles, 'manual');
  return kind === 'clock' ? { ...reading, received: new Date(atMs - 600_001).toISOString() } : reading;
}

const instants = fc
  .array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 })
  .map((days) =>
    days.toSorted((a, b) => a - b).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString()),
  );

test('the documents of a period sum to the period as last rated, and rating it again issues nothing (B11)', () => {
  const lags = fc.array(fc.nat(60), { minLength: 41, maxLength: 41 });
  fc.assert(
    fc.property(journey, anyTerms, lags, instants, (readings, terms, days, asOfs) => {
      const late = readings.map((reading, i) => ({
        ...reading,
        received: new Date(Date.parse(reading.at) + (days[i] ?? 0) * 86_400_000).toISOString(),
      }));
      const periods = [...asOfs, asOfs.at(-1)].map((asOf) => ({ period: 1, asOf }));
      const { periods: rated, adjustments } = billed(aCase({ readings: late, terms, periods }));
      const once = billed(aCase({ readings: late, terms, periods: periods.slice(0, -1) }));
      expect(adjustments).toEqual(once.adjustments);
      const [invoice, last] = [rated[0], rated.at(-1)];
      for (const amount of ['net', 'vat', 'gross'] as const)
        expect(penceOf(invoice?.[amount] ?? '') + sum(adjustments.map((each) => penceOf(each[amount])))).toBe(
          penceOf(last?.[amount] ?? ''),
        );
    }),
    RUNS,
  );
});
