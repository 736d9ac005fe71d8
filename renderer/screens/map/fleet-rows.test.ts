import { expect, test } from 'vitest';
import type { RosterEntry } from '../../../core/protocol/link.ts';
import { matchingRows } from './fleet-rows.ts';

const entry = (
  slot: number,
  registration: string,
  make: string,
  more: Partial<RosterEntry> = {},
): RosterEntry => ({
  slot,
  vehicle: `veh-${slot}`,
  registration,
  make,
  model: 'Zoe',
  operator: 'City Taxis',
  provider: null,
  staleAfterMs: 60_000,
  isClaimed: true,
  ...more,
});
const roster = [
  entry(0, 'AB12 CDE', 'Renault'),
  entry(1, 'KX71 FGH', 'Tesla', { operator: 'Harbour Vans' }),
  entry(2, '352625333222111', 'Unknown', { operator: null, isClaimed: false }),
];
const states = ['moving', 'stale', 'moving'] as const;
const found = (search: string, filter: Parameters<typeof matchingRows>[2] = 'all') =>
  matchingRows(roster, search, filter, (slot) => states[slot] ?? 'silent').map((row) => row.slot);

test('a search finds by any of the words a person knows', () => {
  expect([
    found(''),
    found('ab12cde'),
    found('AB12 cde'),
    found('tesla harbour'),
    found('veh-2'),
    found('lorry'),
  ]).toEqual([[0, 1, 2], [0], [0], [1], [2], []]);
});

test('a filter shows one state, or the unclaimed', () => {
  expect([
    found('', 'moving'),
    found('', 'stale'),
    found('', 'unclaimed'),
    found('renault', 'stale'),
  ]).toEqual([[0, 2], [1], [2], []]);
});
