import fc from 'fast-check';
import type { BillCase } from '../../core/billing/bill-case-input.ts';

/** Cases of `milepost bill` as fast-check draws them. All distances are whole thousandths of a mile, or texts of them. */
export type CaseReading = BillCase['readings'][number];
export type CaseTerms = BillCase['contract']['terms'];

const START_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

/** One step of a journey: so many minutes later, so many thousandths of a mile further, below every driving limit. */
const step = fc
  .tuple(fc.integer({ min: 1, max: 4 * 1_440 }), fc.integer({ min: 0, max: 1_000 }))
  .map(([minutes, perMinute]) => ({
    minutes,
    milliMiles: Math.min(minutes * perMinute, 900_000),
  }));

/** Readings of one vehicle from its handover at 1,000 miles on, about three months. */
export const journey = fc.array(step, { minLength: 2, maxLength: 40 }).map((steps): CaseReading[] => {
  let [atMs, milliMiles] = [START_MS, 1_000_000];
  const readings = [readingOf('opening', atMs, milliMiles, 'handover')];
  steps.forEach((each, i) => {
    atMs += each.minutes * MINUTE_MS;
    milliMiles += each.milliMiles;
    readings.push(readingOf(`r${i}`, atMs, milliMiles));
  });
  return readings;
});

export function readingOf(
  id: string,
  atMs: number,
  milliMiles: number,
  source: CaseReading['source'] = 'vehicle_bus',
): CaseReading {
  return {
    id,
    vehicle: 'V1',
    at: new Date(atMs).toISOString(),
    value: milesText(milliMiles),
    unit: 'mi',
    source,
  };
}

export function milesText(milliMiles: number): string {
  return `${Math.floor(milliMiles / 1_000)}.${String(milliMiles % 1_000).padStart(3, '0')}`;
}

export function milliMilesOf({ value }: CaseReading): number {
  return Number(value.replace('.', ''));
}

const rate = fc.integer({ min: 0, max: 9_999 }).map((hundredths) => (hundredths / 100).toFixed(2));
const pounds = fc.integer({ min: 0, max: 90_000 }).map((pence) => (pence / 100).toFixed(2));

/** Up to three tiers. */
export const tiers = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 2 }),
    fc.array(rate, { minLength: 3, maxLength: 3 }),
  )
  .map(([widths, rates]): CaseTerms['tiers'] => {
    let bound = 0;
    const ends = widths.map((width) => ((bound += width) / 10).toFixed(1));
    return [...ends, null].map((upTo, i) => ({ upTo, rate: rates[i] ?? '30' }));
  });

/** Terms with every condition but a minimum, which makes a charge fall where its rate is above the tier's. */
export const termsWithoutMinimum = fc
  .record(
    { tiers, standing: pounds, capMiles: fc.integer({ min: 0, max: 3_000 }), capCharge: pounds },
    {
      requiredKeys: ['tiers'],
    },
  )
  .map((terms): CaseTerms => terms);

/** Every kind of terms that the schema admits; a minimum distance below the cap, minimum money below the cap. */
export const anyTerms = fc
  .tuple(termsWithoutMinimum, fc.option(fc.nat(3_000)), fc.option(fc.nat(90_000)), fc.option(rate))
  .map(([terms, miles, pence, minRate]): CaseTerms => {
    const minMiles = miles === null ? undefined : Math.min(miles, Number(terms.capMiles ?? miles));
    const minCharge =
      pence === null ? undefined : Math.min(pence / 100, Number(terms.capCharge ?? pence / 100)).toFixed(2);
    return {
      ...terms,
      ...(minMiles === undefined ? {} : { minMiles }),
      ...(minMiles === undefined || minRate === null ? {} : { minRate }),
      ...(minCharge === undefined ? {} : { minCharge }),
    };
  });

export interface CaseChoices {
  readonly readings: readonly CaseReading[];
  readonly terms: CaseTerms;
  readonly contract?: Partial<BillCase['contract']>;
  readonly periods?: BillCase['periods'];
}

/** A case of one vehicle that is in the contract from 1 January 2026 on, its first four periods unless told otherwise. */
export function aCase({ readings, terms, contract, periods }: CaseChoices): unknown {
  return {
    contract: {
      timezone: 'Europe/London',
      unit: 'mi',
      anchor: '2026-01-01',
      start: '2026-01-01',
      assignments: [{ vehicle: 'V1', from: '2026-01-01T00:00:00Z' }],
      vatRate: '0.2',
      terms,
      ...contract,
    },
    readings,
    periods: periods ?? [0, 1, 2, 3, 4, 5].map((period) => ({ period })),
  };
}

/** Where a contract is and how its months are counted. */
export const calendar = fc.record({
  timezone: fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
  anchor: fc.integer({ min: 1, max: 31 }).map((day) => `2025-12-${String(day).padStart(2, '0')}`),
  start: fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}`),
  unit: fc.constantFrom('mi' as const, 'km' as const),
});
