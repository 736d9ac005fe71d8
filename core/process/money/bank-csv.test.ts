import { expect, test } from 'vitest';
import { bookWithDocuments } from '../../../tests/support/book-with-documents.ts';
import { moneyProblem } from '../../fold/check-money.ts';
import { recordReceipts } from '../../fold/take-receipt.ts';
import { newWorld, type World } from '../../fold/world.ts';
import { type DecisionOf, decisionSchema } from '../../protocol/decision.ts';
import { readBankCsv } from './bank-csv.ts';

const HEADS = 'Date,Payer,Reference,Amount,Transaction ID';

/** What each payment pays, and why. */
function paidBy(csv: string, world: World): { matches: string[]; because: string[] }[] {
  const { problems, receipts } = readBankCsv(csv, world);
  expect(problems).toEqual([]);
  return receipts.map(({ matches, because }) => ({
    matches: matches.map(({ document, pence }) => `${document} ${pence}`),
    because,
  }));
}

function problemsOf(csv: string, world: World = bookWithDocuments([])): string[] {
  return readBankCsv(csv, world).problems.map(({ line, field, problem }) => `${line} ${field}: ${problem}`);
}

function recording(csv: string, world: World): DecisionOf<'record-receipts'> {
  const receipts = readBankCsv(csv, world).receipts.map(
    ({ because: _because, isKnown: _isKnown, ...receipt }) => receipt,
  );
  const decision = decisionSchema.parse({
    decision: 'record-receipts',
    actor: 'ada',
    reason: 'bank statement',
    receipts,
  });
  if (decision.decision !== 'record-receipts') throw new Error('it was parsed as what it is');
  return decision;
}

/** The id of a payment that the bank gives none. */
const HASHED: unknown = expect.stringMatching(/^bank-[0-9a-f]{32}$/);

test.each([
  ['a plain one', `${HEADS}\n2026-04-02,North Cabs,April,"1,234.56",T1`, 'North Cabs', 'April', 'T1'],
  ['with days of Britain', `${HEADS}\n02/04/2026,North Cabs,April,£1234.56,T1`, 'North Cabs', 'April', 'T1'],
  [
    'with a month in words',
    `${HEADS}\n2 Apr 2026,North Cabs,April,+1234.560,T1`,
    'North Cabs',
    'April',
    'T1',
  ],
  [
    'of columns for both directions',
    'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n02/04/2026,FPI,11-22-33,123,NORTH CABS APRIL,,1234.56,9.00',
    '',
    'NORTH CABS APRIL',
    HASHED,
  ],
  [
    'of a bank that names its account above',
    '"Account Name:","Facility"\n"Account Balance:","£9.00"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n"02 Apr 2026","Transfer","North Cabs","","£1,234.56","£9.00"',
    '',
    'North Cabs',
    HASHED,
  ],
  [
    'of a bank with its own words',
    'Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n02/04/2026,North Cabs,April,FASTER PAYMENT,1234.56,9.00,INCOME,paid late',
    'North Cabs',
    'April / paid late',
    HASHED,
  ],
  [
    'with the time of day, a currency, and both an amount and its directions',
    'Transaction ID,Date,Time,Name,Amount,Currency,Notes and #tags,Description,Money Out,Money In\nT1,2026-04-02 10:11:12,10:11,North Cabs,1234.56,GBP,April,April,,1234.56',
    'North Cabs',
    'April',
    'T1',
  ],
  ['with decimal commas', 'Date;Payee;Amount\n02.04.2026;North Cabs;1.234,56', 'North Cabs', '', HASHED],
])('a statement %s is read to the penny', (_, csv, payer, reference, id) => {
  const { problems, receipts } = readBankCsv(csv, bookWithDocuments([]));
  expect(problems).toEqual([]);
  expect(receipts).toEqual([
    {
      receipt: id,
      valueDay: '2026-04-02',
      pence: 123_456,
      payer,
      reference,
      matches: [],
      because: [expect.any(String)],
      isKnown: false,
    },
  ]);
});

test('money that went out is left out', () => {
  const out = `${HEADS}\n2026-04-02,,rent,-5.00,T1\n2026-04-02,,rent,(5.00),T2\n2026-04-02,,rent,-£5,T3`;
  expect(readBankCsv(out, bookWithDocuments([]))).toEqual({ problems: [], receipts: [] });
  const column = 'Date,Description,Paid out,Paid in\nnever,rent,5.00,\n2026-04-02,rent,-5.00,0.00\n';
  expect(readBankCsv(column, bookWithDocuments([]))).toEqual({ problems: [], receipts: [] });
});

test.each([
  ['', ['1 file: the file is empty']],
  [HEADS, ['1 file: there is no line below the heads']],
  ['2026-04-02,North,1.00', [expect.stringContaining('1 header: no line has the heads of a bank statement')]],
  [`${HEADS}\nx\uFFFD,,,,`, [expect.stringContaining('1 file: the file is not UTF-8 text')]],
  [
    `${HEADS}\n04/25/2026,,,1.00,\n2026-04-31,,,1.00,\nsoon,,,1.00,`,
    [
      '2 date: "04/25/2026" is no day; write it like 2026-03-02 or 02/03/2026, the day before the month',
      expect.stringContaining('3 date: "2026-04-31" is no day'),
      expect.stringContaining('4 date: "soon" is no day'),
    ],
  ],
  [
    `${HEADS}\n2026-04-02,,,12.345,\n2026-04-02,,,much,\n2026-04-02,,,0.00,\n2026-04-02,,,,\n2026-04-02,,,99999999999.00,`,
    [
      '2 amount: "12.345" has parts of a penny; write it like 1234.56',
      '3 amount: "much" is no amount; write it like 1234.56',
      '4 amount: no money moves on this line; delete it',
      '5 amount: no money moves on this line; delete it',
      '6 amount: "99999999999.00" is more than a payment can be',
    ],
  ],
  [
    'Date,Description,Paid out,Paid in\n2026-04-02,x,5.00,6.00\n2026-04-02,x,y,\n2026-04-02,x,,z',
    [
      '2 paid out: money is paid in on this line too; split it',
      '3 paid out: "y" is no amount; write it like 1234.56',
      '4 paid in: "z" is no amount; write it like 1234.56',
    ],
  ],
  ['Date,Amount,Currency\n2026-04-02,5.00,EUR', ['2 currency: "EUR" is not GBP, in which the book is kept']],
  [
    `${HEADS}\n2026-04-02,,,1.00,T1\n2026-04-03,,,2.00,T1`,
    ['3 transaction id: "T1" stands on line 2 already'],
  ],
  [
    `${HEADS}\n2026-04-02,,,1.00,2.0E+15`,
    [expect.stringContaining('2 transaction id: a spreadsheet shortened')],
  ],
  [`${HEADS}\n2026-12-02,,,1.00,`, ['2 date: 2026-12-02 is to come; today is 2026-05-01']],
])('what is wrong is told by line: %j', (csv, problems) => {
  expect(problemsOf(csv)).toEqual(problems);
});

test('without a facility there is nothing to pay', () => {
  expect(problemsOf(`${HEADS}\n2026-04-02,,,1.00,`, newWorld())).toEqual([
    '1 file: there is no facility yet; load a book first',
  ]);
});

test('a statement read again has the same ids, also of lines that are alike', () => {
  const world = bookWithDocuments([['INV-000001', 'north', 200]]);
  const line = '2026-04-02,North Cabs,daily,1.00,';
  const long = 'T'.repeat(65);
  const csv = `${HEADS}\n${line}\n${line}\n2026-04-02,North Cabs,other,1.00,${long}`;
  const decision = recording(csv, world);
  expect(new Set(decision.receipts.map(({ receipt }) => receipt)).size).toBe(3);
  expect(moneyProblem(world, decision)).toBeNull();
  recordReceipts(world, decision, world.clockMs);
  const again = readBankCsv(`${csv}\n2026-04-03,North Cabs,daily,1.00,`, world);
  expect(again.receipts.map(({ isKnown, matches, because }) => [isKnown, matches, because])).toEqual([
    [true, [], ['it is recorded already']],
    [true, [], ['it is recorded already']],
    [true, [], ['it is recorded already']],
    [false, [], ['it names North Cabs, which owes nothing more']],
  ]);
});

test('a closed month takes no new payment, and those it has are known', () => {
  const world = bookWithDocuments([['INV-000001', 'north', 100]]);
  const csv = `${HEADS}\n2026-04-02,North Cabs,a,1.00,T1`;
  recordReceipts(world, recording(csv, world), world.clockMs);
  world.money.closedBefore = '2026-04-01';
  const later = `${csv}\n2026-03-03,North Cabs,b,1.00,T2`;
  const { problems, receipts } = readBankCsv(later, world);
  expect(problems.map(({ line, field }) => [line, field])).toEqual([[3, 'date']]);
  expect(receipts.map(({ receipt, isKnown }) => [receipt, isKnown])).toEqual([['T1', true]]);
});

test('the number of a document in the reference pays it, however it is written', () => {
  const world = bookWithDocuments([
    ['INV-000001', 'north', 300],
    ['INV-000002', 'south', 500],
    ['SUP-000003', 'north', 100],
  ]);
  const csv = [
    HEADS,
    '2026-04-02,South Taxis,inv000002,2.00,',
    '2026-04-02,,INV 000001 and SUP-000003,3.50,',
    '2026-04-02,,INV-000001,1.00,',
    '2026-04-02,,XINV-000002 or INV-0000021,0.01,',
  ].join('\n');
  expect(paidBy(csv, world)).toEqual([
    { matches: ['INV-000002 200'], because: ['the reference names INV-000002'] },
    {
      matches: ['INV-000001 300', 'SUP-000003 50'],
      because: ['the reference names INV-000001', 'the reference names SUP-000003'],
    },
    { matches: [], because: ['it names INV-000001, of which nothing more is open'] },
    {
      matches: [],
      because: ['it names no document and no operator, and nothing open comes to exactly this'],
    },
  ]);
});

test('an amount that is open of one document only pays that', () => {
  const world = bookWithDocuments([
    ['INV-000001', 'north', 300],
    ['INV-000002', 'south', 300],
    ['INV-000003', 'south', 500],
    ['INV-000004', 'north', 700],
  ]);
  const csv = [
    HEADS,
    '2026-04-02,,a,5.00,',
    '2026-04-02,,b,3.00,',
    '2026-04-02,,c,7.00,',
    '2026-04-02,,d,7.00,',
  ].join('\n');
  expect(paidBy(csv, world)).toEqual([
    {
      matches: ['INV-000003 500'],
      because: ['it is exactly what is open of INV-000003, and of no other document'],
    },
    { matches: [], because: ['INV-000001 and INV-000002 are each open with exactly this'] },
    { matches: [], because: ['INV-000004 is open with exactly this, and line 5 may pay it too'] },
    { matches: [], because: ['INV-000004 is open with exactly this, and line 4 may pay it too'] },
  ]);
});

test('an operator that is named pays its own: of exactly the amount, else the oldest', () => {
  const world = bookWithDocuments([
    ['INV-000001', 'north', 300],
    ['INV-000002', 'south', 500],
    ['INV-000003', 'north', 500],
    ['INV-000004', 'north', 100],
  ]);
  const csv = [
    HEADS,
    '2026-04-02,NORTH CABS LIMITED,,5.00,',
    '2026-04-02,,for north,3.50,',
    '2026-04-02,Northern Cabs,,0.90,',
    '2026-04-02,North Cabs & South Taxis,,0.90,',
    '2026-04-02,North Cabs & South Taxis,,5.00,',
  ].join('\n');
  expect(paidBy(csv, world)).toEqual([
    {
      matches: ['INV-000003 500'],
      because: ['it names North Cabs, and is exactly what is open of INV-000003'],
    },
    {
      matches: ['INV-000001 300', 'INV-000004 50'],
      because: [
        'it names North Cabs, whose oldest open document is INV-000001',
        'it names North Cabs, whose next oldest open document is INV-000004',
      ],
    },
    {
      matches: [],
      because: ['it names no document and no operator, and nothing open comes to exactly this'],
    },
    { matches: [], because: ['it may be of North Cabs or of South Taxis'] },
    {
      matches: ['INV-000002 500'],
      because: ['it is exactly what is open of INV-000002, and of no other document'],
    },
  ]);
});

test('the longer of two names is meant', () => {
  const world = bookWithDocuments([
    ['INV-000001', 'north', 300],
    ['INV-000002', 'north-east', 300],
  ]);
  world.operatorNames.set('north-east', 'North Cabs East Ltd');
  const [paid] = paidBy(`${HEADS}\n2026-04-02,north cabs east,,3.00,`, world);
  expect(paid?.matches).toEqual(['INV-000002 300']);
});

test('several documents of one operator that come to the amount are paid, when only they do', () => {
  const world = bookWithDocuments([
    ['INV-000001', 'north', 310],
    ['INV-000002', 'north', 520],
    ['INV-000003', 'south', 410],
    ['INV-000004', 'south', 420],
    ['INV-000005', 'south', 160],
    ['INV-000006', 'south', 170],
  ]);
  const csv = `${HEADS}\n2026-04-02,,a,8.30,\n2026-04-02,,b,5.80,\n2026-04-02,,c,3.30,`;
  expect(paidBy(csv, world)).toEqual([
    { matches: [], because: ['open documents come to exactly this in several ways'] },
    { matches: [], because: ['open documents come to exactly this in several ways'] },
    {
      matches: ['INV-000005 160', 'INV-000006 170'],
      because: Array.from(
        { length: 2 },
        () => 'INV-000005 and INV-000006 of South Taxis come to exactly this',
      ),
    },
  ]);
});

test('a credit has nothing open to pay', () => {
  const world = bookWithDocuments([['CRN-000001', 'north', -300]]);
  const [paid] = paidBy(`${HEADS}\n2026-04-02,North Cabs,CRN-000001,3.00,`, world);
  expect(paid).toEqual({ matches: [], because: ['it names CRN-000001, of which nothing more is open'] });
});
