import { unreachable } from '../base/assert.ts';
import { periodOf } from '../billing/contract-account.ts';
import { isDisputed, openPence, type DocumentState } from '../billing/document-book.ts';
import { accountFacts } from '../ledger/chart-of-accounts.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import type { MoneyDecision, ReceiptMatch } from '../protocol/money-decision.ts';
import { accountOrNull } from './account-named.ts';
import { extendProblem } from './check-extension.ts';
import { readingProblem } from './check-reading.ts';
import { eventProblem } from './check-event.ts';
import { composeDocument } from './compose-document.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { facilityDay } from './facility-day.ts';
import { periodExceptions } from './period-exceptions.ts';
import type { World } from './world.ts';

/** What moves the book; none of it is taken while an invariant of the book is broken. */
const POSTING: ReadonlySet<MoneyDecision['decision']> = new Set([
  'issue-document',
  'record-receipts',
  'match-receipt',
  'write-off',
  'post-event',
  'post-entry',
]);

/** Why a decision about money cannot be taken as the world stands; null when it may be. */
export function moneyProblem(world: World, decision: MoneyDecision): DecisionProblem | null {
  if (world.facility === null && decision.decision !== 'extend-book')
    return problem('decision', 'there is no facility yet; load a book, or import contracts, first');
  const { fault } = world.ledger;
  if (fault !== null && POSTING.has(decision.decision))
    return problem('decision', `nothing is posted while the book does not balance: ${fault}`);
  switch (decision.decision) {
    case 'open-epoch':
    case 'accept-reading':
    case 'reject-reading':
      return readingProblem(world, decision);
    case 'extend-book':
      return extendProblem(world, decision);
    case 'amend-contract':
      return amendProblem(world, decision);
    case 'waive-exception':
      return waiveProblem(world, decision);
    case 'issue-document':
      return issueProblem(world, decision);
    case 'record-receipts':
      return receiptsProblem(world, decision);
    case 'match-receipt':
      return matchProblem(world, decision);
    case 'dispute-document':
    case 'settle-dispute':
      return disputeProblem(world, decision);
    case 'write-off':
      return writeOffProblem(world, decision);
    case 'post-event':
      return (
        dayProblem(world, 'event.valueDay', decision.event.valueDay) ?? eventProblem(world, decision.event)
      );
    case 'post-entry':
      return entryProblem(world, decision);
    default:
      return unreachable(decision);
  }
}

function amendProblem(
  world: World,
  { contract, amendment }: DecisionOf<'amend-contract'>,
): DecisionProblem | null {
  const account = accountOrNull(world, contract);
  if (account === null) return problem('contract', `there is no contract "${contract}"`);
  const final = [...account.periods.values()].filter(({ isFinal }) => isFinal);
  const until = final
    .map(({ period }) => period.endDay)
    .toSorted()
    .at(-1);
  if (until === undefined || amendment.from >= until) return null;
  return problem('amendment.from', `${contract} is invoiced until ${until}; amend it from then on`);
}

function waiveProblem(world: World, waiver: DecisionOf<'waive-exception'>): DecisionProblem | null {
  const account = accountOrNull(world, waiver.contract);
  if (account === null) return problem('contract', `there is no contract "${waiver.contract}"`);
  const exceptions = periodExceptions(world, account, periodOf(account, waiver.period));
  const exception = exceptions.find((each) => each.exception === waiver.exception);
  if (exception === undefined)
    return problem('exception', `the period has no exception "${waiver.exception}"`);
  return exception.kind === 'period not over'
    ? problem('exception', `${exception.words}; it cannot be closed before`)
    : null;
}

function issueProblem(world: World, { document }: DecisionOf<'issue-document'>): DecisionProblem | null {
  const account = accountOrNull(world, document.contract);
  if (account === null) return problem('contract', `there is no contract "${document.contract}"`);
  const period = periodOf(account, document.rated.period);
  const { versions, isSimulated, isOperatorFault } = document;
  const due = composeDocument(world, account, period, { versions, isSimulated, isOperatorFault });
  if (due === null) return problem('document', 'nothing is due for this period');
  if (JSON.stringify(due) !== JSON.stringify(document))
    return problem('document', 'the period has changed since this document was written; write it again');
  const standing = periodExceptions(world, account, period).filter(({ waived }) => waived === null);
  const [first] = document.kind === 'invoice' ? standing : [];
  if (first === undefined) return null;
  const others = standing.length === 1 ? '' : `, and ${standing.length - 1} more`;
  return problem('exception', `${first.registration ?? document.contract}: ${first.words}${others}`);
}

function receiptsProblem(world: World, { receipts }: DecisionOf<'record-receipts'>): DecisionProblem | null {
  const seen = new Set<string>();
  const paid = new Map<string, number>();
  for (const [i, { receipt, valueDay, pence, matches }] of receipts.entries()) {
    const field = `receipts.${i}`;
    if (seen.has(receipt) || world.money.receipts.has(receipt))
      return problem(`${field}.receipt`, `the receipt "${receipt}" is recorded already`);
    seen.add(receipt);
    const found =
      dayProblem(world, `${field}.valueDay`, valueDay) ??
      matchesProblem(world, `${field}.matches`, pence, matches, paid);
    if (found !== null) return found;
  }
  return null;
}

function matchProblem(world: World, match: DecisionOf<'match-receipt'>): DecisionProblem | null {
  const state = world.money.receipts.get(match.receipt);
  if (state === undefined) return problem('receipt', `there is no receipt "${match.receipt}"`);
  return matchesProblem(world, 'matches', state.unmatchedPence, match.matches, new Map());
}

/** `paid` is what the receipts before pay of each document, and is added to. */
function matchesProblem(
  world: World,
  field: string,
  pence: number,
  matches: readonly ReceiptMatch[],
  paid: Map<string, number>,
): DecisionProblem | null {
  const sum = matches.reduce((total, match) => total + match.pence, 0);
  if (sum > pence) return problem(field, `${sum} pence are matched, and only ${pence} are there`);
  for (const match of matches) {
    const state = world.money.documents.get(match.document);
    if (state === undefined) return problem(field, `there is no document "${match.document}"`);
    const already = paid.get(match.document) ?? 0;
    const open = openPence(state) - already;
    if (match.pence > open) return problem(field, `only ${open} pence are open of ${match.document}`);
    paid.set(match.document, already + match.pence);
  }
  return null;
}

function documentProblem(world: World, number: string): DecisionProblem | DocumentState {
  return world.money.documents.get(number) ?? problem('document', `there is no document "${number}"`);
}

function disputeProblem(
  world: World,
  decision: DecisionOf<'dispute-document' | 'settle-dispute'>,
): DecisionProblem | null {
  const state = documentProblem(world, decision.document);
  if (!('document' in state)) return state;
  const { line } = decision;
  if (line !== null && line >= state.document.rated.lines.length)
    return problem('line', `${decision.document} has ${state.document.rated.lines.length} lines`);
  const isOpen = state.disputes.some((each) => each.settledAtMs === null && each.line === line);
  if (decision.decision === 'settle-dispute') return isOpen ? null : problem('line', 'this is not disputed');
  return isDisputed(state, line) ? problem('line', 'this is disputed already') : null;
}

function writeOffProblem(world: World, decision: DecisionOf<'write-off'>): DecisionProblem | null {
  const state = documentProblem(world, decision.document);
  if (!('document' in state)) return state;
  return openPence(state) > 0 ? null : problem('document', `nothing is open of ${decision.document}`);
}

/** Accounts whose balance must be what documents, receipts and deposits say; a hand would break that. */
const KEPT_BY_EVENTS: ReadonlySet<string> = new Set(['1010', '1100', '1110', '2000', '2400']);

function entryProblem(world: World, entry: DecisionOf<'post-entry'>): DecisionProblem | null {
  const sum = entry.entries.reduce((total, { pence }) => total + pence, 0);
  if (sum !== 0) return problem('entries', `the entries sum to ${sum} pence, not to 0`);
  for (const [i, { account, pence }] of entry.entries.entries()) {
    const field = `entries.${i}`;
    if (accountFacts(account) === null)
      return problem(`${field}.account`, `"${account}" is no account; write it like "1000" or "1200:V1"`);
    if (KEPT_BY_EVENTS.has(account.split(':')[0] ?? ''))
      return problem(
        `${field}.account`,
        `"${account}" is kept by documents and receipts; record one instead`,
      );
    if (pence === 0) return problem(`${field}.pence`, 'an entry moves at least a penny');
  }
  if (entry.corrects !== null && !world.ledger.setIds.has(entry.corrects))
    return problem('corrects', `there is no set "${entry.corrects}"`);
  return dayProblem(world, 'valueDay', entry.valueDay);
}

/** Closing a period forbids value days in it; nothing is dated into the future. */
export function dayProblem(world: World, field: string, valueDay: string): DecisionProblem | null {
  const today = facilityDay(world.clockMs);
  if (valueDay > today) return problem(field, `${valueDay} is to come; today is ${today}`);
  const closed = world.money.closedBefore;
  if (closed === null || valueDay >= closed) return null;
  return problem(field, `the book is closed before ${closed}; date it ${closed} or later`);
}
