import { expect, test } from 'vitest';
import type { BalanceRow } from '../../../core/protocol/money-asks.ts';
import { accountWords, groupBalances, ownerWords, sumOf } from './balance-groups.ts';

const row = (account: string, name: string, pence: number): BalanceRow => ({
  account,
  code: account.slice(0, 4),
  name,
  normal: 'debit',
  pence,
});

const balances = [
  row('3000:fund', 'Capital: fund', -500),
  row('1100:north', 'Receivable: North: Cabs', 200),
  row('1100:south', 'Receivable: South', 100),
  row('1000', 'Cash, collections', 200),
];

test('balances stand by code in the order of the chart, and the book sums to zero', () => {
  expect(
    groupBalances(balances).map(({ code, name, pence, accounts }) => [code, name, pence, accounts.length]),
  ).toEqual([
    ['1000', 'Cash, collections', 200, 0],
    ['1100', 'Receivable', 300, 2],
    ['3000', 'Capital', -500, 1],
  ]);
  expect([sumOf(balances), groupBalances([])]).toEqual([0, []]);
});

test('an account is named by what it is and whose', () => {
  expect(['1100:north', '1100', '1000', '5300'].map((account) => accountWords(balances, account))).toEqual([
    '1100 Receivable: North: Cabs',
    '1100 Receivable',
    '1000 Cash, collections',
    '5300',
  ]);
  expect(balances.map(ownerWords)).toEqual(['fund', 'North: Cabs', 'South', '1000']);
});
