import type { SetRow } from '../../../core/protocol/money-asks.ts';
import { wordsOf } from '../../parts/formats.ts';

/** What happened, a capital first: "accrual-reversal" is "Accrual reversal". */
export function eventWords(event: string): string {
  const words = wordsOf(event);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** By how much a set moved an account, or all accounts of a code; null takes its debits, which are its credits. */
export function movedPence({ entries }: Pick<SetRow, 'entries'>, account: string | null): number {
  return entries
    .filter((entry) =>
      account === null
        ? entry.pence > 0
        : entry.account === account || entry.account.startsWith(`${account}:`),
    )
    .reduce((sum, { pence }) => sum + pence, 0);
}
