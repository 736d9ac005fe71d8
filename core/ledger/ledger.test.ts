import { expect, test } from 'vitest';
import { ACCOUNT, findBrokenSet, newLedger, postSet } from './ledger.ts';

const accrual = (id: string, pence: number): Parameters<typeof postSet>[1] => ({
  id,
  event: 'accrual',
  contract: 'C1',
  valueDay: '2026-03-02',
  postedAtMs: 1_772_496_000_000,
  actor: 'system',
  entries: [
    { account: ACCOUNT.accruedIncome('C1'), pence },
    { account: ACCOUNT.mileageIncome, pence: -pence },
  ],
});

test('sets are posted whole, balances are their sums, and each set carries the hash of the one before', () => {
  const ledger = newLedger();
  const first = postSet(ledger, accrual('a', 30_000));
  const second = postSet(ledger, accrual('b', -150));
  expect(Object.fromEntries(ledger.balancesPence)).toEqual({ '1110:C1': 29_850, '4000': -29_850 });
  expect(first.previousHash).toBe('0'.repeat(64));
  expect(second.previousHash).toBe(first.hash);
  expect(findBrokenSet(ledger)).toBeNull();
});

test('what does not balance, repeats an id or has one side is our own mistake', () => {
  const ledger = newLedger();
  const good = accrual('a', 1);
  postSet(ledger, good);
  expect(() => postSet(ledger, good)).toThrow('set a was posted before');
  expect(() => postSet(ledger, { ...accrual('b', 1), entries: [{ account: '4000', pence: 0 }] })).toThrow(
    'two entries',
  );
  const lopsided = [
    { account: '4000', pence: 5 },
    { account: '1110:C1', pence: -4 },
  ];
  expect(() => postSet(ledger, { ...accrual('c', 1), entries: lopsided })).toThrow('does not balance');
});

test('a set edited afterwards is found', () => {
  const ledger = newLedger();
  postSet(ledger, accrual('a', 100));
  const posted = postSet(ledger, accrual('b', 200));
  ledger.sets[1] = { ...posted, valueDay: '2026-03-03' };
  expect(findBrokenSet(ledger)).toBe('set b is not what was posted');
});
