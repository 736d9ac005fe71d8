import { z } from 'zod';

/**
 * A final document, whole, as it is journalled when it is issued and never changed again. Money is integer pence,
 * distance whole tenths of `unit`, days are local days of the contract's time zone, times epoch milliseconds.
 */
const day = z.iso.date();
const epochMs = z.number();
const pence = z.number().int();
const tenths = z.number().int();
const count = z.number().int().nonnegative();
const decimalText = z.string().regex(/^\d+(\.\d+)?$/);

export const lineKinds = [
  'standing',
  'miles',
  'uncharged_over_cap',
  'cap_adjustment',
  'min_miles_shortfall',
  'min_charge_topup',
] as const;
export type LineKind = (typeof lineKinds)[number];

/** One printed line: quantity × rate, rounded once (rule B6). The sum of the lines is the net amount. */
export const printedLineSchema = z.strictObject({
  kind: z.enum(lineKinds),
  /** Whose distance it is; null for the contract's pool, or its only vehicle. */
  vehicle: z.string().nullable(),
  /** The days it covers, the last one not included. */
  fromDay: day,
  toDay: day,
  tenths: tenths.nullable(),
  /** Pence for one unit; null for a line of money alone. */
  ratePence: decimalText.nullable(),
  pence,
});
export type PrintedLine = z.infer<typeof printedLineSchema>;

/** Where a vehicle's distance in the period comes from. */
export const vehicleUsageSchema = z.strictObject({
  vehicle: z.string(),
  registration: z.string(),
  /** The odometer at both ends of its time in the period, micrometres, as rule M7 gives it. */
  startMicrometres: z.number().int(),
  endMicrometres: z.number().int(),
  tenths,
  /** The end lies after its last accepted reading (rule B12). */
  isProvisional: z.boolean(),
  /** Some reading came from a sender that did not prove who it is. */
  isUnauthenticated: z.boolean(),
});
export type VehicleUsage = z.infer<typeof vehicleUsageSchema>;

/** A period priced from all accepted readings (rules B1 to B8). */
export const ratedPeriodSchema = z.strictObject({
  period: count,
  startDay: day,
  /** The first day of the next period. */
  endDay: day,
  startMs: epochMs,
  endMs: epochMs,
  activeDays: count,
  periodDays: count,
  tenths,
  vehicles: z.array(vehicleUsageSchema),
  lines: z.array(printedLineSchema),
  netPence: pence,
  vatPence: pence,
  grossPence: pence,
  isProvisional: z.boolean(),
});
export type RatedPeriod = z.infer<typeof ratedPeriodSchema>;

export const documentKinds = ['invoice', 'supplementary', 'credit_note'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A document issued before this one for the same period. */
const earlierDocumentSchema = z.strictObject({ number: z.string(), netPence: pence, vatPence: pence });

export const finalDocumentSchema = z.strictObject({
  /** Unique in the facility, and never given again. */
  number: z.string().regex(/^[A-Z]{2,4}-\d{6}$/),
  kind: z.enum(documentKinds),
  facility: z.strictObject({ id: z.string(), name: z.string() }),
  contract: z.string(),
  operator: z.strictObject({ id: z.string(), name: z.string() }),
  timezone: z.string(),
  currency: z.literal('GBP'),
  unit: z.enum(['mi', 'km']),
  /** A local day of the contract, and the day it is to be paid by. A credit note is due at once. */
  issuedDay: day,
  dueDay: day,
  vatRate: decimalText,
  /** The whole period as it is priced at the as-of moment. */
  rated: ratedPeriodSchema,
  /** For a correction: what was issued before it; the amounts below are `rated` less the sum of these (rule B11). */
  earlier: z.array(earlierDocumentSchema),
  /** Distance of this document: of the period for an invoice, the difference for a correction. */
  tenths,
  netPence: pence,
  vatPence: pence,
  grossPence: pence,
  /** For a correction: the journal positions of the readings that came since the document before. */
  causePositions: z.array(count),
  /** The journal up to, not including, this position, and the received time of the record before it, were known. */
  asOf: z.strictObject({ position: count, receivedAtMs: epochMs }),
  /** SHA-256 of the accepted readings and the terms it is made from. */
  inputsSha256Hex: z.string().regex(/^[0-9a-f]{64}$/),
  versions: z.strictObject({ rules: count, decoders: count, timeZoneData: z.string() }),
  /** The operator caused what is corrected, so that no time limit protects it (rule B13). */
  isOperatorFault: z.boolean(),
  isSimulated: z.boolean(),
});
export type FinalDocument = z.infer<typeof finalDocumentSchema>;
