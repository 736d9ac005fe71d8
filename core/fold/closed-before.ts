import type { LocalDay } from '../base/calendar.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import type { World } from './world.ts';

/** After a document was issued: the book is closed up to where every contract is invoiced, and never opens again. */
export function noteClosed(world: World): void {
  const invoiced = allInvoicedUntil(world);
  const { closedBefore } = world.money;
  if (invoiced !== null && (closedBefore === null || invoiced > closedBefore))
    world.money.closedBefore = invoiced;
}

/** The day a posting counts for: closed days take none, so what concerns them is dated to the first open one. */
export function openDayOf(world: World, valueDay: LocalDay): LocalDay {
  const { closedBefore } = world.money;
  return closedBefore !== null && valueDay < closedBefore ? closedBefore : valueDay;
}

/** The day up to which every contract is invoiced; null while no period is final of any. */
function allInvoicedUntil(world: World): LocalDay | null {
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
