import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { assert } from '../base/assert.ts';
import type { LocalDay } from '../base/calendar.ts';
import { accountFacts } from './chart-of-accounts.ts';

/** One side of a set: debit positive, credit negative, in pence. */
export interface Entry {
  readonly account: string;
  readonly pence: number;
}

/** A balanced set of entries as it is to be posted. */
export interface EntrySetDraft {
  /** Idempotency key derived from the business event; a set id posts at most once. */
  readonly id: string;
  /** What happened, in one word of the postings table. */
  readonly event: string;
  /** The document, receipt, contract or other thing it comes from. */
  readonly subject: string;
  /** The contract whose figures it moves; null when it is about none. */
  readonly contract: string | null;
  readonly valueDay: LocalDay;
  readonly postedAtMs: number;
  readonly actor: string;
  /** The second person, where one is needed. */
  readonly approver: string | null;
  /** The set that this one corrects. */
  readonly corrects: string | null;
  readonly entries: readonly Entry[];
}

/** A set in the book: posted whole, never edited; it carries the hash of the set before it. */
export interface EntrySet extends EntrySetDraft {
  readonly previousHash: string;
  readonly hash: string;
}

/** The book of one facility, one currency. Invariant: every set and all balances together sum to zero. */
export interface Ledger {
  readonly sets: EntrySet[];
  readonly setIds: Set<string>;
  readonly balancesPence: Map<string, number>;
  /** Why nothing is posted any more: an invariant that broke, in words; null while all hold. */
  fault: string | null;
}

export const FIRST_HASH = '0'.repeat(64);

export function newLedger(): Ledger {
  return { sets: [], setIds: new Set(), balancesPence: new Map(), fault: null };
}

export function balanceOf(ledger: Ledger, account: string): number {
  return ledger.balancesPence.get(account) ?? 0;
}

/**
 * Posts a set once, whole. What does not balance, names an account outside the chart or repeats an id is our own mistake:
 * it becomes the book's fault, in words, and nothing is posted from then on until a person has looked. Null when nothing
 * was posted.
 */
export function postSet(ledger: Ledger, draft: EntrySetDraft): EntrySet | null {
  if (ledger.fault !== null) return null;
  ledger.fault = draftFault(ledger, draft);
  if (ledger.fault !== null) return null;
  const previousHash = ledger.sets.at(-1)?.hash ?? FIRST_HASH;
  const set: EntrySet = { ...draft, previousHash, hash: hashOf(draft, previousHash) };
  ledger.sets.push(set);
  ledger.setIds.add(set.id);
  for (const { account, pence } of set.entries) {
    ledger.balancesPence.set(account, balanceOf(ledger, account) + pence);
  }
  return set;
}

function draftFault(ledger: Ledger, draft: EntrySetDraft): string | null {
  const { id, entries } = draft;
  if (entries.length < 2) return `set ${id} needs two entries`;
  if (sumPence(entries) !== 0) return `set ${id} does not balance`;
  if (!entries.every(({ pence }) => Number.isSafeInteger(pence))) return `set ${id} has part pennies`;
  const stranger = entries.find(({ account }) => accountFacts(account) === null);
  if (stranger !== undefined) return `set ${id} names ${stranger.account}, which is no account of the chart`;
  return ledger.setIds.has(id) ? `set ${id} was posted before` : null;
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

/** The balances as they stood when a moment of posting had passed; accounts at zero are left out. */
export function balancesAsOf(ledger: Ledger, asOfMs: number): Map<string, number> {
  const balances = new Map<string, number>();
  for (const { postedAtMs, entries } of ledger.sets) {
    if (postedAtMs > asOfMs) continue;
    for (const { account, pence } of entries) balances.set(account, (balances.get(account) ?? 0) + pence);
  }
  for (const [account, pence] of balances) if (pence === 0) balances.delete(account);
  assert(sumOf(balances.values()) === 0, 'a book sums to zero as of every moment');
  return balances;
}

function hashOf(set: EntrySetDraft, previousHash: string): string {
  const content = [
    set.id,
    set.event,
    set.subject,
    set.contract,
    set.valueDay,
    set.postedAtMs,
    set.actor,
    set.approver,
    set.corrects,
    set.entries.map(({ account, pence }) => [account, pence]),
    previousHash,
  ];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(content))));
}

function sumPence(entries: readonly Entry[]): number {
  return sumOf(entries.map(({ pence }) => pence));
}

function sumOf(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
