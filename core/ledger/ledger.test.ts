import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { balancesAsOf, type EntrySetDraft, findBrokenSet, newLedger, postSet } from './ledger.ts';

const accrual = (id: string, pence: number): EntrySetDraft => ({
  id,
  event: 'accrual',
  subject: 'C1',
  contract: 'C1',
  valueDay: '2026-03-02',
  postedAtMs: 1_772_496_000_000,
  actor: 'system',
  approver: null,
  corrects: null,
  entries: [
    { account: '1110:C1', pence },
    { account: '4000', pence: -pence },
  ],
});

test('sets are posted whole, balances are their sums, and each set carries the hash of the one before', () => {
  const ledger = newLedger();
  const first = must(postSet(ledger, accrual('a', 30_000)), 'posted');
  const second = must(postSet(ledger, accrual('b', -150)), 'posted');
  expect(Object.fromEntries(ledger.balancesPence)).toEqual({ '1110:C1': 29_850, '4000': -29_850 });
  expect(first.previousHash).toBe('0'.repeat(64));
  expect(second.previousHash).toBe(first.hash);
  expect(findBrokenSet(ledger)).toBeNull();
});

test('what does not balance, repeats an id or names no account stops the book, in words', () => {
  const lopsided = [
    { account: '4000', pence: 5 },
    { account: '1110:C1', pence: -4 },
  ];
  const strange = [
    { account: '4000', pence: 5 },
    { account: '1110', pence: -5 },
  ];
  for (const [draft, words] of [
    [accrual('a', 1), 'set a was posted before'],
    [{ ...accrual('b', 1), entries: [{ account: '4000', pence: 0 }] }, 'set b needs two entries'],
    [{ ...accrual('c', 1), entries: lopsided }, 'set c does not balance'],
    [{ ...accrual('d', 1), entries: strange }, 'set d names 1110, which is no account of the chart'],
  ] as const) {
    const ledger = newLedger();
    postSet(ledger, accrual('a', 1));
    expect(postSet(ledger, draft)).toBeNull();
    expect(ledger.fault).toBe(words);
    expect(postSet(ledger, accrual('z', 1))).toBeNull();
    expect(ledger.sets).toHaveLength(1);
  }
});

test('balances are known as of every past moment, and sum to zero at each', () => {
  const ledger = newLedger();
  postSet(ledger, { ...accrual('a', 100), postedAtMs: 1_000 });
  postSet(ledger, { ...accrual('b', -100), postedAtMs: 2_000 });
  expect([...balancesAsOf(ledger, 999)]).toEqual([]);
  expect([...balancesAsOf(ledger, 1_000)]).toEqual([
    ['1110:C1', 100],
    ['4000', -100],
  ]);
  expect([...balancesAsOf(ledger, 2_000)]).toEqual([]);
});

test('a set edited afterwards is found', () => {
  const ledger = newLedger();
  postSet(ledger, accrual('a', 100));
  const posted = must(postSet(ledger, accrual('b', 200)), 'posted');
  ledger.sets[1] = { ...posted, valueDay: '2026-03-03' };
  expect(findBrokenSet(ledger)).toBe('set b is not what was posted');
});
