import { z } from 'zod';
import {
  bookContractSchema,
  bookOpeningSchema,
  bookOperatorSchema,
  bookTrackerSchema,
  bookVehicleSchema,
} from './book.ts';
import { finalDocumentSchema } from './document.ts';
import { ledgerEventSchema } from './ledger-event.ts';
import { signed } from './signed.ts';
import { amendmentSchema, decimalText } from './terms.ts';

/** Decisions about readings, contracts, documents and the book. Money is integer pence, days are local days. */
const id = z.string().min(1).max(64);
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const index = z.number().int().nonnegative();
const positivePence = z.number().int().positive().max(1_000_000_000_000);
const documentNumber = finalDocumentSchema.shape.number;

/** Rule M6: the instrument was replaced or set back; `closing` is the old one's value, `opening` the new one's. */
const openEpochSchema = z.strictObject({
  decision: z.literal('open-epoch'),
  ...signed,
  vehicle: id,
  at: instant,
  closing: decimalText,
  opening: decimalText,
  unit: z.enum(['mi', 'km']),
});

/** Which reading of a vehicle's billing series: where its packet is, its instant and its distance as it was sent. */
const readingSchema = {
  vehicle: id,
  position: index,
  atMs: z.number().int(),
  micrometres: z.number().int().nonnegative(),
};
const acceptReadingSchema = z.strictObject({
  decision: z.literal('accept-reading'),
  ...signed,
  ...readingSchema,
});
const rejectReadingSchema = z.strictObject({
  decision: z.literal('reject-reading'),
  ...signed,
  ...readingSchema,
});

/** More operators, vehicles, trackers, contracts and handover readings, such as from a CSV. */
const extendBookSchema = z.strictObject({
  decision: z.literal('extend-book'),
  ...signed,
  operators: z.array(bookOperatorSchema),
  vehicles: z.array(bookVehicleSchema),
  trackers: z.array(bookTrackerSchema),
  contracts: z.array(bookContractSchema),
  openings: z.array(bookOpeningSchema),
});

/** New terms from a local day on; terms that were are never edited. */
const amendContractSchema = z.strictObject({
  decision: z.literal('amend-contract'),
  ...signed,
  contract: id,
  amendment: amendmentSchema,
});

/** Somebody looked at what speaks against closing a period, and says why it may be closed all the same. */
const waiveExceptionSchema = z.strictObject({
  decision: z.literal('waive-exception'),
  ...signed,
  contract: id,
  period: index,
  exception: z.string().min(1).max(200),
});

/** A document becomes final, with all it says. The core writes it; nobody else can. */
const issueDocumentSchema = z.strictObject({
  decision: z.literal('issue-document'),
  ...signed,
  document: finalDocumentSchema,
});

const matchSchema = z.strictObject({ document: documentNumber, pence: positivePence });
export type ReceiptMatch = z.infer<typeof matchSchema>;

/** Money that came in. What is matched to no document waits as unallocated. */
export const receiptSchema = z.strictObject({
  /** Unique in the facility, such as the bank's transaction id. */
  receipt: id,
  valueDay: day,
  pence: positivePence,
  payer: z.string().max(200),
  reference: z.string().max(200),
  matches: z.array(matchSchema).max(1_000),
});
export type Receipt = z.infer<typeof receiptSchema>;

const recordReceiptsSchema = z.strictObject({
  decision: z.literal('record-receipts'),
  ...signed,
  receipts: z.array(receiptSchema).min(1).max(10_000),
});

/** Money that waited as unallocated pays documents. */
const matchReceiptSchema = z.strictObject({
  decision: z.literal('match-receipt'),
  ...signed,
  receipt: id,
  matches: z.array(matchSchema).min(1).max(1_000),
});

/** The operator disputes a line, or, with `line` null, the whole document: dunning stops for it. */
const disputeSchema = z.strictObject({
  decision: z.literal('dispute-document'),
  ...signed,
  document: documentNumber,
  line: index.nullable(),
});
const settleDisputeSchema = z.strictObject({
  decision: z.literal('settle-dispute'),
  ...signed,
  document: documentNumber,
  line: index.nullable(),
});

/** What is open of a document is given up: against the loss allowance, the rest as credit loss. */
const writeOffSchema = z.strictObject({
  decision: z.literal('write-off'),
  ...signed,
  document: documentNumber,
});

const postEventSchema = z.strictObject({
  decision: z.literal('post-event'),
  ...signed,
  event: ledgerEventSchema,
});

/** Entries written by hand; debit above zero, credit below. They sum to zero. */
const postEntrySchema = z.strictObject({
  decision: z.literal('post-entry'),
  ...signed,
  valueDay: day,
  /** The set that this one corrects. */
  corrects: z.string().min(1).nullable(),
  entries: z
    .array(z.strictObject({ account: z.string().min(1).max(80), pence: z.number().int() }))
    .min(2)
    .max(100),
});

export const moneyDecisions = [
  openEpochSchema,
  acceptReadingSchema,
  rejectReadingSchema,
  extendBookSchema,
  amendContractSchema,
  waiveExceptionSchema,
  issueDocumentSchema,
  recordReceiptsSchema,
  matchReceiptSchema,
  disputeSchema,
  settleDisputeSchema,
  writeOffSchema,
  postEventSchema,
  postEntrySchema,
] as const;

export type MoneyDecision = z.infer<(typeof moneyDecisions)[number]>;

const moneyDecisionNames: ReadonlySet<string> = new Set(
  moneyDecisions.map(({ shape }) => shape.decision.value),
);

/** One about readings, contracts, documents or the book. */
export function isMoneyDecision(decision: { readonly decision: string }): decision is MoneyDecision {
  return moneyDecisionNames.has(decision.decision);
}
