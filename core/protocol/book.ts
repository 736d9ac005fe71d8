import { z } from 'zod';
import { isTimeZone } from '../base/calendar.ts';
import { doubleAssignments } from './double-assignments.ts';
import { amendmentSchema, decimalText, quantitySchema, termsSchema } from './terms.ts';

/**
 * The book a fresh data folder is given in one journalled decision: who owns, who pays, which vehicle carries which
 * tracker, under which terms, from which odometer value. Field names follow `milepost bill`.
 */
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const id = z.string().min(1).max(64);

/** The feeds the product decodes by itself. */
export const builtInProviders = [
  'tesla-fleet-telemetry',
  'teltonika',
  'teltonika-mqtt-json',
  'queclink',
  'renault-kamereon',
  'bmw-cardata',
  'ovms',
  'teslamate',
  'smartcar',
  'owntracks',
  'flespi',
  'traccar',
] as const;
export type BuiltInProvider = (typeof builtInProviders)[number];

/** A mapping file's name: it stands in topics, keys and file names. */
export const mappingNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, a letter first, 40 at most');

/** Who makes the packets: a built-in feed, or `mapped:<name>` for one that a mapping file describes. */
export const trackerProviderSchema = z.union([
  z.enum(builtInProviders),
  z.templateLiteral(['mapped:', mappingNameSchema]),
]);
export type TrackerProvider = z.infer<typeof trackerProviderSchema>;

export const odometerOrigins = ['vehicle', 'tracker', 'can', 'server'] as const;
export const odometerOriginSchema = z.enum(odometerOrigins);
export type OdometerOrigin = z.infer<typeof odometerOriginSchema>;
/** A distance that a server worked out is evidence, and never billed. */
export const billableOriginSchema = z.enum(['vehicle', 'tracker', 'can'], {
  error: 'vehicle, tracker or can; what a server worked out is never billed',
});

export const bookOperatorSchema = z.strictObject({ id, name: z.string().min(1) });

export const bookVehicleSchema = z.strictObject({
  id,
  vin: z
    .string()
    .regex(/^[A-HJ-NPR-Z0-9]{17}$/, '17 characters without I, O, Q')
    .optional(),
  registration: z.string().min(1),
  make: z.string().min(1),
  model: z.string().min(1),
  class: z.enum(['car', 'van', 'taxi', 'truck']),
  powertrain: z.enum(['BEV', 'PHEV']),
  /** What it was bought for, pounds. */
  cost: quantitySchema.optional(),
});

/** A tracker belongs to a vehicle for an interval; `origin` says which of its odometers is billed (rule M4a). */
export const bookTrackerSchema = z.strictObject({
  vehicle: id,
  provider: trackerProviderSchema,
  externalId: z.string().min(1),
  origin: billableOriginSchema,
  from: instant,
  to: instant.optional(),
});

export const bookContractSchema = z
  .strictObject({
    id,
    operator: id,
    timezone: z
      .string()
      .refine(isTimeZone, 'an IANA time zone, such as Europe/London')
      .default('Europe/London'),
    unit: z.enum(['mi', 'km']),
    /** Periods are counted from this local day. */
    anchor: day,
    start: day,
    /** The first day that is not in the contract any more. */
    end: day.optional(),
    assignments: z.array(z.strictObject({ vehicle: id, from: instant, to: instant.optional() })),
    terms: termsSchema,
    amendments: z.array(amendmentSchema).optional(),
    /** Whose distance minimum, cap and tiers are tested on: each vehicle's, or all of them together, which is usual. */
    scope: z.enum(['vehicle', 'contract']).optional(),
    targetMiles: quantitySchema.optional(),
    /** Such as "0.2"; none when left out. */
    vatRate: quantitySchema.optional(),
    /** 14 when left out. */
    paymentTermsDays: z.number().int().min(0).max(365).optional(),
    /** Pounds that the operator leaves with the facility. */
    deposit: quantitySchema.optional(),
    /** What was assumed at signing: use, and what a vehicle is worth in pounds after how many miles. */
    underwriting: z.strictObject({
      milesPerMonth: z.number().positive(),
      rv: quantitySchema.optional(),
      rvMiles: quantitySchema.optional(),
      lossRate: quantitySchema.optional(),
    }),
  })
  .refine(({ anchor, start }) => anchor <= start, {
    path: ['anchor'],
    error: 'periods are counted from the anchor on: give a day at or before the start',
  });

/** A signed handover reading: the opening value of a vehicle's billing series. */
export const bookOpeningSchema = z.strictObject({
  vehicle: id,
  at: instant,
  value: decimalText,
  unit: z.enum(['mi', 'km']),
});

export const bookSchema = z
  .strictObject({
    facility: z.strictObject({
      id,
      name: z.string().min(1),
      currency: z.literal('GBP'),
      /** Of what is collected net of VAT, such as "0.05"; none when left out. */
      servicingFeeRate: quantitySchema.optional(),
      /** Months after its end that a period may still be charged more for; 12 when left out, 0 for ever (rule B13). */
      supplementaryMonths: z.number().int().min(0).max(120).optional(),
      /** What its documents say about it: address, VAT number, and how to pay. */
      addressLines: z.array(z.string().max(100)).max(6).optional(),
      vatNumber: z.string().max(32).optional(),
      paymentLines: z.array(z.string().max(100)).max(6).optional(),
    }),
    operators: z.array(bookOperatorSchema),
    vehicles: z.array(bookVehicleSchema),
    trackers: z.array(bookTrackerSchema),
    contracts: z.array(bookContractSchema),
    openings: z.array(bookOpeningSchema),
  })
  .superRefine((book, context) => {
    const doubled = doubleAssignments(book.contracts);
    for (const problem of [...danglingNames(book), ...sharedTrackers(book), ...doubled])
      context.addIssue({ code: 'custom', ...problem });
  });

export type Book = z.infer<typeof bookSchema>;
export type BookVehicle = z.infer<typeof bookVehicleSchema>;
export type BookContract = z.infer<typeof bookContractSchema>;
export type BookTracker = z.infer<typeof bookTrackerSchema>;

interface NamedLists {
  readonly operators: readonly { id: string }[];
  readonly vehicles: readonly { id: string }[];
  readonly trackers: readonly { vehicle: string }[];
  readonly contracts: readonly { operator: string; assignments: readonly { vehicle: string }[] }[];
  readonly openings: readonly { vehicle: string }[];
}

function danglingNames(book: NamedLists): { path: (string | number)[]; message: string }[] {
  const operators = new Set(book.operators.map((operator) => operator.id));
  const vehicles = new Set(book.vehicles.map((vehicle) => vehicle.id));
  const problems: { path: (string | number)[]; message: string }[] = [];
  const needVehicle = (name: string, ...path: (string | number)[]): void => {
    if (!vehicles.has(name)) problems.push({ path, message: `no vehicle "${name}" in this book` });
  };
  book.trackers.forEach((tracker, i) => needVehicle(tracker.vehicle, 'trackers', i, 'vehicle'));
  book.openings.forEach((opening, i) => needVehicle(opening.vehicle, 'openings', i, 'vehicle'));
  book.contracts.forEach((contract, i) => {
    if (!operators.has(contract.operator)) {
      problems.push({
        path: ['contracts', i, 'operator'],
        message: `no operator "${contract.operator}" in this book`,
      });
    }
    contract.assignments.forEach((assignment, k) =>
      needVehicle(assignment.vehicle, 'contracts', i, 'assignments', k, 'vehicle'),
    );
  });
  return problems;
}

/** A tracker is in one vehicle at a time. */
function sharedTrackers(book: { readonly trackers: readonly BookTracker[] }): {
  path: (string | number)[];
  message: string;
}[] {
  const problems: { path: (string | number)[]; message: string }[] = [];
  const untilMs = ({ to }: BookTracker): number =>
    to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  const byDevice = new Map<string, { readonly tracker: BookTracker; readonly index: number }[]>();
  book.trackers.forEach((tracker, index) => {
    const key = `${tracker.provider} ${tracker.externalId}`;
    byDevice.set(key, [...(byDevice.get(key) ?? []), { tracker, index }]);
  });
  for (const [device, stays] of byDevice) {
    stays.sort((a, b) => Date.parse(a.tracker.from) - Date.parse(b.tracker.from));
    stays.forEach(({ tracker, index }, i) => {
      const before = stays[i - 1]?.tracker;
      if (before === undefined || untilMs(before) <= Date.parse(tracker.from)) return;
      const message = `${device} is in vehicle "${before.vehicle}" at that time; end that before this begins`;
      problems.push({ path: ['trackers', index, 'from'], message });
    });
  }
  return problems;
}
