import type { DocumentKind, LineKind, PrintedLine } from '../../core/protocol/document.ts';
import type { DocumentRow, MoneySplit, PeriodRow } from '../../core/protocol/money-asks.ts';
import { formatCounted } from '../parts/formats.ts';
import { fullDay, periodDays } from '../parts/times.ts';

/** A state as it is shown: a shape and a word, in a colour only where a person must act. */
export interface StateLook {
  readonly shape: string;
  readonly words: string;
  readonly mustAct: boolean;
}

export const periodLooks: Readonly<Record<PeriodRow['state'], StateLook>> = {
  open: { shape: '○', words: 'Open', mustAct: false },
  draft: { shape: '◐', words: 'Draft', mustAct: false },
  final: { shape: '●', words: 'Final', mustAct: false },
  'too late to charge': { shape: '■', words: 'Too late to charge', mustAct: false },
  'correction due': { shape: '◆', words: 'Correction due', mustAct: true },
};

export const documentLooks: Readonly<Record<DocumentRow['status'], StateLook>> = {
  final: { shape: '○', words: 'Final', mustAct: false },
  'part paid': { shape: '◐', words: 'Part paid', mustAct: false },
  paid: { shape: '●', words: 'Paid', mustAct: false },
  overdue: { shape: '◆', words: 'Overdue', mustAct: true },
  disputed: { shape: '▲', words: 'Disputed', mustAct: true },
  'written off': { shape: '×', words: 'Written off', mustAct: false },
};

export const documentKindWords: Readonly<Record<DocumentKind, string>> = {
  invoice: 'Invoice',
  supplementary: 'Supplementary invoice',
  credit_note: 'Credit note',
};

const lineKindWords: Readonly<Record<LineKind, string>> = {
  standing: 'Standing charge',
  miles: 'Distance',
  uncharged_over_cap: 'Distance that is not charged',
  cap_adjustment: 'Reduction to the maximum charge',
  min_miles_shortfall: 'Shortfall to the minimum distance',
  min_charge_topup: 'Top-up to the minimum charge',
};

/** What a line charges, and the days it covers where these are not the whole period. */
export function lineWords(
  line: Pick<PrintedLine, 'kind' | 'fromDay' | 'toDay'>,
  period: { readonly startDay: string; readonly endDay: string },
): string {
  const isWhole = line.fromDay === period.startDay && line.toDay === period.endDay;
  const words = lineKindWords[line.kind];
  return isWhole ? words : `${words}, ${periodDays(line.fromDay, line.toDay)}`;
}

/** "VAT at 20%" of a share such as "0.2". */
export function vatWords(vatRate: string): string {
  const [whole = '', fraction = ''] = vatRate.split('.');
  const digits = `${whole}${fraction.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return `VAT at ${digits}${rest === '' ? '' : `.${rest}`}%`;
}

/** When it is, or was, to be paid: "due 18 Apr 2026, in 3 days". */
export function dueWords({ dueDay, daysPastDue }: Pick<DocumentRow, 'dueDay' | 'daysPastDue'>): string {
  if (daysPastDue === 0) return `due ${fullDay(dueDay)}, today`;
  const count = formatCounted(Math.abs(daysPastDue), 'day');
  return `due ${fullDay(dueDay)}, ${daysPastDue > 0 ? `${count} past due` : `in ${count}`}`;
}

export type SplitPart = readonly [label: string, pence: number, definition: string];

/** The four parts of a total, from the surest to the least sure. */
export function splitParts(money: MoneySplit): readonly SplitPart[] {
  return [
    ['Collected', money.collectedPence, 'paid'],
    ['Invoiced', money.invoicedPence, 'net and VAT, not paid yet'],
    ['Accrued', money.accruedPence, 'posted, not invoiced'],
    ['Estimated', money.estimatedPence, 'not posted yet, provisional'],
  ];
}

export function splitSum(money: MoneySplit): number {
  return splitParts(money).reduce((sum, [, pence]) => sum + pence, 0);
}
