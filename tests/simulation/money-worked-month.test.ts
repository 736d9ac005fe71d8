import { expect, test } from 'vitest';
import { startOfDayMs } from '../../core/base/calendar.ts';
import { findBrokenSet } from '../../core/ledger/ledger.ts';
import { aMoneyBook, DEVICE } from '../support/money-book.ts';
import {
  balances,
  issueWaived,
  type MoneyRun,
  moneyRun,
  post,
  reading,
  receive,
  replayed,
  setsOf,
  tick,
} from '../support/folded-money.ts';

const day = (text: string): number => startOfDayMs(text, 'Europe/London');
const NOON_MS = 12 * 3_600_000;

/** A vehicle of £30,000 drives 1,000 miles of January at 30p; the invoice is paid, the fee taken, the rest distributed. */
function workedMonth(): MoneyRun {
  const run = moneyRun(aMoneyBook(), day('2026-01-01'));
  const first = { valueDay: '2026-01-01', reference: 'first day' };
  const firstMs = day('2026-01-01') + NOON_MS;
  post(run, firstMs, { event: 'capital-call-paid', ...first, investor: 'I1', pence: 3_000_000 });
  post(run, firstMs, { event: 'vehicle-bought', ...first, vehicle: 'V1', pence: 3_000_000 });
  post(run, firstMs, { event: 'deposit-received', ...first, operator: 'north', pence: 100_000 });
  for (let i = 1; i <= 31; i += 1) {
    const atMs = day(`2026-01-${String(i).padStart(2, '0')}`) + NOON_MS;
    reading(run, DEVICE, atMs, 10_000 + Math.min(i, 25) * 400);
  }
  reading(run, DEVICE, day('2026-02-01') + 1_000, 20_000);
  issueWaived(run, day('2026-02-04') + NOON_MS, 'C1', 0);
  receive(run, day('2026-02-10') + NOON_MS, 'R1', 36_000, { document: 'INV-000001', pence: 36_000 });
  const paid = { valueDay: '2026-02-11', reference: 'second month' };
  post(run, day('2026-02-11') + NOON_MS, { event: 'servicing-fee-paid', ...paid, pence: 1_500 });
  post(run, day('2026-02-11') + NOON_MS, {
    event: 'distribution-paid',
    ...paid,
    investor: 'I1',
    pence: 28_500,
  });
  return run;
}

test('the worked month, set by set', () => {
  const run = workedMonth();
  expect(run.world.ledger.fault).toBeNull();
  expect(setsOf(run, 'capital-call-paid')).toEqual(['1000 +3000000, 3000:I1 -3000000']);
  expect(setsOf(run, 'vehicle-bought')).toEqual(['1200:V1 +3000000, 1000 -3000000']);
  expect(setsOf(run, 'deposit-received')).toEqual(['1010 +100000, 2000:north -100000']);
  const accruals = run.world.ledger.sets.filter(({ event }) => event === 'accrual');
  // 40 miles a day for 25 days, each accrued at the midnight after it.
  expect(accruals.map(({ valueDay, entries }) => [valueDay, entries])).toEqual(
    Array.from({ length: 25 }, (_, i) => [
      `2026-01-${String(i + 1).padStart(2, '0')}`,
      [
        { account: '1110:C1', pence: 1_200 },
        { account: '4000', pence: -1_200 },
      ],
    ]),
  );
  expect(setsOf(run, 'accrual-reversal')).toEqual(['1110:C1 -30000, 4000 +30000']);
  expect(setsOf(run, 'invoice')).toEqual(['1100:north +36000, 4000 -30000, 2100 -6000']);
  expect(setsOf(run, 'receipt')).toEqual(['1000 +36000, 1100:north -36000']);
  expect(setsOf(run, 'servicing-fee')).toEqual(['5200 +1500, 2200 -1500']);
  expect(setsOf(run, 'servicing-fee-paid')).toEqual(['2200 +1500, 1000 -1500']);
  expect(setsOf(run, 'depreciation')).toEqual(['5000 +14000, 1290:V1 -14000']);
  expect(setsOf(run, 'distribution-paid')).toEqual(['3100:I1 +28500, 1000 -28500']);
});

test('the worked month, its balances, its profit and its net assets', () => {
  const run = workedMonth();
  const book = balances(run);
  expect(book).toEqual({
    '1000': 6_000,
    '1010': 100_000,
    '1200:V1': 3_000_000,
    '1290:V1': -14_000,
    '2000:north': -100_000,
    '2100': -6_000,
    '3000:I1': -3_000_000,
    '3100:I1': 28_500,
    '4000': -30_000,
    '5000': 14_000,
    '5200': 1_500,
  });
  const sumOf = (...kinds: string[]): number =>
    Object.entries(book).reduce(
      (sum, [account, pence]) => sum + (kinds.includes(account[0] ?? '') ? pence : 0),
      0,
    );
  expect(-sumOf('4', '5')).toBe(14_500);
  expect(sumOf('1', '2')).toBe(2_986_000);
  expect(sumOf('1', '2', '3', '4', '5')).toBe(0);
});

test('the worked month folded again has the same chain of hashes', () => {
  const run = workedMonth();
  const again = replayed(run);
  expect(again.ledger.sets.at(-1)?.hash).toBe(run.world.ledger.sets.at(-1)?.hash);
  expect(again.ledger.balancesPence).toEqual(run.world.ledger.balancesPence);
  expect(findBrokenSet(again.ledger)).toBeNull();
});

test('VAT that was collected is not distributed', () => {
  const run = workedMonth();
  const event = { event: 'distribution-paid', valueDay: '2026-02-12', reference: 'too much' } as const;
  tick(run, day('2026-02-12') + NOON_MS);
  expect(post(run, day('2026-02-12') + NOON_MS, { ...event, investor: 'I1', pence: 1 })).toBe(
    'event.pence: only 0 pence are distributable',
  );
});
