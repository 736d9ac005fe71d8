import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { aMoneyBook, DEVICE } from '../../tests/support/money-book.ts';
import {
  decide,
  driveDays,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  post,
  reading,
  receive,
  replayed,
  tick,
} from '../../tests/support/folded-money.ts';
import type { EntrySet } from '../ledger/ledger.ts';
import { bookFault } from './book-invariants.ts';
import type { World } from './world.ts';

/** January invoiced and half paid, February accruing, £1,000.00 of deposit held. */
function aBookThatHolds(): MoneyRun {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 32);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  receive(run, londonMs('2026-02-05'), 'R1', 5_000, { document: 'INV-000001', pence: 5_000 });
  const deposit = {
    event: 'deposit-received',
    valueDay: '2026-02-05',
    reference: 'D',
    operator: 'north',
  } as const;
  post(run, londonMs('2026-02-05'), { ...deposit, pence: 100_000 });
  reading(run, DEVICE, londonMs('2026-02-06'), 13_700);
  tick(run, londonMs('2026-02-07'));
  return run;
}

test('a book that holds has no fault, as it stands and folded again', () => {
  const run = aBookThatHolds();
  expect(bookFault(run.world)).toBeNull();
  expect(run.world.ledger.fault).toBeNull();
  expect(replayed(run).ledger.fault).toBeNull();
});

function add({ ledger }: World, account: string, pence: number): void {
  ledger.balancesPence.set(account, (ledger.balancesPence.get(account) ?? 0) + pence);
}

const lastSet = ({ ledger }: World): EntrySet => must(ledger.sets.at(-1), 'the book has sets');

/** What breaks each invariant, and what the next step says of it. */
const tampered: readonly (readonly [string, (world: World) => void, string])[] = [
  ['the book sums to zero', (world) => add(world, '5100', 7), 'the balances sum to 7 pence, not to 0'],
  [
    'deposits are held apart',
    (world) => {
      add(world, '1010', -1);
      add(world, '1000', 1);
    },
    '1010 holds 99999 pence, and deposits of 100000 are owed',
  ],
  [
    'no deposit is overdrawn',
    (world) => {
      add(world, '2000:north', 100_101);
      add(world, '1010', -100_101);
    },
    '2000:north is below zero by 101 pence',
  ],
  [
    'an operator owes what is open of its documents',
    (world) => {
      add(world, '1100:north', 1);
      add(world, '4000', -1);
    },
    '1100:north holds 6341 pence, and 6340 are open of its documents',
  ],
  [
    'a payment that no set stands for',
    ({ money }) =>
      must(money.documents.get('INV-000001'), 'issued').payments.push({
        from: 'R9',
        pence: 39,
        valueDay: '',
      }),
    '1100:north holds 6340 pence, and 6301 are open of its documents',
  ],
  ['an id is of one set', ({ ledger }) => void ledger.setIds.add('another'), '39 sets have 40 ids'],
];

const withoutNumbers = (text: string | null): string => (text ?? '').replaceAll(/\d+/g, 'n');

test.each(tampered)('%s', (_name, tamper, words) => {
  const { world } = aBookThatHolds();
  tamper(world);
  expect(bookFault(world)).toBe(words);
});

test.each(tampered)(
  '%s: found by what moves next, and nothing is posted from then on',
  (_name, tamper, words) => {
    const run = aBookThatHolds();
    tamper(run.world);
    const event = {
      event: 'deposit-received',
      valueDay: '2026-02-07',
      reference: 'D',
      operator: 'north',
    } as const;
    post(run, run.world.clockMs, { ...event, pence: 100 });
    receive(run, run.world.clockMs, 'R2', 1, { document: 'INV-000001', pence: 1 });
    tick(run, londonMs('2026-02-08'));
    expect(withoutNumbers(run.world.ledger.fault)).toBe(withoutNumbers(words));
    const sets = run.world.ledger.sets.length;
    expect(post(run, run.world.clockMs, { ...event, pence: 100 })).toBe(
      `decision: nothing is posted while the book does not balance: ${run.world.ledger.fault}`,
    );
    reading(run, DEVICE, londonMs('2026-02-09'), 14_000);
    tick(run, londonMs('2026-02-20'));
    expect(run.world.ledger.sets).toHaveLength(sets);
  },
);

test('accrued income is what the open periods hold: the next close of a day finds it', () => {
  const run = aBookThatHolds();
  add(run.world, '1110:C1', 4);
  add(run.world, '4000', -4);
  expect(bookFault(run.world)).toBe('1110:C1 holds 1654 pence, and its open periods 1650');
  reading(run, DEVICE, londonMs('2026-02-08'), 13_800);
  tick(run, londonMs('2026-02-09'));
  expect(run.world.ledger.fault).toBe('1110:C1 holds 1954 pence, and its open periods 1950');
});

test('a set that does not balance, or does not follow the one before it', () => {
  const { world } = aBookThatHolds();
  const set = lastSet(world);
  world.ledger.sets[world.ledger.sets.length - 1] = { ...set, previousHash: 'f'.repeat(64) };
  expect(bookFault(world)).toBe(`set ${set.id} does not follow the one before it`);
  const [first, ...rest] = set.entries;
  const entries = [{ ...must(first, 'a set has entries'), pence: 1 }, ...rest];
  world.ledger.sets[world.ledger.sets.length - 1] = { ...set, entries };
  const sum = entries.reduce((total, { pence }) => total + pence, 0);
  expect(bookFault(world)).toBe(`set ${set.id} sums to ${sum} pence, not to 0`);
});

test('packets are taken and metered while the book stands still', () => {
  const run = aBookThatHolds();
  run.world.ledger.fault = 'a test';
  reading(run, DEVICE, londonMs('2026-02-08'), 13_800);
  expect(run.world.contracts[0]?.tenthsByDay.get('2026-02-08')).toBe(25);
  const dispute = { decision: 'dispute-document', document: 'INV-000001', line: null } as const;
  expect(decide(run, londonMs('2026-02-08'), dispute)).toBeNull();
});
