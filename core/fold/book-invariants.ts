import type { ContractAccount } from '../billing/account-shapes.ts';
import { documentsOfPeriod, openPence } from '../billing/document-book.ts';
import { sumOf } from '../billing/split-pence.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { balanceOf, type Ledger } from '../ledger/ledger.ts';
import type { World } from './world.ts';

/** Which invariant of the book is broken, in words; null while all hold. Goes through everything there is. */
export function bookFault(world: World): string | null {
  return (
    setsFault(world.ledger, 0) ??
    sumFault(world.ledger) ??
    depositsFault(world) ??
    firstFault(world.contracts, (account) => accruedFault(world, account)) ??
    firstFault(world.operatorNames.keys(), (operator) => receivableFault(world, operator))
  );
}

/** The same of what was posted from `firstSet` on, and of the accounts that moved by it: cheap enough for every step. */
export function stepFault(world: World, firstSet: number): string | null {
  const { ledger, contracts } = world;
  const moved = movedAccounts(ledger, firstSet);
  const areDepositsMoved = moved.has('1010') || [...moved].some((account) => account.startsWith('2000:'));
  return (
    setsFault(ledger, firstSet) ??
    (areDepositsMoved ? depositsFault(world) : null) ??
    firstFault(contracts, (account) =>
      moved.has(accountOf('1110', account.contract.id)) ? accruedFault(world, account) : null,
    ) ??
    firstFault(world.operatorNames.keys(), (operator) =>
      moved.has(accountOf('1100', operator)) ? receivableFault(world, operator) : null,
    )
  );
}

/** What is looked at when days end: the step, and that the whole book sums to zero. */
export function closeFault(world: World, firstSet: number): string | null {
  return stepFault(world, firstSet) ?? sumFault(world.ledger);
}

function firstFault<T>(things: Iterable<T>, faultOf: (thing: T) => string | null): string | null {
  for (const thing of things) {
    const fault = faultOf(thing);
    if (fault !== null) return fault;
  }
  return null;
}

function movedAccounts({ sets }: Ledger, firstSet: number): Set<string> {
  const moved = new Set<string>();
  for (const { entries } of sets.slice(firstSet)) for (const { account } of entries) moved.add(account);
  return moved;
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

function sumFault({ balancesPence }: Ledger): string | null {
  let total = 0;
  for (const pence of balancesPence.values()) total += pence;
  return total === 0 ? null : `the balances sum to ${total} pence, not to 0`;
}

/** No deposit is overdrawn, and the cash held apart is what is owed of deposits. */
function depositsFault({ ledger, operatorNames }: World): string | null {
  let owed = 0;
  for (const operator of operatorNames.keys()) {
    const pence = balanceOf(ledger, accountOf('2000', operator));
    if (pence > 0) return `2000:${operator} is below zero by ${pence} pence`;
    owed -= pence;
  }
  const apart = balanceOf(ledger, '1010');
  return apart === owed ? null : `1010 holds ${apart} pence, and deposits of ${owed} are owed`;
}

/** Accrued income of a contract is what its open periods hold. */
function accruedFault({ ledger }: World, { contract, periods }: ContractAccount): string | null {
  const account = accountOf('1110', contract.id);
  let held = 0;
  for (const period of periods.values()) held += period.isFinal ? 0 : sumOf(period.held);
  const pence = balanceOf(ledger, account);
  return pence === held ? null : `${account} holds ${pence} pence, and its open periods ${held}`;
}

/** What an operator owes is the sum of what is open of its documents. */
function receivableFault({ ledger, money, contracts }: World, operator: string): string | null {
  const account = accountOf('1100', operator);
  let open = 0;
  for (const { contract, periods } of contracts) {
    if (contract.operator !== operator) continue;
    for (const [index, { isFinal }] of periods)
      if (isFinal) for (const state of documentsOfPeriod(money, contract.id, index)) open += openPence(state);
  }
  const pence = balanceOf(ledger, account);
  return pence === open ? null : `${account} holds ${pence} pence, and ${open} are open of its documents`;
}
