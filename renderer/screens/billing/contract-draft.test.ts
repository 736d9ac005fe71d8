import { expect, test } from 'vitest';
import { newContractDraft, newVehicleDraft, vehiclesFree, withOperatorName } from './contract-draft.ts';
import { ofTheDraft } from './contract-problems.ts';

test('an operator’s id follows its name until somebody types one', () => {
  const named = withOperatorName(newContractDraft('2026-03-02'), 'North Cabs Ltd.');
  expect(named.operatorId).toBe('north-cabs-ltd');
  expect(withOperatorName({ ...named, operatorId: 'north' }, 'North').operatorId).toBe('north');
});

test('a vehicle is free when no contract has it at any moment of the span', () => {
  const vehicle = (name: string, isClaimed = true) => ({ vehicle: name, registration: name, isClaimed });
  const stay = (name: string, fromMs: number, toMs: number | null) => ({
    vehicle: name,
    registration: name,
    fromMs,
    toMs,
  });
  const all = [
    vehicle('left'),
    vehicle('stays'),
    vehicle('to come'),
    vehicle('never'),
    vehicle('box', false),
  ];
  const contracts = [
    { vehicles: [stay('left', 0, 100), stay('stays', 0, null), stay('to come', 200, null)] },
  ];
  const free = (fromMs: number, toMs: number | null) =>
    vehiclesFree(all, contracts, { fromMs, toMs }).map((each) => each.vehicle);
  expect(free(100, null)).toEqual(['left', 'never']);
  expect(free(99, 200)).toEqual(['to come', 'never']);
});

test('what the core says of a decision stands at the field it was made of', () => {
  const fresh = newVehicleDraft(true, { unit: 'mi' });
  const draft = {
    ...newContractDraft('2026-03-02'),
    vehicles: [
      newVehicleDraft(false, { unit: 'mi' }),
      fresh,
      { ...fresh, provider: 'teltonika' as const, externalId: '1', openingValue: '5' },
    ],
  };
  const fieldOf = (path: string, of = draft): string =>
    Object.keys(ofTheDraft(of, { [path]: 'wrong' }))[0] ?? 'none';
  expect(
    [
      'contracts.0.id',
      'contracts.0.operator',
      'contracts.0.terms.tiers.1.upTo',
      'contracts.0.terms.minMiles',
      'contracts.0.underwriting.lossRate',
      'contracts.0.vatRate',
      'contracts.0.assignments.0.vehicle',
      'contracts.0.assignments.1',
      'contracts.0.assignments.2.from',
      'vehicles.1.registration',
      'openings.0.value',
      'trackers.0.externalId',
      'operators.0.name',
      'reason',
      '',
    ].map((path) => fieldOf(path)),
  ).toEqual([
    'id',
    'operator',
    'tiers.1.upTo',
    'minMiles',
    'lossPercent',
    'vatPercent',
    'vehicles.0.vehicle',
    'vehicles.1.id',
    'vehicles.2.joins',
    'vehicles.2.registration',
    'vehicles.2.openingValue',
    'vehicles.2.externalId',
    'operatorName',
    'reason',
    '',
  ]);
  expect(fieldOf('contracts.0.operator', { ...draft, isNewOperator: true })).toBe('operatorId');
});
