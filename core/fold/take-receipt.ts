import { must } from '../base/assert.ts';
import { divideHalfAwayFromZero } from '../base/decimal.ts';
import type { LocalDay } from '../base/calendar.ts';
import { type DocumentState, openPence, type ReceiptState } from '../billing/document-book.ts';
import { exact } from '../billing/exact-terms.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { moved } from '../ledger/event-entries.ts';
import { balanceOf, type Entry, type EntrySetDraft } from '../ledger/ledger.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import type { ReceiptMatch } from '../protocol/money-decision.ts';
import { postToBook } from './post-to-book.ts';
import { facilityDay } from './facility-day.ts';
import type { World } from './world.ts';

/** Money that came in: it pays the documents it is matched to, and waits as unallocated for the rest. */
export function recordReceipts(world: World, decision: DecisionOf<'record-receipts'>, atMs: number): void {
  for (const receipt of decision.receipts) {
    const matchedPence = receipt.matches.reduce((sum, { pence }) => sum + pence, 0);
    const state: ReceiptState = { receipt, unmatchedPence: receipt.pence - matchedPence };
    world.money.receipts.set(receipt.receipt, state);
    const post = poster(world, decision, atMs, receipt.receipt, receipt.valueDay);
    const entries: Entry[] = [{ account: '1000', pence: receipt.pence }];
    for (const match of receipt.matches) entries.push(paidEntry(world, match));
    if (state.unmatchedPence > 0) entries.push({ account: '2400', pence: -state.unmatchedPence });
    post({ id: `receipt:${receipt.receipt}`, event: 'receipt', entries });
    payDocuments(world, receipt.receipt, receipt.matches, receipt.valueDay, post);
  }
}

/** Unallocated money pays documents, dated now. */
export function matchReceipt(world: World, decision: DecisionOf<'match-receipt'>, atMs: number): void {
  const { receipt, matches } = decision;
  const state = must(world.money.receipts.get(receipt), 'checked before it was journalled');
  const today = facilityDay(atMs);
  const matchedPence = matches.reduce((sum, { pence }) => sum + pence, 0);
  const post = poster(world, decision, atMs, receipt, today);
  const id = `receipt-match:${receipt}:${state.unmatchedPence}`;
  state.unmatchedPence -= matchedPence;
  const entries = [
    { account: '2400', pence: matchedPence },
    ...matches.map((match) => paidEntry(world, match)),
  ];
  post({ id, event: 'receipt-match', entries });
  payDocuments(world, receipt, matches, today, post);
}

type Post = (draft: Pick<EntrySetDraft, 'id' | 'event' | 'entries'>) => void;

function poster(
  world: World,
  { actor }: { readonly actor: string },
  atMs: number,
  subject: string,
  valueDay: LocalDay,
): Post {
  return (draft) =>
    postToBook(world, {
      ...draft,
      subject,
      contract: null,
      valueDay,
      postedAtMs: atMs,
      actor,
      approver: null,
      corrects: null,
    });
}

function paidEntry(world: World, { document, pence }: ReceiptMatch): Entry {
  return { account: accountOf('1100', documentNamed(world, document).document.operator.id), pence: -pence };
}

function payDocuments(
  world: World,
  receipt: string,
  matches: readonly ReceiptMatch[],
  valueDay: LocalDay,
  post: Post,
): void {
  for (const { document, pence } of matches) {
    const state = documentNamed(world, document);
    const feeBefore = servicingFeePence(world, state);
    state.payments.push({ from: receipt, pence, valueDay });
    const fee = servicingFeePence(world, state) - feeBefore;
    const id = `servicing-fee:${document}:${state.payments.length}`;
    if (fee !== 0) post({ id, event: 'servicing-fee', entries: moved('5200', '2200', fee) });
  }
}

/** The fee on what was collected of a document net of VAT; of the whole, so that parts leave no penny over. */
function servicingFeePence(world: World, { document, payments }: DocumentState): number {
  const rate = exact(world.facility?.servicingFeeRate ?? '0');
  if (document.grossPence === 0) return 0;
  const collected = payments
    .filter(({ from }) => world.money.receipts.has(from))
    .reduce((sum, { pence }) => sum + pence, 0);
  return Number(
    divideHalfAwayFromZero(
      BigInt(collected) * BigInt(document.netPence) * rate.digits,
      BigInt(document.grossPence) * 10n ** BigInt(rate.scale),
    ),
  );
}

/** What an operator left apart pays the oldest of its open documents. */
export function payFromDeposit(world: World, operator: string, pence: number, valueDay: LocalDay): void {
  let left = pence;
  for (const state of openDocumentsOf(world, operator)) {
    const paid = Math.min(left, openPence(state));
    state.payments.push({ from: 'deposit', pence: paid, valueDay });
    left -= paid;
    if (left === 0) return;
  }
}

/** An operator's documents with something left to pay, oldest first. */
export function openDocumentsOf(world: World, operator: string): DocumentState[] {
  return [...world.money.documents.values()].filter(
    (state) => state.document.operator.id === operator && openPence(state) > 0,
  );
}

/** What is open of a document is given up: from the loss allowance as far as it goes, the rest as credit loss. */
export function writeOffDocument(world: World, decision: DecisionOf<'write-off'>, atMs: number): void {
  const state = documentNamed(world, decision.document);
  const pence = openPence(state);
  const operator = state.document.operator.id;
  const allowance = accountOf('1190', operator);
  const allowed = Math.max(0, Math.min(pence, -balanceOf(world.ledger, allowance)));
  state.writtenOffPence = pence;
  postToBook(world, {
    id: `write-off:${decision.document}`,
    event: 'write-off',
    subject: decision.document,
    contract: null,
    valueDay: facilityDay(atMs),
    postedAtMs: atMs,
    actor: decision.actor,
    approver: decision.approver ?? null,
    corrects: null,
    entries: [
      { account: allowance, pence: allowed },
      { account: '5100', pence: pence - allowed },
      { account: accountOf('1100', operator), pence: -pence },
    ].filter((entry) => entry.pence !== 0),
  });
}

export function documentNamed(world: World, number: string): DocumentState {
  return must(world.money.documents.get(number), 'the document was checked before it was journalled');
}
