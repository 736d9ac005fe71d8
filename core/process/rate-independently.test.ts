import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA } from '../../tests/support/a-book.ts';
import { fold, recordsOf, teltonika, teslaOdometer } from '../../tests/support/fold-packets.ts';
import { must } from '../base/assert.ts';
import type { World } from '../fold/world.ts';
import { rateIndependently } from './rate-independently.ts';

const HOUR_MS = 3_600_000;
const lateMs = BOOK_START_MS + 23 * HOUR_MS;

/** Two vehicles, and a midnight between two readings of one of them. */
function aWorld(): World {
  return fold(
    recordsOf(aBook([TESLA, TELTONIKA]), [
      { atMs: lateMs, ...teslaOdometer(TESLA.device, '1010') },
      { atMs: lateMs, ...teltonika(TELTONIKA.device, lateMs, 20_032_187) },
      { atMs: lateMs + 2 * HOUR_MS, ...teltonika(TELTONIKA.device, lateMs + 2 * HOUR_MS, 20_048_280) },
    ]),
  );
}

test('what the meter billed comes out the same in plain big integers', () => {
  expect(rateIndependently(aWorld())).toEqual([]);
});

test('one tenth too many on one day is found, with its vehicle and day', () => {
  const world = aWorld();
  const { days } = must(world.vehicles[0], 'a Tesla');
  days.tenths[0] = (days.tenths[0] ?? 0) + 1;
  expect(rateIndependently(world)).toEqual(['V-TESLA on 2026-03-02: 101 tenths, independently 100']);
});

test('a contract whose sum is not its vehicles’, or an account that is not its periods’, is found', () => {
  const world = aWorld();
  const account = must(world.contracts[0], 'a contract');
  account.tenthsByDay.set('2026-03-02', 0);
  world.ledger.balancesPence.set('1110:C1', 1);
  expect(rateIndependently(world)).toEqual([
    expect.stringMatching(/^contract C1: \d+ tenths, its vehicles' days sum to \d+$/),
    expect.stringMatching(/^account 1110:C1 holds 1 pence, its periods \d+$/),
  ]);
});
