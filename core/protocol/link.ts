import { z } from 'zod';
import { odometerOriginSchema, trackerProviderSchema } from './book.ts';
import { accessAsks } from './access-asks.ts';
import { moneyAsks } from './money-asks.ts';
import { doorAsks } from './door-asks.ts';
import { ingestAsks } from './ingest-asks.ts';
import { countsSchema } from './report.ts';

/**
 * What crosses the MessagePort between the core process and a window, beside the position frames (ArrayBuffers,
 * feed-frame.ts): the window asks `{ ask, id, input }` and gets one answer; the core pushes `{ push, value }`.
 * Money is integer pence, distance integer tenths of the contract's unit or decimal text, time epoch milliseconds.
 */
const tenths = z.number().int();
const pence = z.number().int();
const epochMs = z.number();
const day = z.iso.date();
const unit = z.enum(['mi', 'km']);

export const rosterEntrySchema = z.object({
  slot: z.number().int().nonnegative(),
  vehicle: z.string(),
  registration: z.string(),
  make: z.string(),
  model: z.string(),
  operator: z.string().nullable(),
  provider: trackerProviderSchema.nullable(),
  /** After this long without a word the vehicle is stale. */
  staleAfterMs: z.number().int().positive(),
  /** False for a device that is in no book: drawn and kept, not billed. */
  isClaimed: z.boolean(),
});
export type RosterEntry = z.infer<typeof rosterEntrySchema>;

/** A value with its two clocks; `observedAtMs` is null when the feed gives no reading time. */
const seen = <T extends z.ZodType>(value: T) =>
  z.object({ value, observedAtMs: epochMs.nullable(), receivedAtMs: epochMs });

export const vehicleNowSchema = z.object({
  vehicle: z.string(),
  registration: z.string(),
  make: z.string(),
  model: z.string(),
  vin: z.string().nullable(),
  operator: z.string().nullable(),
  contract: z.string().nullable(),
  device: z.string().nullable(),
  provider: trackerProviderSchema.nullable(),
  motion: z.enum(['unknown', 'stopped', 'moving', 'charging']),
  lastHeardAtMs: epochMs.nullable(),
  lastObservedAtMs: epochMs.nullable(),
  position: seen(z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() })).nullable(),
  speedKmh: seen(z.number()).nullable(),
  batteryPercent: seen(z.number()).nullable(),
  odometer: seen(
    z.object({ rawText: z.string(), rawUnit: z.string(), origin: odometerOriginSchema, tenths, unit }),
  ).nullable(),
  /** Billable today in the contract's time zone; null when the vehicle is in no contract. */
  today: z
    .object({
      day,
      tenths,
      unit,
      pence,
      ratePence: z.string(),
      isProvisional: z.boolean(),
      countedFromMs: epochMs,
    })
    .nullable(),
  quarantinedReadings: z.number().int(),
});
export type VehicleNow = z.infer<typeof vehicleNowSchema>;

/** One odometer reading as evidence: what was sent, what it means, what the meter made of it. */
export const evidenceReadingSchema = z.object({
  position: z.number().int().nonnegative().nullable(),
  observedAtMs: epochMs,
  receivedAtMs: epochMs,
  /** True when the feed gives no reading time, so the instant is that of receipt ("no later than"). */
  isReceiptTime: z.boolean(),
  source: z.string(),
  rawText: z.string(),
  rawUnit: z.string(),
  micrometres: z.number().int(),
  status: z.string(),
  topic: z.string().nullable(),
  transport: z.enum(['mqtt', 'tcp', 'udp']).nullable(),
  /** False for raw TCP and UDP, where an IMEI is only a name, and for a client that gave no credential. */
  isAuthenticated: z.boolean(),
  payloadUtf8: z.string().nullable(),
  payloadHex: z.string().nullable(),
  recordDigestHex: z.string().nullable(),
});
export type EvidenceReading = z.infer<typeof evidenceReadingSchema>;

/** The chain behind a vehicle's charge for a day, from the money down to the packets. */
export const chargeExplanationSchema = z.object({
  vehicle: z.string(),
  day,
  contract: z.string(),
  timezone: z.string(),
  unit,
  fromMs: epochMs,
  toMs: epochMs,
  isProvisional: z.boolean(),
  startMicrometres: z.number().int(),
  endMicrometres: z.number().int(),
  startTenths: tenths,
  endTenths: tenths,
  tenths,
  ratePence: z.string(),
  pence,
  /** Readings either side of both boundaries and between, oldest first; the middle may be left out. */
  readings: z.array(evidenceReadingSchema),
  readingsOmitted: z.number().int().nonnegative(),
  entries: z.array(
    z.object({ set: z.string(), valueDay: day, account: z.string(), pence, postedAtMs: epochMs }),
  ),
});
export type ChargeExplanation = z.infer<typeof chargeExplanationSchema>;

export const investorDaySchema = z.object({
  day,
  vehicles: z.number().int(),
  milesTenths: tenths,
  expectedMilesTenths: tenths,
  revenuePence: pence,
  expectedRevenuePence: pence,
  /** True until the day has closed and its accrual is posted. */
  isOpen: z.boolean(),
});
export type InvestorDay = z.infer<typeof investorDaySchema>;

export const investorSeriesSchema = z.object({
  facility: z.string(),
  currency: z.literal('GBP'),
  asOfMs: epochMs,
  /** Vehicles on contract, and those heard from in the last 24 hours. */
  vehicles: z.number().int(),
  vehiclesReporting: z.number().int(),
  accruedPence: pence,
  /** Priced and not posted yet: today's miles, and miles of closed days heard of late. */
  unpostedPence: pence,
  /** The part of it that today's miles come to. */
  todayPence: pence,
  days: z.array(investorDaySchema),
});
export type InvestorSeries = z.infer<typeof investorSeriesSchema>;

export const investorEntriesSchema = z.object({
  day,
  entries: z.array(
    z.object({
      set: z.string(),
      contract: z.string(),
      operator: z.string(),
      account: z.string(),
      pence,
      postedAtMs: epochMs.nullable(),
    }),
  ),
  vehicles: z.array(z.object({ vehicle: z.string(), registration: z.string(), tenths, pence })),
});
export type InvestorEntries = z.infer<typeof investorEntriesSchema>;

export const alarmSchema = z.object({
  id: z.string(),
  priority: z.enum(['P1', 'P2', 'P3']),
  words: z.string(),
  response: z.string(),
  raisedAtMs: epochMs,
  count: z.number().int().positive(),
});
export type Alarm = z.infer<typeof alarmSchema>;

export const statusSchema = z.object({
  clockMs: epochMs,
  clock: z.enum(['system', 'driven']),
  isSimulated: z.boolean(),
  intake: z.enum(['running', 'stopped', 'replaying']),
  mqttPort: z.number().int(),
  connections: z.number().int(),
  /** Connections turned away or cut since the core started, by reason; there is no packet to count them by. */
  connectionsRefused: z.record(z.string(), z.number().int()),
  packetsPerSecond: z.number(),
  coreLagP99Ms: z.number(),
  newestObservedAtMs: epochMs.nullable(),
  journalBytes: z.number(),
  journalRecords: z.number().int(),
  vehicles: z.number().int(),
  vehiclesMoving: z.number().int(),
  /** Whole book, open day of each contract included. */
  tenthsToday: tenths,
  penceToday: pence,
  alarms: z.array(alarmSchema),
  counts: countsSchema,
});
export type Status = z.infer<typeof statusSchema>;

/** Every question a window may ask, with the shape of its input and of its answer. */
export const asks = {
  'fleet.roster': { input: z.strictObject({}), answer: z.array(rosterEntrySchema) },
  'vehicle.now': { input: z.strictObject({ vehicle: z.string() }), answer: vehicleNowSchema.nullable() },
  'charge.explain': {
    input: z.strictObject({ vehicle: z.string(), day: day.nullable() }),
    answer: chargeExplanationSchema.nullable(),
  },
  'investor.series': { input: z.strictObject({}), answer: investorSeriesSchema },
  'investor.entries': { input: z.strictObject({ day }), answer: investorEntriesSchema },
  ...doorAsks,
  ...ingestAsks,
  ...accessAsks,
  ...moneyAsks,
} as const;
export type AskName = keyof typeof asks;
export type AskInput<N extends AskName> = z.infer<(typeof asks)[N]['input']>;
export type AskAnswer<N extends AskName> = z.infer<(typeof asks)[N]['answer']>;

/** Window to core. */
export const askMessageSchema = z.strictObject({
  ask: z.enum(Object.keys(asks) as [AskName, ...AskName[]]),
  id: z.number().int().nonnegative(),
  input: z.unknown(),
});
export type AskMessage = z.infer<typeof askMessageSchema>;

/** Core to window: answers and pushes. Position frames come as bare ArrayBuffers. */
export type CoreMessage =
  | { readonly answer: number; readonly ok: true; readonly value: unknown }
  | { readonly answer: number; readonly ok: false; readonly problem: string }
  | { readonly push: 'status'; readonly value: Status }
  /** The roster grew: ask for it again. */
  | { readonly push: 'roster-changed' };
