import { assert, unreachable } from '../base/assert.ts';
import { closeDay } from '../billing/close-day.ts';
import type { Decision } from '../protocol/decision.ts';
import type { JournalRecord, Note } from '../protocol/journal-record.ts';
import { decideAccount, propose, settleProposal } from './decide-access.ts';
import { claimDevice, releaseDevice } from './decide-device.ts';
import { closeFault, stepFault } from './book-invariants.ts';
import { noteClosed, openDayOf } from './closed-before.ts';
import { isMoneyDecision, type MoneyDecision } from '../protocol/money-decision.ts';
import { decideMoney } from './decide-money.ts';
import { decideDoor } from './decide-door.ts';
import { loadBook } from './load-book.ts';
import { postToBook } from './post-to-book.ts';
import { noteSituation } from './situations.ts';
import { takePacket } from './take-packet.ts';
import type { World } from './world.ts';

/**
 * The fold: moves the world by one record of the journal. Records come in order, each once; the world that results
 * depends on nothing else.
 */
export function applyRecord(world: World, record: JournalRecord): void {
  assert(
    record.position === world.nextPosition,
    () => `record ${record.position} came at ${world.nextPosition}`,
  );
  assert(record.receivedAtMs >= world.clockMs, () => `record ${record.position} goes back in time`);
  if (record.receivedAtMs >= world.nextDeadlineMs) passDeadlines(world, record.receivedAtMs);
  world.clockMs = record.receivedAtMs;
  world.nextPosition = record.position + 1;
  switch (record.kind) {
    case 'packet':
      return takePacket(world, record);
    case 'decision':
      return takeDecision(world, record.decision, record.receivedAtMs);
    case 'note':
      return takeNote(world, record.note, record.receivedAtMs);
    case 'tick':
    case 'erased':
      return;
    default:
      return unreachable(record);
  }
}

function takeNote(world: World, note: Note, atMs: number): void {
  world.counts.notes[note.note] = (world.counts.notes[note.note] ?? 0) + 1;
  if (note.note === 'situation') noteSituation(world, { ...note, atMs });
}

function takeDecision(world: World, decision: Decision, atMs: number): void {
  world.door.version += 1;
  if (isMoneyDecision(decision)) return takeMoney(world, decision, atMs);
  switch (decision.decision) {
    case 'load-book':
      loadBook(world, decision.book);
      world.nextDeadlineMs = firstDeadlineMs(world);
      return;
    case 'claim-device':
      return claimDevice(world, decision, atMs);
    case 'release-device':
      return releaseDevice(world, decision);
    case 'issue-credential':
    case 'revoke-credential':
    case 'allow-networks':
    case 'switch-mapping':
      return decideDoor(world.door, decision, atMs);
    case 'add-account':
    case 'change-password':
    case 'disable-account':
    case 'set-roles':
      return decideAccount(world.access, decision, atMs);
    case 'propose':
      return propose(world.access, decision, atMs);
    case 'approve':
    case 'decline':
    case 'withdraw': {
      const approved = settleProposal(world.access, decision, atMs);
      return approved === null ? undefined : takeDecision(world, approved, atMs);
    }
    default:
      return unreachable(decision);
  }
}

/** A decision about money moves the book, and the book is held to its rules before anything follows. */
function takeMoney(world: World, decision: MoneyDecision, atMs: number): void {
  const firstSet = world.ledger.sets.length;
  decideMoney(world, decision, atMs);
  if (decision.decision === 'issue-document') noteClosed(world);
  world.ledger.fault ??= stepFault(world, firstSet);
  world.nextDeadlineMs = firstDeadlineMs(world);
}

/** Posts each contract's accrual for every local day that ended at or before `nowMs`, earliest midnight first. */
function passDeadlines(world: World, nowMs: number): void {
  while (world.nextDeadlineMs <= nowMs) {
    const firstSet = world.ledger.sets.length;
    for (const account of world.contracts) {
      if (account.openDayEndMs !== world.nextDeadlineMs) continue;
      for (const draft of closeDay(account))
        postToBook(world, { ...draft, valueDay: openDayOf(world, draft.valueDay) });
    }
    world.ledger.fault ??= closeFault(world, firstSet);
    world.nextDeadlineMs = firstDeadlineMs(world);
  }
}

function firstDeadlineMs(world: World): number {
  let deadlineMs = Number.POSITIVE_INFINITY;
  for (const account of world.contracts) deadlineMs = Math.min(deadlineMs, account.openDayEndMs);
  return deadlineMs;
}
