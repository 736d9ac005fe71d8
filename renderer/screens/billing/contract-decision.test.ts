import { expect, test } from 'vitest';
import {
  bookContractSchema,
  bookOpeningSchema,
  bookOperatorSchema,
  bookTrackerSchema,
  bookVehicleSchema,
} from '../../../core/protocol/book.ts';
import { contractParts } from './contract-decision.ts';
import {
  type ContractDraft,
  newContractDraft,
  newVehicleDraft,
  type VehicleDraft,
} from './contract-draft.ts';
import { contractWords } from './new-contract-words.ts';
import { emptyTerms } from './terms-draft.ts';

const draft = (changes: Partial<ContractDraft> = {}): ContractDraft => ({
  ...newContractDraft('2026-03-02'),
  operator: 'north',
  id: ' N1 ',
  terms: { ...emptyTerms, tiers: [{ upTo: '', rate: '30p' }] },
  milesPerMonth: '2,500',
  ...changes,
});

const known = (vehicle: string, changes: Partial<VehicleDraft> = {}): VehicleDraft => ({
  ...newVehicleDraft(false, { unit: 'mi' }),
  vehicle,
  ...changes,
});

const taxi: VehicleDraft = {
  ...newVehicleDraft(true, { unit: 'mi' }),
  newVehicle: {
    id: 'taxi-2',
    registration: 'MP26 AAB ',
    make: 'LEVC',
    model: 'TX',
    class: 'taxi',
    powertrain: 'PHEV',
  },
  openingValue: '41,207.6',
  provider: 'teltonika',
  externalId: '356000000000027',
  origin: 'can',
};

test('a flat rate for vehicles of the book, and everything else as usual', () => {
  expect(contractParts(draft({ vehicles: [known('taxi-1')] }))).toEqual({
    ok: true,
    value: {
      operators: [],
      vehicles: [],
      trackers: [],
      contracts: [
        {
          id: 'N1',
          operator: 'north',
          timezone: 'Europe/London',
          unit: 'mi',
          anchor: '2026-03-02',
          start: '2026-03-02',
          assignments: [{ vehicle: 'taxi-1', from: '2026-03-02T00:00:00.000Z' }],
          terms: { tiers: [{ upTo: null, rate: '30' }] },
          scope: 'contract',
          vatRate: '0.2',
          paymentTermsDays: 14,
          underwriting: { milesPerMonth: 2_500 },
        },
      ],
      openings: [],
    },
  });
});

const whole = draft({
  isNewOperator: true,
  operatorId: 'south',
  operatorName: 'South Taxis',
  unit: 'km',
  timezone: 'Europe/Berlin',
  anchor: '2026-04-01',
  start: '2026-04-10',
  end: '2028-04-10',
  scope: 'vehicle',
  terms: {
    ...emptyTerms,
    tiers: [
      { upTo: '1,000', rate: '20' },
      { upTo: '', rate: '15.5' },
    ],
    standing: '£150',
    capMiles: '3000',
  },
  targetMiles: '24,000',
  vatPercent: '',
  paymentTermsDays: '30',
  deposit: '500',
  rv: '9,000',
  rvMiles: '60,000',
  lossPercent: '1.5',
  vehicles: [taxi, known('taxi-1', { joins: '2026-05-01' })],
});

test('a new operator and a new vehicle come with the contract, each from the local midnight it joins', () => {
  const parts = contractParts(whole);
  expect(parts).toEqual({
    ok: true,
    value: {
      operators: [{ id: 'south', name: 'South Taxis' }],
      vehicles: [
        {
          id: 'taxi-2',
          registration: 'MP26 AAB',
          make: 'LEVC',
          model: 'TX',
          class: 'taxi',
          powertrain: 'PHEV',
        },
      ],
      trackers: [
        {
          vehicle: 'taxi-2',
          provider: 'teltonika',
          externalId: '356000000000027',
          origin: 'can',
          from: '2026-04-09T22:00:00.000Z',
        },
      ],
      contracts: [
        {
          id: 'N1',
          operator: 'south',
          timezone: 'Europe/Berlin',
          unit: 'km',
          anchor: '2026-04-01',
          start: '2026-04-10',
          end: '2028-04-10',
          assignments: [
            { vehicle: 'taxi-2', from: '2026-04-09T22:00:00.000Z', to: '2028-04-09T22:00:00.000Z' },
            { vehicle: 'taxi-1', from: '2026-04-30T22:00:00.000Z', to: '2028-04-09T22:00:00.000Z' },
          ],
          terms: {
            tiers: [
              { upTo: '1000', rate: '20' },
              { upTo: null, rate: '15.5' },
            ],
            standing: '150',
            capMiles: '3000',
          },
          scope: 'vehicle',
          targetMiles: '24000',
          paymentTermsDays: 30,
          deposit: '500',
          underwriting: { milesPerMonth: 2_500, rv: '9000', rvMiles: '60000', lossRate: '0.015' },
        },
      ],
      openings: [{ vehicle: 'taxi-2', at: '2026-04-09T22:00:00.000Z', value: '41207.6', unit: 'mi' }],
    },
  });
  if (!parts.ok) return;
  // What the window makes is what the core takes.
  const { operators, vehicles, trackers, contracts, openings } = parts.value;
  expect(bookOperatorSchema.array().parse(operators)).toEqual(operators);
  expect(bookVehicleSchema.array().parse(vehicles)).toEqual(vehicles);
  expect(bookTrackerSchema.array().parse(trackers)).toEqual(trackers);
  expect(bookContractSchema.array().parse(contracts)).toEqual(contracts);
  expect(bookOpeningSchema.array().parse(openings)).toEqual(openings);
  expect(contractWords(parts.value, 'South Taxis')).toEqual([
    'South Taxis becomes an operator.',
    'Contract N1 with South Taxis runs from 10 Apr 2026 until 10 Apr 2028, not included, with 2 vehicles; 1 is new.',
    'Standing charge £150.00 a period. 20p a kilometre up to 1,000, 15.5p after. At most 3,000 km a period are charged.',
  ]);
});

test('what is wrong stands at its field, all of it at once', () => {
  const wrong = draft({
    operator: null,
    id: ' ',
    start: '2026-02-30',
    timezone: 'Mars/Phobos',
    terms: { ...emptyTerms, minMiles: 'many' },
    vatPercent: '120',
    paymentTermsDays: '400',
    milesPerMonth: '0',
    vehicles: [
      known('', { vehicle: null, joins: 'soon' }),
      { ...taxi, openingValue: '', openingAt: '2026-03-02 09:00', provider: null },
      taxi,
    ],
  });
  expect(contractParts(wrong)).toEqual({
    ok: false,
    error: {
      operator: 'choose whose contract it is',
      id: 'give the contract an id',
      start: 'give a day like 2026-03-31',
      timezone: 'give a time zone such as Europe/London',
      'tiers.0.rate': 'a plain number, such as 1,000 or 12.5',
      minMiles: 'a plain number, such as 1,000 or 12.5',
      vatPercent: 'a percentage, such as 20 or 17.5',
      paymentTermsDays: 'a whole number, 365 at most',
      milesPerMonth: 'more than nothing',
      'vehicles.0.vehicle': 'choose a vehicle',
      'vehicles.0.joins': 'give a day like 2026-03-31',
      'vehicles.1.openingValue': 'give what the odometer showed then, or leave the time empty',
      'vehicles.1.provider': 'choose the feed the tracker speaks',
      'vehicles.2.id': 'it stands above already',
    },
  });
  const early = draft({ end: '2026-03-02', vehicles: [known('taxi-1', { joins: '2026-03-01' })] });
  expect(contractParts(early)).toEqual({
    ok: false,
    error: { end: 'a day after the start', 'vehicles.0.joins': 'not before the contract starts' },
  });
});
