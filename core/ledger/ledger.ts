import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { assert } from '../base/assert.ts';
import type { LocalDay } from '../base/calendar.ts';

/** One side of a set: debit positive, credit negative, in pence. */
export interface Entry {
  readonly account: string;
  readonly pence: number;
}

/** A balanced set of entries, posted whole, never edited; it carries the hash of the set before it. */
export interface EntrySet {
  /** Idempotency key derived from the business event; a set id posts at most once. */
  readonly id: string;
  readonly event: 'accrual';
  readonly contract: string;
  readonly valueDay: LocalDay;
  readonly postedAtMs: number;
  readonly actor: string;
  readonly entries: readonly Entry[];
  readonly previousHash: string;
  readonly hash: string;
}

/** The book of one facility, one currency. Invariant: every set and all balances together sum to zero. */
export interface Ledger {
  readonly sets: EntrySet[];
  readonly setIds: Set<string>;
  readonly balancesPence: Map<string, number>;
}

/** Accounts of the chart that first light posts to. */
export const ACCOUNT = {
  accruedIncome: (contract: string): string => `1110:${contract}`,
  mileageIncome: '4000',
} as const;

export const FIRST_HASH = '0'.repeat(64);

export function newLedger(): Ledger {
  return { sets: [], setIds: new Set(), balancesPence: new Map() };
}

/** Posts a set once, whole. What does not balance, or repeats an id, is our own mistake. */
export function postSet(ledger: Ledger, draft: Omit<EntrySet, 'previousHash' | 'hash'>): EntrySet {
  assert(draft.entries.length >= 2, () => `set ${draft.id} needs two entries`);
  assert(sumPence(draft.entries) === 0, () => `set ${draft.id} does not balance`);
  assert(
    draft.entries.every((entry) => Number.isSafeInteger(entry.pence)),
    () => `set ${draft.id} has part pennies`,
  );
  assert(!ledger.setIds.has(draft.id), () => `set ${draft.id} was posted before`);
  const previousHash = ledger.sets.at(-1)?.hash ?? FIRST_HASH;
  const set: EntrySet = { ...draft, previousHash, hash: hashOf(draft, previousHash) };
  ledger.sets.push(set);
  ledger.setIds.add(set.id);
  for (const { account, pence } of set.entries) {
    ledger.balancesPence.set(account, (ledger.balancesPence.get(account) ?? 0) + pence);
  }
  return set;
}

/** The first set that breaks a rule of the book, in words; null when the whole chain holds. */
export function findBrokenSet(ledger: Ledger): string | null {
  let previousHash = FIRST_HASH;
  for (const set of ledger.sets) {
    if (set.previousHash !== previousHash) return `set ${set.id} does not follow the one before it`;
    if (hashOf(set, previousHash) !== set.hash) return `set ${set.id} is not what was posted`;
    if (sumPence(set.entries) !== 0) return `set ${set.id} does not balance`;
    previousHash = set.hash;
  }
  const total = [...ledger.balancesPence.values()].reduce((sum, pence) => sum + pence, 0);
  return total === 0 ? null : `the balances sum to ${total} pence instead of 0`;
}

function hashOf(set: Omit<EntrySet, 'previousHash' | 'hash'>, previousHash: string): string {
  const content = [
    set.id,
    set.event,
    set.contract,
    set.valueDay,
    set.postedAtMs,
    set.actor,
    set.entries,
    previousHash,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(content))));
}

function sumPence(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.pence, 0);
}
