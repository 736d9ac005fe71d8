import { openPence } from '../billing/document-book.ts';
import { sumOf } from '../billing/split-pence.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { balanceOf, type Ledger } from '../ledger/ledger.ts';
import type { World } from './world.ts';

/**
 * Which invariant of the book is broken, in words; null while all hold. Sets are looked at from `firstSet` on, and
 * accrued income only where they moved it: what was held before is not gone through again.
 */
export function bookFault(world: World, firstSet = 0): string | null {
  return accrualFault(world, firstSet) ?? receivablesFault(world);
}

/** The same for a step that only accrued: documents are left alone by it. */
export function accrualFault(world: World, firstSet: number): string | null {
  return setsFault(world.ledger, firstSet) ?? balancesFault(world.ledger) ?? accruedFault(world, firstSet);
}

/** Every set sums to zero, follows the one before it, and has an id of its own. */
function setsFault({ sets, setIds }: Ledger, firstSet: number): string | null {
  for (const [i, { id, previousHash, entries }] of sets.slice(firstSet).entries()) {
    const sum = entries.reduce((total, { pence }) => total + pence, 0);
    if (sum !== 0) return `set ${id} sums to ${sum} pence, not to 0`;
    const before = sets[firstSet + i - 1];
    if (before !== undefined && before.hash !== previousHash)
      return `set ${id} does not follow the one before it`;
  }
  return setIds.size === sets.length ? null : `${sets.length} sets have ${setIds.size} ids`;
}

/** The book sums to zero; no deposit is overdrawn, and the cash held apart is what is owed of deposits. */
function balancesFault(ledger: Ledger): string | null {
  let total = 0;
  let deposits = 0;
  for (const [account, pence] of ledger.balancesPence) {
    total += pence;
    if (!account.startsWith('2000:')) continue;
    deposits -= pence;
    if (pence > 0) return `${account} is below zero by ${pence} pence`;
  }
  if (total !== 0) return `the balances sum to ${total} pence, not to 0`;
  const apart = balanceOf(ledger, '1010');
  return apart === deposits ? null : `1010 holds ${apart} pence, and deposits of ${deposits} are owed`;
}

/** Accrued income of a contract is what its open periods hold. */
function accruedFault({ ledger, contracts }: World, firstSet: number): string | null {
  const moved = new Set(
    ledger.sets.slice(firstSet).flatMap(({ entries }) => entries.map(({ account }) => account)),
  );
  for (const { contract, periods } of contracts) {
    const account = accountOf('1110', contract.id);
    if (firstSet > 0 && !moved.has(account)) continue;
    let held = 0;
    for (const period of periods.values()) held += period.isFinal ? 0 : sumOf(period.held);
    const pence = balanceOf(ledger, account);
    if (pence !== held) return `${account} holds ${pence} pence, and its open periods ${held}`;
  }
  return null;
}

/** What an operator owes is the sum of what is open of its documents. */
function receivablesFault({ ledger, money }: World): string | null {
  const openByAccount = new Map<string, number>();
  for (const account of ledger.balancesPence.keys())
    if (account.startsWith('1100:')) openByAccount.set(account, 0);
  for (const state of money.documents.values()) {
    const account = accountOf('1100', state.document.operator.id);
    openByAccount.set(account, (openByAccount.get(account) ?? 0) + openPence(state));
  }
  for (const [account, open] of openByAccount) {
    const pence = balanceOf(ledger, account);
    if (pence !== open) return `${account} holds ${pence} pence, and ${open} are open of its documents`;
  }
  return null;
}
