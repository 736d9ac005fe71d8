import { expect, test } from 'vitest';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import {
  claimDecision,
  claimDraftProblems,
  newClaimDraft,
  type NewVehicle,
  withNewVehicle,
} from './devices-claim-draft.ts';

const device: DeviceRow = {
  provider: 'mapped:acme-tracker',
  name: 'fleet-7/860000000000017',
  vehicle: null,
  registration: null,
  sinceMs: null,
  unclaimedSinceMs: Date.parse('2026-03-02T09:00:00.250Z'),
  group: 'default',
  firstHeardAtMs: 0,
  lastHeardAtMs: 0,
  packets: 12,
  readingsWaiting: 12,
  lastOdometer: null,
  origins: ['tracker'],
  transport: 'mqtt',
  isAuthenticated: false,
  clientId: null,
  lastPosition: 0,
};
const draft = newClaimDraft(device, 0);

test('a claim starts from the odometer it sent and the time nobody has carried it since', () => {
  expect(draft).toMatchObject({ origin: 'tracker', from: '2026-03-02 09:00:00', group: 'default' });
});

test('what is missing is named at its field', () => {
  expect(claimDraftProblems({ ...draft, from: '', group: ' ' })).toEqual({
    vehicle: 'choose who carries it',
    from: 'give a date and a time like 2026-03-02 09:00:00, in UTC',
    group: 'give a group, such as default',
  });
  expect(Object.keys(claimDraftProblems({ ...draft, isNewVehicle: true }))).toEqual([
    'newVehicle.registration',
    'newVehicle.make',
    'newVehicle.model',
    'newVehicle.id',
  ]);
  expect(claimDraftProblems({ ...draft, vehicle: 'V-1' })).toEqual({});
});

test('a claim becomes a decision for a vehicle of the book, or for a new one', () => {
  const common = {
    decision: 'claim-device',
    reason: 'fitted',
    provider: 'mapped:acme-tracker',
    device: 'fleet-7/860000000000017',
    origin: 'tracker',
    from: '2026-03-02T09:00:00.000Z',
    group: 'default',
  };
  expect(claimDecision({ ...draft, vehicle: 'V-1' }, device, 'fitted')).toEqual({
    ...common,
    vehicle: 'V-1',
  });
  const newVehicle: NewVehicle = {
    id: 'MP26AAB',
    registration: ' MP26 AAB ',
    make: 'Make',
    model: 'Model',
    class: 'van',
    powertrain: 'BEV',
  };
  expect(
    claimDecision({ ...draft, isNewVehicle: true, vehicle: 'V-1', newVehicle }, device, 'fitted'),
  ).toEqual({
    ...common,
    vehicle: 'MP26AAB',
    newVehicle: { ...newVehicle, registration: 'MP26 AAB' },
  });
});

test('the id of a new vehicle follows its registration until somebody types one', () => {
  const first = withNewVehicle(draft.newVehicle, { registration: 'MP26 AAB' });
  expect(first.id).toBe('MP26AAB');
  const typed = withNewVehicle(first, { id: 'van-7' });
  expect(withNewVehicle(typed, { registration: 'MP26 AAC' })).toMatchObject({
    id: 'van-7',
    registration: 'MP26 AAC',
  });
});
