import type { DocumentKind } from '../protocol/document.ts';

/** What a document came to. Distance in whole tenths of the contract's unit, money in pence. */
export interface DocumentAmounts {
  readonly tenths: number;
  readonly netPence: number;
  readonly vatPence: number;
}

export interface Correction extends DocumentAmounts {
  readonly kind: Exclude<DocumentKind, 'invoice'>;
  readonly grossPence: number;
}

/**
 * Rule B11: a period priced again, less all that was issued for it; net and VAT each. Null when nothing is to be issued.
 * The sum of all documents of a period is so always the period as it was last priced.
 */
export function correctionOf(
  rerated: DocumentAmounts,
  issued: readonly DocumentAmounts[],
): Correction | null {
  const sumOf = (amount: keyof DocumentAmounts): number =>
    issued.reduce((sum, document) => sum + document[amount], 0);
  const netPence = rerated.netPence - sumOf('netPence');
  const vatPence = rerated.vatPence - sumOf('vatPence');
  const grossPence = netPence + vatPence;
  if (netPence === 0 && vatPence === 0) return null;
  const kind = grossPence > 0 || (grossPence === 0 && netPence > 0) ? 'supplementary' : 'credit_note';
  return { kind, tenths: rerated.tenths - sumOf('tenths'), netPence, vatPence, grossPence };
}
