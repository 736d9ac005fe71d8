import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookWithDocuments, type TestDocument } from '../../../tests/support/book-with-documents.ts';
import { openPence } from '../../billing/document-book.ts';
import { moneyProblem } from '../../fold/check-money.ts';
import { recordReceipts } from '../../fold/take-receipt.ts';
import type { DecisionOf } from '../../protocol/decision.ts';
import { readBankCsv } from './bank-csv.ts';

/** Few amounts, so that they are often equal, and often sums of each other. */
const documents: fc.Arbitrary<TestDocument[]> = fc
  .array(fc.tuple(fc.constantFrom('north', 'south', 'north-east'), fc.integer({ min: -3, max: 9 })), {
    maxLength: 12,
  })
  .map((list) =>
    list.map(([operator, pounds], i) => [`INV-${String(i + 1).padStart(6, '0')}`, operator, pounds * 100]),
  );

const lines = fc.array(
  fc.record({
    date: fc.constantFrom('2026-04-02', '03/04/2026', '04/25/2026'),
    payer: fc.constantFrom('', 'NORTH CABS LTD', 'South Taxis', 'North Cabs and South Taxis', 'somebody'),
    reference: fc.constantFrom('', 'INV-000001', 'inv 000002, INV000003', 'INV-000001 south', 'April'),
    amount: fc.constantFrom('1.00', '2', '3.00', '4.00', '5.50', '£9.00', '1,200.00', '-4.00', '0', 'x'),
    id: fc.constantFrom('', '', 'T1', 'T2'),
  }),
  { minLength: 1, maxLength: 14 },
);

const csvOf = (rows: readonly Readonly<Record<string, string>>[]): string =>
  [
    'date,payer,reference,amount,id',
    ...rows.map((row) =>
      Object.values(row)
        .map((cell) => `"${cell}"`)
        .join(','),
    ),
  ].join('\n');

test('property: what is suggested may be recorded, and is known afterwards', () => {
  fc.assert(
    fc.property(documents, lines, (book, rows) => {
      const world = bookWithDocuments(book);
      const csv = csvOf(rows);
      const { receipts } = readBankCsv(csv, world);
      for (const { matches, because } of receipts) expect(because).toHaveLength(Math.max(1, matches.length));
      if (receipts.length === 0) return;
      const decision: DecisionOf<'record-receipts'> = {
        decision: 'record-receipts',
        actor: 'ada',
        reason: 'bank statement',
        receipts: receipts.map(({ because: _because, isKnown: _isKnown, ...receipt }) => receipt),
      };
      expect(moneyProblem(world, decision)).toBeNull();
      recordReceipts(world, decision, world.clockMs);
      for (const state of world.money.documents.values())
        expect(openPence(state)).toBeGreaterThanOrEqual(Math.min(0, state.document.grossPence));
      const again = readBankCsv(csv, world).receipts;
      expect(again.map(({ receipt, isKnown }) => [receipt, isKnown])).toEqual(
        receipts.map(({ receipt }) => [receipt, true]),
      );
    }),
    { numRuns: 300 },
  );
});

test('property: every line is a payment, money that went out, or a problem', () => {
  fc.assert(
    fc.property(documents, lines, (book, rows) => {
      const { receipts, problems } = readBankCsv(csvOf(rows), bookWithDocuments(book));
      const out = rows.filter(({ amount }) => amount.startsWith('-')).length;
      expect(receipts.length + out + problems.length).toBe(rows.length);
    }),
    { numRuns: 300 },
  );
});

test('property: which of two operators a payment does not name is never decided by their order', () => {
  fc.assert(
    fc.property(documents, fc.integer({ min: 1, max: 9 }), (book, pounds) => {
      const csv = csvOf([{ date: '2026-04-02', payer: '', reference: '', amount: `${pounds}.00`, id: '' }]);
      const paidIn = (list: readonly TestDocument[]): string[] =>
        (readBankCsv(csv, bookWithDocuments(list)).receipts[0]?.matches ?? []).map(
          ({ document }) => document,
        );
      expect(paidIn(book.toReversed()).toSorted()).toEqual(paidIn(book).toSorted());
    }),
    { numRuns: 200 },
  );
});
