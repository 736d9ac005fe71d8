import { expect, test } from 'vitest';
import type { DocumentRow } from '../../../core/protocol/money-asks.ts';
import { emptyReceipt, filled, matchedPence, matchesOf, ofTheReceipt, receiptOf } from './receipt-draft.ts';

const row = (number: string, openPence: number): DocumentRow => ({
  number,
  kind: 'invoice',
  contract: 'con-1',
  operator: 'op-1',
  operatorName: 'North',
  startDay: '2026-03-01',
  endDay: '2026-04-01',
  issuedDay: '2026-04-04',
  dueDay: '2026-04-18',
  daysPastDue: 0,
  netPence: openPence,
  vatPence: 0,
  grossPence: openPence,
  openPence,
  status: 'final',
  isProvisional: false,
  dunning: null,
});

test('a receipt is recorded as it was typed', () => {
  const draft = {
    ...emptyReceipt('2026-04-20'),
    receipt: ' BANK-1 ',
    pounds: '£1,000.00',
    payer: 'North Taxis',
    reference: 'INV-000001',
    amounts: { 'INV-000001': '600', 'INV-000002': '' },
  };
  expect(receiptOf(draft)).toEqual({
    ok: true,
    value: {
      receipt: 'BANK-1',
      valueDay: '2026-04-20',
      pence: 100_000,
      payer: 'North Taxis',
      reference: 'INV-000001',
      matches: [{ document: 'INV-000001', pence: 60_000 }],
    },
  });
});

test('what is wrong stands at its field', () => {
  expect(receiptOf({ ...emptyReceipt('20 April'), pounds: '1,00' })).toEqual({
    ok: false,
    error: {
      receipt: 'give the bank’s number for it, or one of your own',
      valueDay: 'give a day like 2026-03-31',
      pence: 'write it like £1,234.56',
    },
  });
  expect(matchesOf({ 'INV-000001': '5.', 'INV-000002': '1' }, 100)).toEqual({
    ok: false,
    error: 'INV-000001: write it like £1,234.56',
  });
  expect(matchesOf({ 'INV-000001': '5' }, 499)).toEqual({
    ok: false,
    error: '£5.00 are matched, and only £4.99 are there',
  });
  expect(ofTheReceipt({ 'receipts.0.receipt': 'a', 'receipts.0': 'b', reason: 'c' })).toEqual({
    receipt: 'a',
    '': 'b',
    reason: 'c',
  });
});

test('a document is filled with what is open and what is left', () => {
  const first = filled({}, row('INV-000001', 60_000), 100_000);
  expect(first).toEqual({ 'INV-000001': '600.00' });
  const second = filled(first, row('INV-000002', 60_000), 100_000);
  expect(second).toEqual({ 'INV-000001': '600.00', 'INV-000002': '400.00' });
  expect(filled(second, row('INV-000003', 1), 100_000)['INV-000003']).toBe('');
  expect(matchedPence({ ...second, 'INV-000003': 'x' })).toBe(100_000);
});
