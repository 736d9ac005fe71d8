import { type Book, bookSchema } from '../../core/protocol/book.ts';
import { DEVICES } from './money-book.ts';
import type { PlainContract, PlainTerms } from './plain-bill.ts';

/** Terms that contracts are agreed and amended to: flat ones, and each condition of rule B4. */
export const TERMS: readonly PlainTerms[] = [
  { tiers: [{ upTo: null, rate: '30' }] },
  { tiers: [{ upTo: null, rate: '6.7' }] },
  { tiers: [{ upTo: null, rate: '41.25' }] },
  {
    tiers: [
      { upTo: '500', rate: '30' },
      { upTo: '1200.5', rate: '25' },
      { upTo: null, rate: '19.99' },
    ],
  },
  { tiers: [{ upTo: null, rate: '34' }], standing: '49.99', minMiles: '700', capMiles: '2400' },
  { tiers: [{ upTo: null, rate: '30' }], minCharge: '290', capCharge: '500.01' },
];

const BOOK_START = '2026-01-01T00:00:00Z';
const HANDED_ON = '2026-02-10T12:00:00Z';

/**
 * C1: miles, counted from the 1st, V1 and, until 10 February, V2 in a pool with a target. C2: kilometres, counted from
 * the 31st, V3 from 5 January and V2 from 10 February on, each by itself.
 */
export function plainContracts([first, second]: readonly [PlainTerms, PlainTerms]): PlainContract[] {
  const [startMs, handedOnMs, always] = [
    Date.parse(BOOK_START),
    Date.parse(HANDED_ON),
    Number.POSITIVE_INFINITY,
  ];
  return [
    {
      id: 'C1',
      operator: 'north',
      unit: 'mi',
      anchor: '2026-01-01',
      start: '2026-01-01',
      scope: 'contract',
      terms: first,
      amendments: [],
      target: '6000',
      stays: [
        { vehicle: 'V1', fromMs: startMs, toMs: always },
        { vehicle: 'V2', fromMs: startMs, toMs: handedOnMs },
      ],
    },
    {
      id: 'C2',
      operator: 'south',
      unit: 'km',
      anchor: '2025-12-31',
      start: '2026-01-05',
      scope: 'vehicle',
      terms: second,
      amendments: [],
      target: null,
      stays: [
        { vehicle: 'V2', fromMs: handedOnMs, toMs: always },
        { vehicle: 'V3', fromMs: Date.parse('2026-01-05T00:00:00Z'), toMs: always },
      ],
    },
  ];
}

/** The same contracts as the product takes them. */
export function modelBook(contracts: readonly PlainContract[]): Book {
  const ids = DEVICES.map((device, i) => ({ id: `V${i + 1}`, device }));
  return bookSchema.parse({
    facility: { id: 'F1', name: 'First Facility', currency: 'GBP', servicingFeeRate: '0.05' },
    operators: [
      { id: 'north', name: 'North Cabs' },
      { id: 'south', name: 'South Cabs' },
    ],
    vehicles: ids.map(({ id }) => ({
      id,
      registration: `MP26 ${id}`,
      make: 'Make',
      model: 'Model',
      class: 'car',
      powertrain: 'BEV',
    })),
    trackers: ids.map(({ id, device }) => ({
      vehicle: id,
      provider: 'teltonika-mqtt-json',
      externalId: device,
      origin: 'tracker',
      from: BOOK_START,
    })),
    contracts: contracts.map(({ id, operator, unit, anchor, start, scope, terms, target, stays }) => ({
      id,
      operator,
      unit,
      anchor,
      start,
      scope,
      terms,
      timezone: 'Europe/London',
      ...(target === null ? {} : { targetMiles: target }),
      vatRate: '0.2',
      underwriting: { milesPerMonth: 1_000, rv: '9000', rvMiles: '150000' },
      assignments: stays.map(({ vehicle, fromMs, toMs }) => ({
        vehicle,
        from: new Date(fromMs).toISOString(),
        ...(Number.isFinite(toMs) ? { to: new Date(toMs).toISOString() } : {}),
      })),
    })),
    openings: ids.map(({ id }) => ({ vehicle: id, at: BOOK_START, value: '1609.344', unit: 'km' })),
  });
}
