import type { LocalDay } from '../base/calendar.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import type { World } from './world.ts';

/**
 * The first day that is still open in the book: every contract is invoiced up to it. Null while no period is closed of
 * any contract.
 */
export function closedBefore(world: World): LocalDay | null {
  let firstOpen: LocalDay | null = null;
  let lastClosed: LocalDay | null = null;
  for (const account of world.contracts) {
    // A contract that is to come holds nothing open yet.
    if (account.openDayStartMs > world.clockMs) continue;
    const until = invoicedUntil(account);
    const { start, end } = account.exact;
    if (until > start && (lastClosed === null || until > lastClosed)) lastClosed = until;
    // One that has ended and is invoiced to its end holds nothing open.
    if (end !== null && until >= end) continue;
    if (firstOpen === null || until < firstOpen) firstOpen = until;
  }
  return lastClosed === null ? null : (firstOpen ?? lastClosed);
}

/** The end of the last of a contract's periods that are final without a gap; its start when there is none. */
function invoicedUntil({ exact, periods }: ContractAccount): LocalDay {
  let until = exact.start;
  for (const { period, isFinal } of [...periods.values()].toSorted(
    (a, b) => a.period.index - b.period.index,
  )) {
    if (!isFinal) break;
    until = period.endDay;
  }
  return until;
}
