import { z } from 'zod';
import { finalDocumentSchema, ratedPeriodSchema } from './document.ts';
import { receiptSchema } from './money-decision.ts';
import { ageingSchema, statementSchema } from './statement.ts';
import { amendmentSchema, termsSchema } from './terms.ts';

/** What a window asks about money. Money is integer pence, distance whole tenths of `unit`, times epoch milliseconds. */
const day = z.iso.date();
const epochMs = z.number();
const pence = z.number().int();
const count = z.number().int().nonnegative();
const unit = z.enum(['mi', 'km']);
const documentNumber = finalDocumentSchema.shape.number;
const refused = z.object({ ok: z.literal(false), field: z.string(), problem: z.string() });

/** Why a figure is what it is: collected, invoiced, accrued in the book, or estimated since. They add up to the whole. */
export const moneySplitSchema = z.object({
  /** Paid. */
  collectedPence: pence,
  /** Invoiced, net and VAT, and not paid. */
  invoicedPence: pence,
  /** Posted as accrued income, not invoiced. */
  accruedPence: pence,
  /** Priced since the last posting, from packets that came in. */
  estimatedPence: pence,
});
export type MoneySplit = z.infer<typeof moneySplitSchema>;

export const periodStates = ['open', 'draft', 'final', 'correction due', 'too late to charge'] as const;

/** A contract's period in a list. `draft`: over and not invoiced; `correction due`: invoiced, and priced otherwise now;
 * `too late to charge`: more is due for a period that ended too long ago (rule B13). */
export const periodRowSchema = z.object({
  contract: z.string(),
  operator: z.string(),
  operatorName: z.string(),
  period: count,
  startDay: day,
  endDay: day,
  unit,
  state: z.enum(periodStates),
  vehicles: count,
  tenths: z.number().int(),
  netPence: pence,
  /** Sum of its documents, net; 0 while there is none. */
  issuedNetPence: pence,
  /** Exceptions that nobody has waived. */
  exceptions: count,
  isProvisional: z.boolean(),
  documents: z.array(documentNumber),
});
export type PeriodRow = z.infer<typeof periodRowSchema>;

export const exceptionRowSchema = z.object({
  exception: z.string(),
  kind: z.string(),
  vehicle: z.string().nullable(),
  registration: z.string().nullable(),
  words: z.string(),
  /** False for what time alone settles. */
  canBeWaived: z.boolean(),
  waived: z.object({ reason: z.string(), by: z.string(), atMs: epochMs }).nullable(),
});
export type ExceptionRow = z.infer<typeof exceptionRowSchema>;

export const documentStatuses = ['final', 'part paid', 'paid', 'overdue', 'disputed', 'written off'] as const;
export const documentRowSchema = z.object({
  number: documentNumber,
  kind: finalDocumentSchema.shape.kind,
  contract: z.string(),
  operator: z.string(),
  operatorName: z.string(),
  startDay: day,
  endDay: day,
  issuedDay: day,
  dueDay: day,
  /** Below zero while it is not due. */
  daysPastDue: z.number().int(),
  netPence: pence,
  vatPence: pence,
  grossPence: pence,
  openPence: pence,
  status: z.enum(documentStatuses),
  isProvisional: z.boolean(),
  /** The last step that has come; null for none. */
  dunning: z.string().nullable(),
});
export type DocumentRow = z.infer<typeof documentRowSchema>;

export const dueStepSchema = z.object({ step: z.string(), day, isDone: z.boolean() });

export const documentDetailSchema = z.object({
  document: finalDocumentSchema,
  row: documentRowSchema,
  issuedBy: z.string(),
  issuedAtMs: epochMs,
  payments: z.array(z.object({ from: z.string(), pence, valueDay: day })),
  disputes: z.array(
    z.object({
      line: count.nullable(),
      reason: z.string(),
      by: z.string(),
      sinceMs: epochMs,
      settledAtMs: epochMs.nullable(),
    }),
  ),
  /** The whole schedule, come and to come; empty with nothing to dun for. */
  dunning: z.array(dueStepSchema),
  /** The sets it posted. */
  sets: z.array(z.string()),
});
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const receiptRowSchema = receiptSchema.extend({ unmatchedPence: pence });
export type ReceiptRow = z.infer<typeof receiptRowSchema>;

export const contractRowSchema = z.object({
  contract: z.string(),
  operator: z.string(),
  operatorName: z.string(),
  timezone: z.string(),
  unit,
  anchor: day,
  start: day,
  end: day.nullable(),
  scope: z.enum(['vehicle', 'contract']),
  terms: termsSchema,
  amendments: z.array(amendmentSchema),
  targetMiles: z.string().nullable(),
  /** Distance under the contract so far. */
  tenths: z.number().int(),
  vatRate: z.string(),
  paymentTermsDays: count,
  vehicles: z.array(
    z.object({ vehicle: z.string(), registration: z.string(), fromMs: epochMs, toMs: epochMs.nullable() }),
  ),
});
export type MoneyContractRow = z.infer<typeof contractRowSchema>;

export const operatorRowSchema = z.object({
  operator: z.string(),
  name: z.string(),
  contracts: count,
  vehicles: count,
  /** Of this calendar month, in the unit of its first contract. */
  monthTenths: z.number().int(),
  unit,
  money: moneySplitSchema,
  /** Owed on documents, credits taken off. */
  balancePence: pence,
  overduePence: pence,
  daysPastDue: count,
  depositPence: pence,
  ageing: ageingSchema,
});
export type OperatorRow = z.infer<typeof operatorRowSchema>;

export const balanceRowSchema = z.object({
  account: z.string(),
  code: z.string(),
  name: z.string(),
  normal: z.enum(['debit', 'credit']),
  /** Debit above zero, credit below. */
  pence,
});
export type BalanceRow = z.infer<typeof balanceRowSchema>;

export const setRowSchema = z.object({
  id: z.string(),
  event: z.string(),
  subject: z.string(),
  contract: z.string().nullable(),
  valueDay: day,
  postedAtMs: epochMs,
  actor: z.string(),
  approver: z.string().nullable(),
  corrects: z.string().nullable(),
  entries: z.array(z.object({ account: z.string(), pence })),
  hash: z.string(),
});
export type SetRow = z.infer<typeof setRowSchema>;

/** One line of a file that was handed in, and what is wrong with it. */
export const lineProblemSchema = z.object({
  line: z.number().int().positive(),
  field: z.string(),
  problem: z.string(),
});
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** A reading as a person judges it. `position`, `atMs` and `micrometres` name it in a decision. */
export const judgedReadingSchema = z.object({
  /** Of its packet in the journal; below zero for one that people signed. */
  position: z.number().int(),
  atMs: epochMs,
  receivedAtMs: epochMs,
  /** As the instrument showed it. */
  micrometres: z.number().int(),
  tenths: z.number().int(),
  unit,
  status: z.string(),
  source: z.string(),
});
export type JudgedReadingRow = z.infer<typeof judgedReadingSchema>;

export const fileFormats = ['pdf', 'csv', 'parquet'] as const;
const taken = z.object({ ok: z.literal(true), number: documentNumber });

export const moneyAsks = {
  /** The facility's name and day, and whether every invariant of its book holds: `fault` says which does not. */
  'money.now': {
    input: z.strictObject({}),
    answer: z.object({
      facility: z.string().nullable(),
      today: day,
      asOfMs: epochMs,
      closedBefore: day.nullable(),
      fault: z.string().nullable(),
      money: moneySplitSchema,
    }),
  },
  /** Newest first; `operator` null for all. */
  'money.periods': {
    input: z.strictObject({ operator: z.string().nullable(), limit: z.number().int().min(1).max(10_000) }),
    answer: z.object({ periods: z.array(periodRowSchema), matching: count }),
  },
  /** What closing, or correcting, a period would issue now; `document` null when nothing is due. */
  'money.preview': {
    input: z.strictObject({ contract: z.string(), period: count }),
    answer: z
      .object({
        row: periodRowSchema,
        rated: ratedPeriodSchema,
        exceptions: z.array(exceptionRowSchema),
        document: finalDocumentSchema.nullable(),
      })
      .nullable(),
  },
  /**
   * Closes or corrects a period: the document is written from all that is known now, journalled, and final. It is
   * refused when it comes to something else than the preview that the person saw.
   */
  'money.issue': {
    input: z.strictObject({
      contract: z.string(),
      period: count,
      previewNetPence: pence,
      /** The operator caused it, by tampering or an unplugged tracker: more is due however long ago it was. */
      isOperatorFault: z.boolean().optional(),
      reason: z.string().min(1).max(1_000),
    }),
    answer: z.union([taken, refused]),
  },
  /** Newest first. */
  'money.documents': {
    input: z.strictObject({
      operator: z.string().nullable(),
      openOnly: z.boolean(),
      limit: z.number().int().min(1).max(10_000),
    }),
    answer: z.object({ documents: z.array(documentRowSchema), matching: count }),
  },
  'money.document': {
    input: z.strictObject({ number: documentNumber }),
    answer: documentDetailSchema.nullable(),
  },
  /** The document as a file; base64. */
  'money.paper': {
    input: z.strictObject({ number: documentNumber, format: z.enum(fileFormats) }),
    answer: z.object({ name: z.string(), base64: z.string() }).nullable(),
  },
  'money.receipts': {
    input: z.strictObject({ unmatchedOnly: z.boolean(), limit: z.number().int().min(1).max(10_000) }),
    answer: z.object({ receipts: z.array(receiptRowSchema), matching: count }),
  },
  /** What is wrong with a bank statement's CSV, line by line, or its receipts with the matches that suggest themselves. */
  'money.read-bank-csv': {
    input: z.strictObject({ csv: z.string().max(16_777_216) }),
    answer: z.object({
      problems: z.array(lineProblemSchema),
      receipts: z.array(
        receiptSchema.extend({
          /** Why each match suggests itself, in the order of `matches`; with none, the one reason why. */
          because: z.array(z.string()),
          /** It is recorded already. */
          isKnown: z.boolean(),
        }),
      ),
    }),
  },
  'money.contracts': { input: z.strictObject({}), answer: z.array(contractRowSchema) },
  /** What is wrong with a CSV of contracts, line by line, and what it would add; `decision` null while anything is wrong. */
  'money.read-contracts-csv': {
    input: z.strictObject({ csv: z.string().max(16_777_216) }),
    answer: z.object({
      problems: z.array(lineProblemSchema),
      contracts: count,
      vehicles: count,
      operators: count,
      /** A draft of `extend-book`, to be decided as it is. */
      decision: z.record(z.string(), z.unknown()).nullable(),
    }),
  },
  /** The contracts as the same CSV that is read. */
  'money.contracts-csv': {
    input: z.strictObject({}),
    answer: z.object({ name: z.string(), csv: z.string() }),
  },
  'money.operators': { input: z.strictObject({}), answer: z.array(operatorRowSchema) },
  'money.statement': {
    input: z.strictObject({ operator: z.string(), fromDay: day, toDay: day }),
    answer: statementSchema.nullable(),
  },
  'money.statement-paper': {
    input: z.strictObject({
      operator: z.string(),
      fromDay: day,
      toDay: day,
      format: z.enum(fileFormats),
    }),
    answer: z.object({ name: z.string(), base64: z.string() }).nullable(),
  },
  /** As of a past moment, by when sets were posted; null for now. */
  'money.balances': {
    input: z.strictObject({ asOfMs: epochMs.nullable() }),
    answer: z.object({
      asOfMs: epochMs,
      balances: z.array(balanceRowSchema),
      sets: count,
      lastHash: z.string(),
    }),
  },
  /** Newest first; `account` a whole account such as "1100:north", or a code such as "1100" for all of it. */
  'money.sets': {
    input: z.strictObject({
      asOfMs: epochMs.nullable(),
      account: z.string().nullable(),
      subject: z.string().nullable(),
      limit: z.number().int().min(1).max(10_000),
    }),
    answer: z.object({ sets: z.array(setRowSchema), matching: count }),
  },
  /** A folder for one document that `verify` checks on another machine, written below the data folder; its path. */
  'money.evidence-pack': {
    input: z.strictObject({ number: documentNumber }),
    answer: z.union([z.object({ ok: z.literal(true), folder: z.string(), records: count }), refused]),
  },
  /** Readings of a vehicle's billing series that do not count, newest first, for a person to judge. */
  'money.quarantine': {
    input: z.strictObject({ vehicle: z.string(), limit: z.number().int().min(1).max(1_000) }),
    answer: z
      .object({
        registration: z.string(),
        /** The last one that counts; null when none does. */
        lastAccepted: judgedReadingSchema.nullable(),
        /** The readings after it speak against it: it may be the one that is wrong (rule M5). */
        isSuspect: z.boolean(),
        readings: z.array(judgedReadingSchema),
      })
      .nullable(),
  },
} as const;
