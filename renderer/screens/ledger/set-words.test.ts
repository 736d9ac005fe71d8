import { expect, test } from 'vitest';
import { eventWords, movedPence } from './set-words.ts';

test('an event is told in words', () => {
  expect(['accrual-reversal', 'receipt', ''].map(eventWords)).toEqual(['Accrual reversal', 'Receipt', '']);
});

test('a set moves an account by its entries, and a code by all of its accounts', () => {
  const set = {
    entries: [
      { account: '1100:north', pence: 120 },
      { account: '1100:south', pence: 30 },
      { account: '11000', pence: 7 },
      { account: '4000', pence: -157 },
    ],
  };
  expect(['1100', '1100:north', '4000', '5000', null].map((account) => movedPence(set, account))).toEqual([
    150, 120, -157, 0, 157,
  ]);
});
