import { expect, test } from 'vitest';
import { DEVICES, aMoneyBook } from '../support/money-book.ts';
import {
  decide,
  driveDays,
  issueWaived,
  londonMs,
  moneyRun,
  reading,
  tick,
} from '../support/folded-money.ts';

test('a contract that begins in closed days is accrued on the first open one, and the book stays closed', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICES[0]]: 100 }, '2026-01-01', 32);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  expect(run.world.money.closedBefore).toBe('2026-02-01');
  const late = aMoneyBook({ vehicles: 2 });
  const contract = {
    ...late.contracts[0],
    id: 'C2',
    assignments: [{ vehicle: 'V2', from: '2026-01-01T00:00:00Z' }],
  };
  const added = {
    operators: [],
    vehicles: late.vehicles.slice(1),
    trackers: late.trackers.slice(1),
    openings: late.openings.slice(1),
    contracts: [contract],
  } as Pick<typeof late, 'operators' | 'vehicles' | 'trackers' | 'openings' | 'contracts'>;
  expect(decide(run, londonMs('2026-02-05'), { decision: 'extend-book', ...added })).toBeNull();
  reading(run, DEVICES[1], londonMs('2026-01-20'), 11_000, londonMs('2026-02-05', 13));
  tick(run, londonMs('2026-02-07'));
  const days = run.world.ledger.sets.filter((set) => set.contract === 'C2').map(({ valueDay }) => valueDay);
  expect(days.length).toBeGreaterThan(0);
  expect(days.filter((day) => day < '2026-02-01')).toEqual([]);
  expect(run.world.money.closedBefore).toBe('2026-02-01');
});

test('a tracker that was heard before its contract came in is claimed by it, and what it said counts', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  reading(run, DEVICES[1], londonMs('2026-01-10'), 10_400);
  expect([run.world.unclaimedDevices, run.world.counts.unclaimed]).toEqual([1, 1]);
  const late = aMoneyBook({ vehicles: 2 });
  const assignments = [{ vehicle: 'V2', from: '2026-01-01T00:00:00Z' }];
  const added = {
    operators: [],
    vehicles: late.vehicles.slice(1),
    trackers: late.trackers.slice(1),
    openings: late.openings.slice(1),
    contracts: late.contracts.map((contract) => ({ ...contract, id: 'C2', assignments })),
  };
  expect(decide(run, londonMs('2026-01-12'), { decision: 'extend-book', ...added })).toBeNull();
  expect([run.world.unclaimedDevices, run.world.counts.unclaimed]).toEqual([0, 0]);
  const account = run.world.contracts[1];
  expect([...(account?.tenthsByDay.values() ?? [])].reduce((sum, tenths) => sum + tenths, 0)).toBe(400);
});
