import { z } from 'zod';

/**
 * A statement of account: what an operator owed a facility, what was added and what was paid. Money is integer pence;
 * what the operator owes is positive. Days are local days of `timezone`, and the first and the last are both included.
 */
const day = z.iso.date();
const pence = z.number().int();

export const statementLineSchema = z.strictObject({
  day,
  /** What happened, in words: "Invoice", "Payment received". */
  words: z.string().min(1),
  /** Of the document or the receipt; null for what has none. */
  number: z.string().nullable(),
  pence,
  /** What is owed after this line. */
  balancePence: pence,
});
export type StatementLine = z.infer<typeof statementLineSchema>;

/** What is unpaid at the end, by whole days past its due day. Money not yet set against a document lessens `current`. */
export const ageingSchema = z.strictObject({
  currentPence: pence,
  days1To29Pence: pence,
  days30To59Pence: pence,
  days60To89Pence: pence,
  days90AndMorePence: pence,
});
export type Ageing = z.infer<typeof ageingSchema>;

export const statementSchema = z.strictObject({
  facility: z.strictObject({ id: z.string(), name: z.string() }),
  operator: z.strictObject({ id: z.string(), name: z.string() }),
  timezone: z.string(),
  currency: z.literal('GBP'),
  firstDay: day,
  lastDay: day,
  openingPence: pence,
  /** In the order they count; each balance is the one before it plus the line. */
  lines: z.array(statementLineSchema),
  closingPence: pence,
  /** Its parts come to `closingPence`. */
  ageing: ageingSchema,
  /** The journal up to, not including, this position, and the received time of the record before it, were known. */
  asOf: z.strictObject({ position: z.number().int().nonnegative(), receivedAtMs: z.number() }),
  isSimulated: z.boolean(),
});
export type Statement = z.infer<typeof statementSchema>;
