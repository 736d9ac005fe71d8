import type { AskAnswer } from '../../../core/protocol/link.ts';
import type { Receipt } from '../../../core/protocol/money-decision.ts';
import { formatCounted, formatPence } from '../../parts/formats.ts';

export type ReadReceipt = AskAnswer<'money.read-bank-csv'>['receipts'][number];

/** What is recorded of a file: the new receipts, those in `unmatched` without the matches that suggested themselves. */
export function receiptsToRecord(
  read: readonly ReadReceipt[],
  unmatched: ReadonlySet<string>,
): readonly Receipt[] {
  return read
    .filter(({ isKnown }) => !isKnown)
    .map(({ receipt, valueDay, pence, payer, reference, matches }) => ({
      receipt,
      valueDay,
      pence,
      payer,
      reference,
      matches: unmatched.has(receipt) ? [] : matches,
    }));
}

/** What recording them does, in a sentence. */
export function importSentence(read: readonly ReadReceipt[], record: readonly Receipt[]): string {
  if (read.length === 0) return 'Choose a file to see what it would record.';
  const known = read.length - record.length;
  const left = known === 0 ? '' : ` ${formatCounted(known, 'is', 'are')} recorded already and left out.`;
  if (record.length === 0) return `Nothing new.${left}`;
  const sum = record.reduce((total, { pence }) => total + pence, 0);
  const matched = record.reduce(
    (total, { matches }) => total + matches.reduce((paid, { pence }) => paid + pence, 0),
    0,
  );
  const count = formatCounted(record.length, 'receipt');
  return `${count} of ${formatPence(sum)}: ${formatPence(matched)} pay documents, ${formatPence(sum - matched)} wait as unallocated.${left}`;
}

/** Why a receipt of the file pays no document by itself, as the core says it, and what becomes of it. */
export function noMatchWords({ because }: Pick<ReadReceipt, 'because'>): string {
  return `No match: ${because[0] ?? 'nothing suggests itself'}. It waits as unallocated.`;
}
