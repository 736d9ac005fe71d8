import { expect, test } from 'vitest';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA } from '../../../tests/support/a-book.ts';
import {
  type Arrival,
  fold,
  recordsOf,
  teltonika,
  teslaOdometer,
} from '../../../tests/support/fold-packets.ts';
import { takeChanges } from '../../fold/take-changes.ts';
import { investorDays, investorEntries } from '../../portfolio/investor-series.ts';
import type { Store } from '../../portfolio/store.ts';
import { openSqlJsStore } from './sql-js-store.ts';

/** What every adapter of the Store port must do; each adapter runs the same tests. */
const adapters: readonly (readonly [string, (image?: Uint8Array) => Promise<Store>])[] = [
  ['sql.js', openSqlJsStore],
];

const HOUR_MS = 3_600_000;
const NINE_MS = BOOK_START_MS + 9 * HOUR_MS;
const twoDays: Arrival[] = [
  { atMs: NINE_MS, ...teslaOdometer(TESLA.device, '1010') },
  { atMs: NINE_MS + 1, ...teltonika(TELTONIKA.device, NINE_MS, 20_032_187) },
  { atMs: NINE_MS + 24 * HOUR_MS, ...teslaOdometer(TESLA.device, '1030') },
];

test.each(adapters)(
  '%s: rows follow the fold, in batches, and stand at its position',
  async (_name, open) => {
    const store = await open();
    const records = recordsOf(aBook([TESLA, TELTONIKA]), twoDays);
    const world = fold(records.slice(0, 3));
    store.apply(takeChanges(world), world.nextPosition);
    expect(store.position()).toBe(3);
    expect(
      store.vehicleDays('2026-03-02').map(({ vehicle, tenths, pence }) => [vehicle, tenths, pence]),
    ).toEqual([
      ['V-TELTONIKA', 200, 600],
      ['V-TESLA', 100, 300],
    ]);
    expect(store.incomeByDay()).toEqual([]);

    fold(records.slice(3), world);
    store.apply(takeChanges(world), world.nextPosition);
    expect(store.position()).toBe(4);
    expect(store.incomeByDay()).toEqual([{ day: '2026-03-02', pence: 900 }]);
    expect(store.balances()).toEqual([
      { account: '1110:C1', pence: 900 },
      { account: '4000', pence: -900 },
    ]);
    store.close();
  },
);

test.each(adapters)('%s: an image taken back answers the same', async (_name, open) => {
  const store = await open();
  const world = fold(recordsOf(aBook([TESLA, TELTONIKA]), twoDays));
  store.apply(takeChanges(world), world.nextPosition);
  const again = await open(store.image());
  expect(again.allVehicleDays()).toEqual(store.allVehicleDays());
  expect(again.contracts()).toEqual(store.contracts());
  expect(again.position()).toBe(4);
  store.close();
  again.close();
});

test.each(adapters)('%s: a position never goes back', async (_name, open) => {
  const store = await open();
  const world = fold(recordsOf(aBook([TESLA]), twoDays));
  store.apply(takeChanges(world), 4);
  expect(() => store.apply(takeChanges(world), 3)).toThrow('past 3');
  store.close();
});

test.each(adapters)(
  '%s: an investor sees posted and accruing days beside what was underwritten',
  async (_name, open) => {
    const store = await open();
    const world = fold(recordsOf(aBook([TESLA, TELTONIKA]), twoDays));
    store.apply(takeChanges(world), world.nextPosition);
    expect(investorDays(store)).toEqual([
      {
        day: '2026-03-02',
        vehicles: 2,
        milesTenths: 425,
        revenuePence: 900,
        isOpen: false,
        expectedMilesTenths: 1_000,
        expectedRevenuePence: 3_000,
      },
      {
        day: '2026-03-03',
        vehicles: 1,
        milesTenths: 75,
        revenuePence: 600,
        isOpen: true,
        expectedMilesTenths: 1_000,
        expectedRevenuePence: 3_000,
      },
    ]);
    expect(investorEntries(store, '2026-03-03')).toEqual({
      day: '2026-03-03',
      entries: [
        {
          set: 'accruing',
          contract: 'C1',
          operator: 'North Cabs',
          account: '4000',
          pence: -600,
          postedAtMs: null,
        },
      ],
      vehicles: [{ vehicle: 'V-TESLA', registration: 'MP26 AAA', tenths: 75, pence: 225 }],
    });
    store.close();
  },
);
