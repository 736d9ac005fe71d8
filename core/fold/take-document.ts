import { must } from '../base/assert.ts';
import type { LocalDay } from '../base/calendar.ts';
import { divideHalfAwayFromZero } from '../base/decimal.ts';
import { wholeTenths } from '../base/distance.ts';
import type { ContractAccount, PeriodAccount } from '../billing/account-shapes.ts';
import { accrualEntries } from '../billing/close-day.ts';
import { openedPeriod } from '../billing/contract-account.ts';
import { documentsOfPeriod, type DocumentState, openPence, periodKey } from '../billing/document-book.ts';
import { exact } from '../billing/exact-terms.ts';
import { minus, NO_PENCE, type SplitPence, splitLines, sumOf } from '../billing/split-pence.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { moved } from '../ledger/event-entries.ts';
import { balanceOf, type Entry, type EntrySetDraft } from '../ledger/ledger.ts';
import type { FinalDocument } from '../protocol/document.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import { accountNamed } from './account-named.ts';
import { billedSeries } from './billed-series.ts';
import { odometerThrough } from '../metering/thin-series.ts';
import { postToBook } from './post-to-book.ts';
import type { World } from './world.ts';

/** A document as it was recorded: it stands beside its period, and the book has its entries. */
export function takeDocument(world: World, decision: DecisionOf<'issue-document'>, atMs: number): void {
  const { document, actor } = decision;
  const account = accountNamed(world, document.contract);
  const period = openedPeriod(account, document.rated.period);
  const before = documentsOfPeriod(world.money, document.contract, document.rated.period);
  const state: DocumentState = {
    document,
    issuedBy: actor,
    issuedAtMs: atMs,
    payments: [],
    writtenOffPence: 0,
    disputes: [],
  };
  const post = (draft: DraftOfDocument): void => postToBook(world, { ...draftOf(decision, atMs), ...draft });
  if (document.kind === 'invoice') reverseAccrual(account, period, document, post);
  postAmounts(document, before.at(-1)?.document ?? null, post);
  world.money.documents.set(document.number, state);
  const key = periodKey(document.contract, document.rated.period);
  world.money.byPeriod.set(key, [...(world.money.byPeriod.get(key) ?? []), document.number]);
  period.isFinal = true;
  for (const earlier of before) {
    if (document.kind === 'credit_note') setOff(state, earlier, document.issuedDay);
    else setOff(earlier, state, document.issuedDay);
  }
  postDepreciation(world, document, post);
}

type DraftOfDocument = Pick<EntrySetDraft, 'id' | 'event' | 'entries'>;

function draftOf(
  { document, actor }: DecisionOf<'issue-document'>,
  atMs: number,
): Omit<EntrySetDraft, keyof DraftOfDocument> {
  return {
    subject: document.number,
    contract: document.contract,
    valueDay: document.issuedDay,
    postedAtMs: atMs,
    actor,
    approver: null,
    corrects: null,
  };
}

function reverseAccrual(
  { contract }: ContractAccount,
  period: PeriodAccount,
  { number }: FinalDocument,
  post: (draft: DraftOfDocument) => void,
): void {
  const entries = accrualEntries(contract.id, minus(NO_PENCE, period.held));
  if (entries.length > 0) post({ id: `accrual-reversal:${number}`, event: 'accrual-reversal', entries });
  period.held = NO_PENCE;
}

/** The receivable against income and VAT; for a correction what the period comes to more, or less, by account. */
function postAmounts(
  document: FinalDocument,
  before: FinalDocument | null,
  post: (draft: DraftOfDocument) => void,
): void {
  const income: SplitPence = minus(
    splitLines(document.rated.lines),
    before === null ? NO_PENCE : splitLines(before.rated.lines),
  );
  const entries: Entry[] = [
    { account: accountOf('1100', document.operator.id), pence: sumOf(income) + document.vatPence },
    { account: '4000', pence: -income.mileage },
    { account: '4010', pence: -income.minimum },
    { account: '2100', pence: -document.vatPence },
  ].filter(({ pence }) => pence !== 0);
  if (entries.length > 0) post({ id: `document:${document.number}`, event: document.kind, entries });
}

/** A credit pays what is open of the period it corrects, oldest first; the rest stays with the operator. */
function setOff(credit: DocumentState, owed: DocumentState, valueDay: LocalDay): void {
  const pence = Math.min(openPence(owed), -openPence(credit));
  if (pence <= 0) return;
  owed.payments.push({ from: credit.document.number, pence, valueDay });
  credit.payments.push({ from: owed.document.number, pence: -pence, valueDay });
}

/** Depreciation by miles: what a vehicle has lost by the end of the period, less what the book has of it. */
function postDepreciation(
  world: World,
  document: FinalDocument,
  post: (draft: DraftOfDocument) => void,
): void {
  const entries: Entry[] = [];
  for (const [vehicle, untilMs] of closedUntilMs(world, document)) {
    const lostPence = depreciatedPence(world, document, vehicle, untilMs);
    if (lostPence === null) continue;
    const depreciation = accountOf('1290', vehicle);
    const pence = lostPence + balanceOf(world.ledger, depreciation);
    if (pence !== 0) entries.push(...moved('5000', depreciation, pence));
  }
  if (entries.length > 0) post({ id: `depreciation:${document.number}`, event: 'depreciation', entries });
}

/**
 * Until when each vehicle of a document is depreciated: a correction of a month does not undo the months after it, of
 * whichever contract they are.
 */
function closedUntilMs(world: World, { rated }: FinalDocument): Map<string, number> {
  const untilMs = new Map(rated.vehicles.map(({ vehicle }) => [vehicle, rated.endMs]));
  for (const { document } of world.money.documents.values()) {
    const { endMs, vehicles } = document.rated;
    // Nearly all there are: documents that end no later say nothing new.
    if (endMs <= rated.endMs) continue;
    for (const { vehicle } of vehicles) {
      const known = untilMs.get(vehicle);
      if (known !== undefined) untilMs.set(vehicle, Math.max(known, endMs));
    }
  }
  return untilMs;
}

/**
 * (cost − residual value) for each of the residual miles, down to the residual value and not below; null when the book
 * or the contract does not say what is lost.
 */
function depreciatedPence(
  world: World,
  document: FinalDocument,
  name: string,
  untilMs: number,
): number | null {
  const { underwriting } = accountNamed(world, document.contract).contract;
  const vehicle = must(world.vehicles[world.slotByVehicle.get(name) ?? -1], 'a rated vehicle has a slot');
  const costPence = balanceOf(world.ledger, accountOf('1200', name));
  if (costPence <= 0 || underwriting.rv === undefined || underwriting.rvMiles === undefined) return null;
  const series = billedSeries(vehicle);
  if (series === null || vehicle.opening === null) return null;
  const from = odometerThrough(series, vehicle.opening.atMs, world.archive) ?? 0;
  const to = odometerThrough(series, untilMs, world.archive) ?? from;
  const tenths = wholeTenths(to, 'mi') - wholeTenths(from, 'mi');
  const rv = exact(underwriting.rv);
  const rvMiles = exact(underwriting.rvMiles);
  if (rvMiles.digits === 0n) return null;
  const lossPence = costPence - Number(divideHalfAwayFromZero(rv.digits * 100n, 10n ** BigInt(rv.scale)));
  const pence = divideHalfAwayFromZero(
    BigInt(lossPence) * BigInt(tenths) * 10n ** BigInt(rvMiles.scale),
    rvMiles.digits * 10n,
  );
  return Math.max(0, Math.min(lossPence, Number(pence)));
}
