import { expect, test } from 'vitest';
import { importSentence, noMatchWords, type ReadReceipt, receiptsToRecord } from './bank-import-words.ts';

const read = (receipt: string, pence: number, changes: Partial<ReadReceipt> = {}): ReadReceipt => ({
  receipt,
  valueDay: '2026-04-20',
  pence,
  payer: 'North',
  reference: 'INV-000001',
  matches: [{ document: 'INV-000001', pence }],
  because: ['the reference names it'],
  isKnown: false,
  ...changes,
});

test('known receipts are left out, and a match is only taken when nobody took it away', () => {
  const file = [read('A', 100), read('B', 200), read('C', 300, { isKnown: true })];
  const record = receiptsToRecord(file, new Set(['B']));
  expect(record).toEqual([
    {
      receipt: 'A',
      valueDay: '2026-04-20',
      pence: 100,
      payer: 'North',
      reference: 'INV-000001',
      matches: [{ document: 'INV-000001', pence: 100 }],
    },
    {
      receipt: 'B',
      valueDay: '2026-04-20',
      pence: 200,
      payer: 'North',
      reference: 'INV-000001',
      matches: [],
    },
  ]);
  expect(importSentence(file, record)).toBe(
    '2 receipts of £3.00: £1.00 pay documents, £2.00 wait as unallocated. 1 is recorded already and left out.',
  );
  expect(importSentence([], [])).toBe('Choose a file to see what it would record.');
  expect(importSentence([read('C', 1, { isKnown: true })], [])).toBe(
    'Nothing new. 1 is recorded already and left out.',
  );
});

test('a single receipt is one receipt, and one without a match says why', () => {
  const one = [read('A', 100)];
  expect(importSentence(one, receiptsToRecord(one, new Set()))).toBe(
    '1 receipt of £1.00: £1.00 pay documents, £0.00 wait as unallocated.',
  );
  expect(noMatchWords({ because: ['it may be of North or of South'] })).toBe(
    'No match: it may be of North or of South. It waits as unallocated.',
  );
});
