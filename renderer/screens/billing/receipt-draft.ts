import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { DocumentRow } from '../../../core/protocol/money-asks.ts';
import type { Receipt, ReceiptMatch } from '../../../core/protocol/money-decision.ts';
import type { Problems } from '../../link/use-decide.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { parsePositivePounds, penceOr, poundsField } from '../../money/typed-money.ts';

/** What is typed against which document, in pounds. */
export type MatchAmounts = Readonly<Record<string, string>>;

export interface ReceiptDraft {
  readonly receipt: string;
  readonly valueDay: string;
  readonly pounds: string;
  readonly payer: string;
  readonly reference: string;
  readonly amounts: MatchAmounts;
}

export function emptyReceipt(today: string): ReceiptDraft {
  return { receipt: '', valueDay: today, pounds: '', payer: '', reference: '', amounts: {} };
}

/** The receipt as it is recorded, or what is wrong with it by its field. */
export function receiptOf(draft: ReceiptDraft): Result<Receipt, Problems> {
  const pence = parsePositivePounds(draft.pounds);
  const valueDay = parseDay(draft.valueDay);
  const receipt = draft.receipt.trim();
  const matches = matchesOf(draft.amounts, pence.ok ? pence.value : 0);
  const problems: Problems = {
    ...(receipt === '' ? { receipt: 'give the bank’s number for it, or one of your own' } : {}),
    ...(valueDay === null ? { valueDay: DAY_PROBLEM } : {}),
    ...(pence.ok ? {} : { pence: pence.error }),
    ...(!matches.ok && pence.ok ? { matches: matches.error } : {}),
  };
  if (Object.keys(problems).length > 0 || !pence.ok || !matches.ok || valueDay === null)
    return fail(problems);
  return ok({
    receipt,
    valueDay,
    pence: pence.value,
    payer: draft.payer.trim(),
    reference: draft.reference.trim(),
    matches: matches.value,
  });
}

/** What is paid of which document; not more than there is. Fields left empty pay nothing. */
export function matchesOf(amounts: MatchAmounts, availablePence: number): Result<ReceiptMatch[], string> {
  const matches: ReceiptMatch[] = [];
  for (const [document, text] of Object.entries(amounts)) {
    if (text.trim() === '') continue;
    const pence = parsePositivePounds(text);
    if (!pence.ok) return fail(`${document}: ${pence.error}`);
    matches.push({ document, pence: pence.value });
  }
  const matched = matchedPence(amounts);
  if (matched > availablePence)
    return fail(`£${poundsField(matched)} are matched, and only £${poundsField(availablePence)} are there`);
  return ok(matches);
}

/** Sum of what is typed; what is no amount yet counts nothing. */
export function matchedPence(amounts: MatchAmounts): number {
  return Object.values(amounts).reduce((sum, text) => sum + penceOr(text, 0), 0);
}

/** As much as is left, and as is open of the document. */
export function filled(amounts: MatchAmounts, row: DocumentRow, availablePence: number): MatchAmounts {
  const others = matchedPence({ ...amounts, [row.number]: '' });
  const pence = Math.min(row.openPence, Math.max(0, availablePence - others));
  return { ...amounts, [row.number]: pence === 0 ? '' : poundsField(pence) };
}

/** Problems of the one receipt of a decision, by the names its fields have here. */
export function ofTheReceipt(problems: Problems): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field.replace(/^receipts\.0\.?/, ''), problem]),
  );
}
