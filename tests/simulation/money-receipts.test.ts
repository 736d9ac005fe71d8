import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPence } from '../../core/billing/document-book.ts';
import { bookContractSchema } from '../../core/protocol/book.ts';
import { aMoneyBook, DEVICE } from '../support/money-book.ts';
import {
  balances,
  decide,
  driveDays,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  post,
  reading,
  receive,
  setsOf,
} from '../support/folded-money.ts';

/** January's 1,000.0 miles and February's 800.0, each invoiced: £360.00 and £288.00 at 30p. */
function invoicedTwice(rate = '30'): MoneyRun {
  const contract = { terms: { tiers: [{ upTo: null, rate }] } };
  const run = moneyRun(aMoneyBook({ contract }), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 400 }, '2026-01-01', 25);
  reading(run, DEVICE, londonMs('2026-02-01', 0), 20_000);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  driveDays(run, { [DEVICE]: 400 }, '2026-02-04', 20, 20_000);
  reading(run, DEVICE, londonMs('2026-03-01', 0), 28_000);
  issueWaived(run, londonMs('2026-03-04'), 'C1', 1);
  return run;
}

const [FIRST, SECOND] = ['INV-000001', 'INV-000002'] as const;
const open = ({ world }: MoneyRun): number[] => [...world.money.documents.values()].map(openPence);
const APRIL = londonMs('2026-04-02');

test('one receipt pays two documents, and what is over waits until it is matched', () => {
  const run = invoicedTwice();
  expect(open(run)).toEqual([36_000, 28_800]);
  const matches = [
    { document: FIRST, pence: 36_000 },
    { document: SECOND, pence: 20_000 },
  ];
  expect(receive(run, londonMs('2026-03-10'), 'R1', 60_000, ...matches)).toBeNull();
  expect(setsOf(run, 'receipt')).toEqual(['1000 +60000, 1100:north -36000, 1100:north -20000, 2400 -4000']);
  expect(open(run)).toEqual([0, 8_800]);
  const match = (pence: number): string | null =>
    decide(run, londonMs('2026-03-11'), {
      decision: 'match-receipt',
      receipt: 'R1',
      matches: [{ document: SECOND, pence }],
    });
  expect(match(4_001)).toBe('matches: 4001 pence are matched, and only 4000 are there');
  expect(match(1_500)).toBeNull();
  expect(match(2_500)).toBeNull();
  expect(match(1)).toBe('matches: 1 pence are matched, and only 0 are there');
  expect(setsOf(run, 'receipt-match')).toEqual([
    '2400 +1500, 1100:north -1500',
    '2400 +2500, 1100:north -2500',
  ]);
  expect(open(run)).toEqual([0, 4_800]);
  expect(balances(run)['2400']).toBeUndefined();
});

test('a receipt that belongs to nobody waits whole, and none is taken twice', () => {
  const run = invoicedTwice();
  expect(receive(run, londonMs('2026-03-10'), 'R1', 5_000)).toBeNull();
  expect(balances(run)).toMatchObject({ '1000': 5_000, '2400': -5_000 });
  expect(receive(run, londonMs('2026-03-11'), 'R1', 5_000)).toBe(
    'receipts.0.receipt: the receipt "R1" is recorded already',
  );
});

test('no document is paid beyond what is open of it, over all receipts of a statement', () => {
  const run = invoicedTwice();
  expect(receive(run, londonMs('2026-03-10'), 'R1', 40_000, { document: FIRST, pence: 36_001 })).toBe(
    'receipts.0.matches: only 36000 pence are open of INV-000001',
  );
  const half = { valueDay: '2026-03-10', pence: 20_000, payer: 'North', reference: '' };
  const receipts = ['R1', 'R2'].map((receipt) => ({
    receipt,
    ...half,
    matches: [{ document: FIRST, pence: 20_000 }],
  }));
  expect(decide(run, londonMs('2026-03-10'), { decision: 'record-receipts', receipts })).toBe(
    'receipts.1.matches: only 16000 pence are open of INV-000001',
  );
});

test('a deposit pays the oldest documents, and never more than is held or open', () => {
  const run = invoicedTwice();
  const base = { valueDay: '2026-03-10', reference: 'default', operator: 'north' } as const;
  const at = londonMs('2026-03-10');
  expect(post(run, at, { event: 'deposit-received', ...base, pence: 40_000 })).toBeNull();
  expect(post(run, at, { event: 'deposit-applied', ...base, pence: 40_001 })).toBe(
    'event.pence: only 40000 pence are held',
  );
  expect(post(run, at, { event: 'deposit-applied', ...base, pence: 40_000 })).toBeNull();
  expect(setsOf(run, 'deposit-applied')).toEqual([
    '2000:north +40000, 1100:north -40000, 1000 +40000, 1010 -40000',
  ]);
  expect(open(run)).toEqual([0, 24_800]);
  post(run, at, { event: 'deposit-received', ...base, pence: 99_000 });
  expect(post(run, at, { event: 'deposit-applied', ...base, pence: 24_801 })).toBe(
    'event.pence: only 24800 pence are open',
  );
  expect(balances(run)).toMatchObject({ '1010': 99_000, '2000:north': -99_000 });
});

test('property: the fee on a document paid in parts is the fee on the whole, to the penny', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 9_999 }), (pays, rate) => {
      const run = invoicedTwice((rate / 100).toFixed(2));
      const invoice = run.world.money.documents.get(FIRST)?.document;
      const gross = invoice?.grossPence ?? 0;
      let left = gross;
      [...pays, gross].forEach((pay, i) => {
        const pence = Math.min(pay, left);
        left -= pence;
        if (pence > 0) receive(run, londonMs('2026-03-10'), `R${i}`, pence, { document: FIRST, pence });
      });
      const net = BigInt(invoice?.netPence ?? 0);
      expect(left).toBe(0);
      expect(-(balances(run)['2200'] ?? 0)).toBe(Number((net * 5n * 2n + 100n) / 200n));
    }),
    { numRuns: 40 },
  );
});

test('no more fee is paid than is due', () => {
  const run = invoicedTwice();
  receive(run, londonMs('2026-03-10'), 'R1', 36_000, { document: FIRST, pence: 36_000 });
  const fee = { event: 'servicing-fee-paid', valueDay: '2026-03-10', reference: 'March' } as const;
  expect(post(run, londonMs('2026-03-10'), { ...fee, pence: 1_501 })).toBe(
    'event.pence: only 1500 pence are due',
  );
  expect(post(run, londonMs('2026-03-10'), { ...fee, pence: 1_500 })).toBeNull();
});

test('value days in a closed period, and days to come, are refused', () => {
  const run = invoicedTwice();
  const at = londonMs('2026-03-10');
  expect(run.world.money.closedBefore).toBe('2026-03-01');
  const event = { event: 'capital-call-paid', reference: 'late', investor: 'I1', pence: 1 } as const;
  const closed = 'the book is closed before 2026-03-01; date it 2026-03-01 or later';
  expect(post(run, at, { ...event, valueDay: '2026-02-28' })).toBe(`event.valueDay: ${closed}`);
  expect(post(run, at, { ...event, valueDay: '2026-03-11' })).toBe(
    'event.valueDay: 2026-03-11 is to come; today is 2026-03-10',
  );
  expect(post(run, at, { ...event, valueDay: '2026-03-01' })).toBeNull();
  const receipt = { receipt: 'R1', valueDay: '2026-02-27', pence: 1, payer: '', reference: '', matches: [] };
  expect(decide(run, at, { decision: 'record-receipts', receipts: [receipt] })).toBe(
    `receipts.0.valueDay: ${closed}`,
  );
  const entries = [
    { account: '5100', pence: 1 },
    { account: '4020', pence: -1 },
  ];
  const entry = { decision: 'post-entry', corrects: null, entries } as const;
  expect(decide(run, at, { ...entry, valueDay: '2026-02-27' })).toBe(`valueDay: ${closed}`);
  expect(decide(run, at, { ...entry, valueDay: '2026-03-10' })).toBeNull();
});

test('a book whose contracts have all ended and are invoiced stays closed', () => {
  const run = moneyRun(aMoneyBook({ contract: { end: '2026-02-01' } }), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 32);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  expect(run.world.money.closedBefore).toBe('2026-02-01');
});

test('a contract that is to come keeps nobody from posting now', () => {
  const book = aMoneyBook({ contract: { end: '2026-02-01' } });
  const next = bookContractSchema.parse({
    ...book.contracts[0],
    id: 'C2',
    start: '2026-07-01',
    anchor: '2026-07-01',
    end: undefined,
    assignments: [],
  });
  const run = moneyRun({ ...book, contracts: [...book.contracts, next] }, londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 100 }, '2026-01-01', 32);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  const event = { event: 'capital-call-paid', reference: 'now', investor: 'I1', pence: 1 } as const;
  expect(post(run, APRIL, { ...event, valueDay: '2026-04-02' })).toBeNull();
});

test('entries by hand sum to zero, name accounts of the chart, and leave kept accounts alone', () => {
  const run = invoicedTwice();
  const entry = (account: string, pence: number): string | null =>
    decide(run, APRIL, {
      decision: 'post-entry',
      valueDay: '2026-04-01',
      corrects: null,
      entries: [
        { account, pence: 100 },
        { account: '4020', pence },
      ],
    });
  expect(entry('5100', -99)).toBe('entries: the entries sum to 1 pence, not to 0');
  expect(entry('9999', -100)).toBe(
    'entries.0.account: "9999" is no account; write it like "1000" or "1200:V1"',
  );
  expect(entry('1100:north', -100)).toBe(
    'entries.0.account: "1100:north" is kept by documents and receipts; record one instead',
  );
  expect(entry('5100', -100)).toBeNull();
});
