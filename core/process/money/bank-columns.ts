import { fail, ok, type Result } from '../../base/result.ts';
import type { CsvLine, CsvProblem } from '../csv-lines.ts';

/** What a bank calls a column, in small letters without signs. Of several in one file the first of the list counts. */
const HEADS = {
  date: [
    'value date',
    'transaction date',
    'date',
    'posting date',
    'posted date',
    'booking date',
    'completed date',
    'date completed',
    'date completed utc',
  ],
  id: ['transaction id', 'transactionid', 'unique id', 'payment id', 'fitid', 'id'],
  payer: [
    'payer',
    'payee',
    'counter party',
    'counterparty',
    'counterparty name',
    'paid by',
    'sender',
    'name',
  ],
  amount: ['amount', 'transaction amount', 'value'],
  paidIn: ['paid in', 'money in', 'credit amount', 'credit', 'credits', 'received'],
  paidOut: ['paid out', 'money out', 'debit amount', 'debit', 'debits', 'spent'],
  currency: ['currency', 'account currency'],
} as const;

/** All of them count: some banks put what the payer wrote in the one, some in the other. */
const REFERENCE_HEADS: readonly string[] = [
  'reference',
  'payment reference',
  'description',
  'transaction description',
  'details',
  'transaction details',
  'narrative',
  'memo',
  'notes',
  'notes and tags',
];

type Single = keyof typeof HEADS;

/** Where a statement has what; -1 for a column it has not. */
export type BankColumns = Readonly<Record<Single, number>> & { readonly references: readonly number[] };

export interface BankTable {
  readonly columns: BankColumns;
  readonly lines: readonly CsvLine[];
}

/** Some banks write the account's name and balance above the heads. */
const LINES_ABOVE_MAX = 20;

/** The statement's columns, and the lines below their heads. */
export function bankTable(lines: readonly CsvLine[]): Result<BankTable, CsvProblem> {
  if (lines.length === 0) return fail({ line: 1, field: 'file', problem: 'the file is empty' });
  for (const [i, { line, cells }] of lines.slice(0, LINES_ABOVE_MAX).entries()) {
    const columns = columnsOf(cells);
    if (columns.date < 0 || (columns.amount < 0 && columns.paidIn < 0)) continue;
    if (i + 1 === lines.length)
      return fail({ line, field: 'file', problem: 'there is no line below the heads' });
    return ok({ columns, lines: lines.slice(i + 1) });
  }
  const problem =
    'no line has the heads of a bank statement; it needs Date, and Amount or Paid in, and has Reference, Description or Payee best';
  return fail({ line: 1, field: 'header', problem });
}

function columnsOf(cells: readonly string[]): BankColumns {
  const heads = cells.map((cell) =>
    cell
      .toLowerCase()
      .replaceAll(/\bgbp\b|[^a-z ]/g, ' ')
      .replaceAll(/ +/g, ' ')
      .trim(),
  );
  const columnOf = (names: readonly string[]): number =>
    names.map((name) => heads.indexOf(name)).find((index) => index >= 0) ?? -1;
  return {
    date: columnOf(HEADS.date),
    id: columnOf(HEADS.id),
    payer: columnOf(HEADS.payer),
    amount: columnOf(HEADS.amount),
    paidIn: columnOf(HEADS.paidIn),
    paidOut: columnOf(HEADS.paidOut),
    currency: columnOf(HEADS.currency),
    references: REFERENCE_HEADS.map((name) => heads.indexOf(name)).filter((index) => index >= 0),
  };
}
