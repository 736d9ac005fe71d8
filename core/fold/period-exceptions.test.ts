import { expect, test } from 'vitest';
import { aMoneyBook, DEVICE, DEVICES } from '../../tests/support/money-book.ts';
import {
  decide,
  driveDays,
  issue,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  reading,
  tick,
} from '../../tests/support/folded-money.ts';
import type { FinalDocument } from '../protocol/document.ts';
import { periodOf } from '../billing/contract-account.ts';
import { accountNamed } from './account-named.ts';
import { periodExceptions } from './period-exceptions.ts';
import { noteSituation } from './situations.ts';

/** January with a reading a day, 10 miles each, and one at its end. */
function quietJanuary(): MoneyRun {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 31);
  reading(run, DEVICE, londonMs('2026-02-01', 0), 13_100);
  return run;
}

/** What stands against January, without the doubt that a tracker without positions leaves. */
function against({ world }: MoneyRun): string[] {
  const account = accountNamed(world, 'C1');
  return periodExceptions(world, account, periodOf(account, 0))
    .filter(({ kind, waived }) => kind !== 'unit doubt' && waived === null)
    .map(({ exception, words }) => `${exception}: ${words}`);
}

const at = (run: MoneyRun, day: string): MoneyRun => {
  tick(run, londonMs(day));
  return run;
};

test('a quiet month has nothing against it once late readings had their days', () => {
  const run = quietJanuary();
  const late = 'waiting for late readings: readings of the period may still come in until 2026-02-04';
  expect(against(at(run, '2026-02-01'))).toEqual([late]);
  expect(against(at(run, '2026-02-03'))).toEqual([late]);
  expect(against(at(run, '2026-02-04'))).toEqual([]);
});

test('a period that goes on is not closed, whatever anybody waives', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 10 }, '2026-01-01', 20);
  const words = 'the period goes on until 2026-02-01';
  expect(issue(run, londonMs('2026-01-21'), 'C1', 0)).toBe(`exception: C1: ${words}, and 1 more`);
  const waiver = { decision: 'waive-exception', contract: 'C1', period: 0 } as const;
  expect(decide(run, londonMs('2026-01-21'), { ...waiver, exception: 'period not over' })).toBe(
    `exception: ${words}; it cannot be closed before`,
  );
});

test('an exception stands until it is waived with a reason, and only one that is there', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 10 }, '2026-01-01', 30);
  const words = 'no reading at or after the end; the last is of 2026-01-30 12:00 UTC';
  expect(against(at(run, '2026-02-04'))).toEqual([`provisional V1: ${words}`]);
  expect(issue(run, londonMs('2026-02-04'), 'C1', 0)).toBe(`exception: MP26 AAA: ${words}`);
  const waiver = { decision: 'waive-exception', contract: 'C1', period: 0 } as const;
  expect(decide(run, londonMs('2026-02-04'), { ...waiver, exception: 'gap V1' })).toBe(
    'exception: the period has no exception "gap V1"',
  );
  expect(decide(run, londonMs('2026-02-04'), { ...waiver, exception: 'provisional V1' })).toBeNull();
  expect((issue(run, londonMs('2026-02-04'), 'C1', 0) as FinalDocument).number).toBe('INV-000001');
});

test('a vehicle without a handover reading, or without any', () => {
  const book = aMoneyBook({ vehicles: 2 });
  const run = moneyRun({ ...book, openings: [] }, londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICES[0]]: 100 }, '2026-01-01', 31);
  reading(run, DEVICES[0], londonMs('2026-02-01', 0), 13_100);
  expect(against(at(run, '2026-02-04'))).toEqual([
    'no opening reading V1: no signed handover reading; the first accepted one opens',
    'no opening reading V2: no accepted odometer reading yet; nothing is charged',
  ]);
});

test('more than three days without a reading are a gap', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 27);
  reading(run, DEVICE, londonMs('2026-01-30', 12), 12_700);
  reading(run, DEVICE, londonMs('2026-02-02', 13), 12_800);
  expect(against(at(run, '2026-02-04'))).toEqual([
    'gap V1: 73 h without a reading from 2026-01-30 12:00 UTC',
  ]);
});

test('readings in quarantine, by what is wrong with them', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 30);
  reading(run, DEVICE, londonMs('2026-01-31', 1), 11_000);
  reading(run, DEVICE, londonMs('2026-01-31', 2), 10_000);
  reading(run, DEVICE, londonMs('2026-01-31', 3), 90_000);
  reading(run, DEVICE, londonMs('2026-01-31', 4), 13_050);
  reading(run, DEVICE, londonMs('2026-01-31', 4), 13_090);
  reading(run, DEVICE, londonMs('2026-02-01', 0), 13_100);
  expect(against(at(run, '2026-02-04'))).toEqual([
    'rollback V1: 2 readings in quarantine',
    'jump V1: 1 reading in quarantine',
    'conflict V1: 1 reading in quarantine',
  ]);
});

test('what was noticed about a vehicle and its trackers', () => {
  const run = at(quietJanuary(), '2026-02-04');
  for (const situation of ['two-trackers', 'odometer-unit-doubt'] as const)
    noteSituation(run.world, { situation, subject: 'V1', detail: `a ${situation}`, atMs: run.world.clockMs });
  const account = accountNamed(run.world, 'C1');
  const kinds = periodExceptions(run.world, account, periodOf(account, 0)).map(({ exception }) => exception);
  expect(kinds.toSorted()).toEqual(['two trackers V1', 'unit doubt V1']);
});

test('readings over a transport that proves no sender', () => {
  const run = at(quietJanuary(), '2026-02-04');
  const [vehicle] = run.world.vehicles;
  if (vehicle !== undefined) vehicle.isUnauthenticated = true;
  expect(against(run)).toEqual([
    'unauthenticated transport V1: readings came over a transport that proves no sender',
  ]);
});

test('what stands against a period does not stand against its correction, which is evidence by itself', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 31);
  reading(run, DEVICE, londonMs('2026-02-01', 6), 13_160);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  reading(run, DEVICE, londonMs('2026-01-31', 22), 13_150, londonMs('2026-02-05'));
  reading(run, DEVICE, londonMs('2026-01-31', 23), 90_000, londonMs('2026-02-05'));
  expect(against(run)).toEqual(['jump V1: 1 reading in quarantine']);
  expect(issue(run, londonMs('2026-02-06'), 'C1', 0)).toMatchObject({ kind: 'supplementary', tenths: 12 });
});
