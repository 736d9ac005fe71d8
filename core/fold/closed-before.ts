import type { LocalDay } from '../base/calendar.ts';
import type { World } from './world.ts';

/**
 * The first day that is still open in the book: every contract is invoiced up to it. Null while no period is closed of
 * any contract.
 */
export function closedBefore(world: World): LocalDay | null {
  let first: LocalDay | null = null;
  let isAnyFinal = false;
  for (const { contract, exact, periods, openDay } of world.contracts) {
    if (contract.start > openDay) continue;
    let until = exact.start;
    for (const { period, isFinal } of [...periods.values()].toSorted(
      (a, b) => a.period.index - b.period.index,
    )) {
      if (!isFinal) break;
      isAnyFinal = true;
      until = period.endDay;
    }
    // A contract that has ended and is invoiced to its end holds nothing open.
    if (exact.end !== null && until >= exact.end) continue;
    if (first === null || until < first) first = until;
  }
  return isAnyFinal ? first : null;
}
