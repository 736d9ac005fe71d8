import { daysBetween, type LocalDay, localDayOf } from '../base/calendar.ts';
import { documentStatus, type DocumentState, dunningSchedule, openPence } from '../billing/document-book.ts';
import type { DocumentDetail, DocumentRow, ReceiptRow } from '../protocol/money-asks.ts';
import type { World } from './world.ts';

/** Documents, newest first. */
export function describeDocuments(
  world: World,
  input: { readonly operator: string | null; readonly openOnly: boolean; readonly limit: number },
): { readonly documents: DocumentRow[]; readonly matching: number } {
  const found = [...world.money.documents.values()]
    .filter((state) => input.operator === null || state.document.operator.id === input.operator)
    .filter((state) => !input.openOnly || openPence(state) !== 0)
    .toReversed();
  return {
    documents: found.slice(0, input.limit).map((state) => documentRow(world, state)),
    matching: found.length,
  };
}

export function describeDocument(world: World, number: string): DocumentDetail | null {
  const state = world.money.documents.get(number);
  if (state === undefined) return null;
  return {
    document: state.document,
    row: documentRow(world, state),
    issuedBy: state.issuedBy,
    issuedAtMs: state.issuedAtMs,
    payments: state.payments.map((payment) => ({ ...payment })),
    disputes: state.disputes.map((dispute) => ({ ...dispute })),
    dunning: dunningSchedule(state, todayOf(world, state)).map((step) => ({ ...step })),
    sets: world.ledger.sets.filter(({ subject }) => subject === number).map(({ id }) => id),
  };
}

function documentRow(world: World, state: DocumentState): DocumentRow {
  const { document } = state;
  const today = todayOf(world, state);
  const { number, kind, contract, operator, rated, issuedDay, dueDay, netPence, vatPence, grossPence } =
    document;
  return {
    number,
    kind,
    contract,
    operator: operator.id,
    operatorName: operator.name,
    startDay: rated.startDay,
    endDay: rated.endDay,
    issuedDay,
    dueDay,
    daysPastDue: daysBetween(dueDay, today),
    netPence,
    vatPence,
    grossPence,
    openPence: openPence(state),
    status: documentStatus(state, today),
    isProvisional: rated.isProvisional,
    dunning: dunningSchedule(state, today).findLast(({ isDone }) => isDone)?.step ?? null,
  };
}

function todayOf(world: World, { document }: DocumentState): LocalDay {
  return localDayOf(world.clockMs, document.timezone);
}

/** Receipts, newest first. */
export function describeReceipts(
  world: World,
  { unmatchedOnly, limit }: { readonly unmatchedOnly: boolean; readonly limit: number },
): { readonly receipts: ReceiptRow[]; readonly matching: number } {
  const found = [...world.money.receipts.values()]
    .filter(({ unmatchedPence }) => !unmatchedOnly || unmatchedPence > 0)
    .toReversed();
  return {
    receipts: found.slice(0, limit).map(({ receipt, unmatchedPence }) => ({ ...receipt, unmatchedPence })),
    matching: found.length,
  };
}
