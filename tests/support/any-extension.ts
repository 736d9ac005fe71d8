import fc from 'fast-check';
import type { BookParts } from '../../core/fold/load-book.ts';
import type { Amendment, ContractTerms } from '../../core/protocol/terms.ts';

const decimal = fc
  .tuple(fc.nat({ max: 99_999 }), fc.option(fc.stringMatching(/^[0-9]{1,4}$/)))
  .map(([whole, fraction]) => (fraction === null ? String(whole) : `${whole}.${fraction}`));
const share = fc.stringMatching(/^0\.[0-9]{1,4}$/);
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.replaceAll(/[\0\uFFFD]/g, '?'))
  .filter((text) => !/^\d([.,]\d+)?E\+\d+$/i.test(text));
const formulaName = fc
  .tuple(fc.constantFrom("'=", '=', '-', "''+", '@', '\t', '\r', ' '), name)
  .map(([a, b]) => a + b);
const anyName = fc.oneof(name, formulaName);
const dayIn = (year: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

const terms: fc.Arbitrary<ContractTerms> = fc
  .record({
    rates: fc.array(decimal, { minLength: 1, maxLength: 4 }),
    standing: fc.option(decimal),
    minimum: fc.option(fc.tuple(decimal, fc.option(decimal))),
    minCharge: fc.option(decimal),
    isCapped: fc.boolean(),
  })
  .map(({ rates, standing, minimum, minCharge, isCapped }) => ({
    tiers: rates.map((rate, i) => ({ upTo: i === rates.length - 1 ? null : String((i + 1) * 500), rate })),
    ...(standing === null ? {} : { standing }),
    ...(minimum === null ? {} : { minMiles: minimum[0] }),
    ...(minimum === null || minimum[1] === null ? {} : { minRate: minimum[1] }),
    ...(minCharge === null ? {} : { minCharge }),
    ...(isCapped ? { capMiles: '200000', capCharge: '300000.5' } : {}),
  }));

const amendments: fc.Arbitrary<Amendment[]> = fc
  .array(fc.record({ from: dayIn(2027), terms }), { minLength: 1, maxLength: 3 })
  .map((list) => list.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from))));

const contractShape = fc.record(
  {
    timezone: fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata'),
    unit: fc.constantFrom('mi' as const, 'km' as const),
    anchor: dayIn(2025),
    start: dayIn(2026),
    end: dayIn(2028),
    scope: fc.constantFrom('vehicle' as const, 'contract' as const),
    terms,
    amendments,
    targetMiles: decimal,
    vatRate: share,
    paymentTermsDays: fc.nat({ max: 365 }),
    deposit: decimal,
    underwriting: fc.record(
      { milesPerMonth: fc.integer({ min: 1, max: 9_999 }), rv: decimal, rvMiles: decimal, lossRate: share },
      { requiredKeys: ['milesPerMonth'] },
    ),
  },
  { requiredKeys: ['timezone', 'unit', 'anchor', 'start', 'terms', 'underwriting'] },
);

const vehicleShape = fc.record(
  {
    vin: fc.stringMatching(/^[A-HJ-NPR-Z0-9]{17}$/),
    registration: anyName,
    make: anyName,
    model: anyName,
    class: fc.constantFrom('car' as const, 'van' as const, 'taxi' as const, 'truck' as const),
    powertrain: fc.constantFrom('BEV' as const, 'PHEV' as const),
    cost: decimal,
  },
  { requiredKeys: ['registration', 'make', 'model', 'class', 'powertrain'] },
);

const instant = (year: number) =>
  fc
    .integer({ min: Date.UTC(year, 0, 1), max: Date.UTC(year, 11, 31) })
    .map((atMs) => new Date(atMs).toISOString());

/** A vehicle with two stays in one contract at most, two trackers at most, and an opening perhaps. */
const stayShape = fc.record({
  facts: vehicleShape,
  from: instant(2026),
  back: fc.option(fc.record({ to: instant(2027), from: instant(2028) })),
  opening: fc.option(
    fc.record({ at: instant(2026), value: decimal, unit: fc.constantFrom('mi' as const, 'km' as const) }),
  ),
  trackers: fc.array(
    fc.record({
      provider: fc.constantFrom('queclink' as const, 'ovms' as const, 'mapped:own-feed' as const),
      origin: fc.constantFrom('vehicle' as const, 'tracker' as const, 'can' as const),
      from: instant(2026),
      to: fc.option(instant(2027)),
    }),
    { maxLength: 2 },
  ),
});

/** What a CSV of contracts can add to an empty book, each part in the order that a file has it. */
export const extensions: fc.Arbitrary<BookParts> = fc
  .array(
    fc.record({
      operator: fc.constantFrom('op-1', 'op-2'),
      contract: contractShape,
      stays: fc.array(stayShape, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((list) => fc.tuple(fc.constant(list), fc.array(anyName, { minLength: 2, maxLength: 2 })))
  .map(([list, names]) => {
    const stays = list.flatMap((each, i) =>
      each.stays.map((stay, k) => ({ ...stay, vehicle: `V${i}-${k}`, contract: i })),
    );
    return {
      operators: [...new Set(list.map(({ operator }) => operator))].map((id) => ({
        id,
        name: names[id === 'op-1' ? 0 : 1] ?? id,
      })),
      vehicles: stays.map(({ vehicle, facts }) => ({ id: vehicle, ...facts })),
      trackers: stays.flatMap(({ vehicle, trackers }) =>
        trackers
          .map(({ to, ...tracker }, n) => ({
            vehicle,
            externalId: `=${vehicle} ${n}`,
            ...tracker,
            ...(to === null ? {} : { to }),
          }))
          .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)),
      ),
      contracts: list.map(({ operator, contract }, i) => ({
        id: `C${i}`,
        operator,
        ...contract,
        assignments: stays
          .filter((stay) => stay.contract === i)
          .flatMap(({ vehicle, from, back }) =>
            back === null
              ? [{ vehicle, from }]
              : [
                  { vehicle, from, to: back.to },
                  { vehicle, from: back.from },
                ],
          ),
      })),
      openings: stays.flatMap(({ vehicle, opening }) => (opening === null ? [] : [{ vehicle, ...opening }])),
    };
  });
