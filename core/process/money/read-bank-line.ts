import { z } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LocalDay } from '../../base/calendar.ts';
import type { CsvLine, CsvProblem } from '../csv-lines.ts';
import type { BankColumns } from './bank-columns.ts';
import { type CellReader, readDay, readDecimal, readText } from './read-cell.ts';

/** Money that came in. */
export interface BankPayment {
  readonly line: number;
  readonly day: LocalDay;
  readonly pence: number;
  readonly payer: string;
  readonly reference: string;
  /** As the bank gives it; null when it gives none. */
  readonly transactionId: string | null;
}

const PENCE_MAX = 1_000_000_000_000n;

/** A line's payment; null for money that went out. */
export function readBankLine(
  { line, cells }: CsvLine,
  columns: BankColumns,
  hasDecimalComma: boolean,
): Result<BankPayment | null, CsvProblem> {
  const cell = (index: number): string => cells[index] ?? '';
  const pence = penceIn(cell, columns, hasDecimalComma);
  if (!pence.ok) return fail({ line, ...pence.error });
  if (pence.value === null) return ok(null);
  const currency = cell(columns.currency).trim().toUpperCase();
  if (currency !== '' && currency !== 'GBP')
    return fail({ line, field: 'currency', problem: `"${currency}" is not GBP, in which the book is kept` });
  const day = readDay(dayPart(cell(columns.date)), hasDecimalComma);
  if (!day.ok) return fail({ line, field: 'date', problem: day.error });
  const id = cell(columns.id).trim();
  const transactionId = id === '' ? ok(null) : readText(z.string())(id, hasDecimalComma);
  if (!transactionId.ok) return fail({ line, field: 'transaction id', problem: transactionId.error });
  const references = columns.references.map((index) => cell(index).trim()).filter((text) => text !== '');
  return ok({
    line,
    day: day.value,
    pence: pence.value,
    payer: cell(columns.payer).trim(),
    reference: [...new Set(references)].join(' / '),
    transactionId: transactionId.value,
  });
}

/** Some banks give the time of day too. */
function dayPart(text: string): string {
  return text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '');
}

type AmountProblem = Pick<CsvProblem, 'field' | 'problem'>;

/** What came in; null when it went out. */
function penceIn(
  cell: (index: number) => string,
  { amount, paidIn, paidOut }: BankColumns,
  hasDecimalComma: boolean,
): Result<number | null, AmountProblem> {
  const penceOf = (index: number): Result<number, string> =>
    cell(index).trim() === '' ? ok(0) : readPence(cell(index), hasDecimalComma);
  const isInAmount = cell(amount).trim() !== '';
  const inField = isInAmount || paidIn < 0 ? 'amount' : 'paid in';
  const moved = penceOf(isInAmount ? amount : paidIn);
  const out = isInAmount ? ok(0) : penceOf(paidOut);
  if (!moved.ok) return fail({ field: inField, problem: moved.error });
  if (!out.ok) return fail({ field: 'paid out', problem: out.error });
  if (moved.value > 0 && out.value !== 0)
    return fail({ field: 'paid out', problem: 'money is paid in on this line too; split it' });
  if (moved.value < 0 || out.value !== 0) return ok(null);
  return moved.value === 0
    ? fail({ field: inField, problem: 'no money moves on this line; delete it' })
    : ok(moved.value);
}

/** Pounds to the penny, exactly; below zero with a minus or in brackets. */
const readPence: CellReader<number> = (text, hasDecimalComma) => {
  const given = text.trim();
  const isOut = /^£?\s*[-\u2212(]/.test(given);
  const magnitude = given.replace(/^[£\s+\-\u2212(]+/, '').replace(/\)$/, '');
  const pounds = readDecimal(magnitude, hasDecimalComma);
  if (!pounds.ok) return fail(`"${given}" is no amount; write it like 1234.56`);
  const [whole = '', fraction = ''] = pounds.value.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 2) return fail(`"${given}" has parts of a penny; write it like 1234.56`);
  const pence = BigInt(whole + decimals.padEnd(2, '0'));
  if (pence > PENCE_MAX) return fail(`"${given}" is more than a payment can be`);
  return ok(isOut ? -Number(pence) : Number(pence));
};
