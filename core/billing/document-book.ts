import { addDays, type LocalDay } from '../base/calendar.ts';
import type { DocumentKind, FinalDocument } from '../protocol/document.ts';
import type { Receipt } from '../protocol/money-decision.ts';

/** Every document that was issued, and what became of it. Documents never change; what follows stands beside them. */
export interface DocumentBook {
  /** By number, in the order they were issued. */
  readonly documents: Map<string, DocumentState>;
  /** Numbers by `periodKey`, in the order they were issued. */
  readonly byPeriod: Map<string, string[]>;
  readonly receipts: Map<string, ReceiptState>;
  /** By `periodKey` and exception. */
  readonly waivers: Map<string, Waiver>;
  /** The first local day that is still open; it only moves on. Null while no period is closed of any contract. */
  closedBefore: LocalDay | null;
}

export interface DocumentState {
  readonly document: FinalDocument;
  readonly issuedBy: string;
  readonly issuedAtMs: number;
  readonly payments: Payment[];
  /** Written off as uncollectable. */
  writtenOffPence: number;
  readonly disputes: Dispute[];
}

export interface Payment {
  /** The receipt, the credit note, or `deposit`, that paid. */
  readonly from: string;
  readonly pence: number;
  readonly valueDay: LocalDay;
}

export interface Dispute {
  /** Null for the whole document. */
  readonly line: number | null;
  readonly reason: string;
  readonly by: string;
  readonly sinceMs: number;
  settledAtMs: number | null;
}

export interface ReceiptState {
  readonly receipt: Receipt;
  /** What of it has paid no document yet. */
  unmatchedPence: number;
}

export interface Waiver {
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export function newDocumentBook(): DocumentBook {
  return {
    documents: new Map(),
    byPeriod: new Map(),
    receipts: new Map(),
    waivers: new Map(),
    closedBefore: null,
  };
}

export function periodKey(contract: string, period: number): string {
  return `${contract} ${period}`;
}

export function waiverKey(contract: string, period: number, exception: string): string {
  return `${periodKey(contract, period)} ${exception}`;
}

const PREFIXES: Readonly<Record<DocumentKind, string>> = {
  invoice: 'INV',
  supplementary: 'SUP',
  credit_note: 'CRN',
};

/** Numbers run on over all kinds, without gaps: the next one. */
export function nextNumber({ documents }: DocumentBook, kind: DocumentKind): string {
  return `${PREFIXES[kind]}-${String(documents.size + 1).padStart(6, '0')}`;
}

export function documentsOfPeriod(book: DocumentBook, contract: string, period: number): DocumentState[] {
  const numbers = book.byPeriod.get(periodKey(contract, period)) ?? [];
  return numbers.flatMap((number) => book.documents.get(number) ?? []);
}

/** What is still to be paid; below zero for a credit that has paid nothing yet. */
export function openPence({ document, payments, writtenOffPence }: DocumentState): number {
  return document.grossPence - payments.reduce((sum, { pence }) => sum + pence, 0) - writtenOffPence;
}

export type DocumentStatus = 'final' | 'part paid' | 'paid' | 'overdue' | 'disputed' | 'written off';

/** Rule B10: what a document is on a local day of its contract. */
export function documentStatus(state: DocumentState, today: LocalDay): DocumentStatus {
  const open = openPence(state);
  if (state.writtenOffPence > 0) return 'written off';
  if (open === 0) return 'paid';
  if (isDisputed(state, null) || (open > 0 && undisputedPence(state) === 0)) return 'disputed';
  if (open > 0 && today > state.document.dueDay) return 'overdue';
  return state.payments.length > 0 ? 'part paid' : 'final';
}

/** A line is disputed by itself or with its whole document; for `line` null only the latter counts. */
export function isDisputed({ disputes }: DocumentState, line: number | null): boolean {
  return disputes.some(
    (dispute) => dispute.settledAtMs === null && (dispute.line === null || dispute.line === line),
  );
}

/** What of the open amount nobody disputes, and so is dunned for. */
export function undisputedPence(state: DocumentState): number {
  if (isDisputed(state, null)) return 0;
  const { document } = state;
  const disputed = document.rated.lines.filter((_, line) => isDisputed(state, line));
  const netPence = disputed.reduce((sum, { pence }) => sum + pence, 0);
  const share = document.netPence === 0 ? 0 : (netPence * document.grossPence) / document.netPence;
  return Math.max(0, openPence(state) - Math.round(share));
}

/** Rule B14: what is done when a document stays unpaid, in days after it was due. */
export const DUNNING_STEPS = [
  { afterDays: 1, step: 'reminder' },
  { afterDays: 7, step: 'second reminder' },
  { afterDays: 14, step: 'call, and no new vehicles' },
  { afterDays: 30, step: 'credit watch' },
  { afterDays: 60, step: 'notice of default' },
  { afterDays: 90, step: 'default' },
] as const;
export type DunningStep = (typeof DUNNING_STEPS)[number]['step'];

export interface DueStep {
  readonly step: DunningStep;
  readonly day: LocalDay;
  readonly isDone: boolean;
}

/** The whole schedule of a document, what has come and what is to come; empty for one with nothing left to dun for. */
export function dunningSchedule(state: DocumentState, today: LocalDay): DueStep[] {
  if (undisputedPence(state) <= 0) return [];
  return DUNNING_STEPS.map(({ afterDays, step }) => {
    const day = addDays(state.document.dueDay, afterDays);
    return { step, day, isDone: day <= today };
  });
}
