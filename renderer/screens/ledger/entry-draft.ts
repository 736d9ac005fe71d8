import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { Problems } from '../../link/use-decide.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { parsePositivePounds, penceOr } from '../../money/typed-money.ts';

/** One line of a set written by hand: an account, and an amount on one side. */
export interface EntryLine {
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
}

export interface EntryDraft {
  readonly valueDay: string;
  /** The id of a set that this one corrects; empty for none. */
  readonly corrects: string;
  readonly lines: readonly EntryLine[];
}

export const emptyLine: EntryLine = { account: '', debit: '', credit: '' };

export interface HandEntry {
  readonly valueDay: string;
  readonly corrects: string | null;
  readonly entries: readonly { readonly account: string; readonly pence: number }[];
}

/** Debits less credits, pence; what is no amount yet counts nothing. A set is posted at zero only. */
export function imbalance(lines: readonly EntryLine[]): number {
  return lines.reduce((sum, { debit, credit }) => sum + penceOr(debit, 0) - penceOr(credit, 0), 0);
}

/** The set as it is posted, debit above zero and credit below; or what is wrong by field: "entries.0.account". */
export function entryOf(draft: EntryDraft): Result<HandEntry, Problems> {
  const problems: Record<string, string> = {};
  const valueDay = parseDay(draft.valueDay);
  if (valueDay === null) problems['valueDay'] = DAY_PROBLEM;
  const entries = draft.lines.map((line, i) => {
    const account = line.account.trim();
    if (account === '') problems[`entries.${i}.account`] = 'give an account, like 1000 or 1200:V1';
    const pence = penceOfLine(line);
    if (!pence.ok) problems[`entries.${i}.pence`] = pence.error;
    return { account, pence: pence.ok ? pence.value : 0 };
  });
  const off = imbalance(draft.lines);
  if (Object.keys(problems).length === 0 && off !== 0)
    problems['entries'] = 'debits and credits have to come to the same';
  if (Object.keys(problems).length > 0 || valueDay === null) return fail(problems);
  const corrects = draft.corrects.trim();
  return ok({ valueDay, corrects: corrects === '' ? null : corrects, entries });
}

function penceOfLine({ debit, credit }: EntryLine): Result<number, string> {
  const hasDebit = debit.trim() !== '';
  if (hasDebit && credit.trim() !== '') return fail('a debit or a credit, not both');
  const parsed = parsePositivePounds(hasDebit ? debit : credit);
  if (!parsed.ok) return parsed;
  return ok(hasDebit ? parsed.value : -parsed.value);
}
