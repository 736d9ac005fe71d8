import { unreachable } from '../base/assert.ts';
import { type DocumentBook, waiverKey } from '../billing/document-book.ts';
import { amendContract } from '../billing/contract-account.ts';
import { eventEntries } from '../ledger/event-entries.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import type { MoneyDecision } from '../protocol/money-decision.ts';
import { accountNamed } from './account-named.ts';
import { decideReading } from './decide-reading.ts';
import { claimWaiting } from './decide-device.ts';
import { addToBook } from './load-book.ts';
import { postToBook } from './post-to-book.ts';
import { takeDocument } from './take-document.ts';
import {
  documentNamed,
  matchReceipt,
  payFromDeposit,
  recordReceipts,
  writeOffDocument,
} from './take-receipt.ts';
import { allDays } from './vehicle-days.ts';
import type { World } from './world.ts';

/** Takes a decision about readings, contracts, documents or the book. It was checked before it was journalled. */
export function decideMoney(world: World, decision: MoneyDecision, atMs: number): void {
  switch (decision.decision) {
    case 'open-epoch':
    case 'accept-reading':
    case 'reject-reading':
      return decideReading(world, decision, atMs);
    case 'extend-book':
      addToBook(world, decision);
      return claimWaiting(world, decision.trackers);
    case 'amend-contract':
      return amend(world, decision);
    case 'waive-exception':
      return waive(world.money, decision, atMs);
    case 'issue-document':
      return takeDocument(world, decision, atMs);
    case 'record-receipts':
      return recordReceipts(world, decision, atMs);
    case 'match-receipt':
      return matchReceipt(world, decision, atMs);
    case 'dispute-document':
    case 'settle-dispute':
      return decideDispute(world, decision, atMs);
    case 'write-off':
      return writeOffDocument(world, decision, atMs);
    case 'post-event':
      return postEvent(world, decision, atMs);
    case 'post-entry':
      return postEntry(world, decision, atMs);
    default:
      return unreachable(decision);
  }
}

function amend(world: World, { contract, amendment }: DecisionOf<'amend-contract'>): void {
  const account = accountNamed(world, contract);
  const index = world.contracts.indexOf(account);
  amendContract(account, amendment, (slot) => {
    const vehicle = world.vehicles[slot];
    return vehicle === undefined ? [] : allDays(vehicle.days).filter((row) => row.contract === index);
  });
}

function waive(
  { waivers }: DocumentBook,
  { contract, period, exception, reason, actor }: DecisionOf<'waive-exception'>,
  atMs: number,
): void {
  waivers.set(waiverKey(contract, period, exception), { reason, by: actor, atMs });
}

function decideDispute(
  world: World,
  decision: DecisionOf<'dispute-document' | 'settle-dispute'>,
  atMs: number,
): void {
  const { document, line, reason, actor } = decision;
  const { disputes } = documentNamed(world, document);
  if (decision.decision === 'dispute-document') {
    disputes.push({ line, reason, by: actor, sinceMs: atMs, settledAtMs: null });
    return;
  }
  for (const dispute of disputes) if (dispute.line === line) dispute.settledAtMs ??= atMs;
}

/** The event's entries, under an id that the position of its record makes unique. */
function postEvent(world: World, { event, actor }: DecisionOf<'post-event'>, atMs: number): void {
  const entries = eventEntries(world.ledger, event);
  if (event.event === 'deposit-applied') payFromDeposit(world, event.operator, event.pence, event.valueDay);
  if (entries.length === 0) return;
  postToBook(world, {
    id: `${event.event}:${world.nextPosition - 1}`,
    event: event.event,
    subject: event.reference,
    contract: null,
    valueDay: event.valueDay,
    postedAtMs: atMs,
    actor,
    approver: null,
    corrects: null,
    entries,
  });
}

function postEntry(world: World, decision: DecisionOf<'post-entry'>, atMs: number): void {
  const { entries, valueDay, corrects, reason, actor, approver } = decision;
  postToBook(world, {
    id: `manual:${world.nextPosition - 1}`,
    event: 'manual',
    subject: reason,
    contract: null,
    valueDay,
    postedAtMs: atMs,
    actor,
    approver: approver ?? null,
    corrects,
    entries,
  });
}
