import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RosterEntry } from '../../../core/protocol/link.ts';
import { matchingRows, windowOf } from './fleet-rows.ts';

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

test('a window of a list always covers what is on screen and never leaves the list', () => {
  fc.assert(
    fc.property(
      fc.nat(5_000),
      fc.nat(300_000),
      fc.integer({ min: 0, max: 2_000 }),
      (count, scrollTop, height) => {
        const { first, end } = windowOf(count, 44, scrollTop, height);
        expect(0 <= first && first <= end && end <= count).toBe(true);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / 44) + 14);
        const lastSeen = Math.min(count, Math.ceil((scrollTop + height) / 44));
        const firstSeen = Math.min(count, Math.floor(scrollTop / 44));
        expect(first <= firstSeen && end >= lastSeen).toBe(true);
      },
    ),
  );
});
