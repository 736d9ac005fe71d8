import { z } from 'zod';
import { isTimeZone } from '../../core/base/calendar.ts';
import { bookContractSchema, type BuiltInProvider, builtInProviders } from '../../core/protocol/book.ts';
import { amendmentSchema, quantitySchema, termsSchema } from '../../core/protocol/terms.ts';
import { faultTypes } from '../faults/fault.ts';
import { momentText, pickText, shareText, stretchText } from './scenario-values.ts';

/** What a scenario file says. Units stand in the names of its keys; moments are counted from the start of live driving. */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, 40 at most');
const instant = z.iso.datetime({
  offset: true,
  error: 'an instant with its offset, such as 2026-03-02T08:00:00Z',
});
const day = z.iso.date('a day, such as 2026-03-02');
const whole = (least: number, most: number) => z.number().int().min(least).max(most);

export const patterns = ['taxi', 'parcel', 'bus', 'poolcar', 'parked'] as const;
/** Files of somebody's own: rows of places, or what SUMO writes with --fcd-output. */
const patternWords = `one of ${patterns.join(', ')}, csv:FILE, sumo-fcd:FILE`;
const patternFile = z.string().regex(/^(csv|sumo-fcd):\S+$/, patternWords);
const patternSchema = z.union([z.enum(patterns), patternFile], { error: patternWords });

/** What an expectation may wait for until the product has it. */
export const waitedFor = ['alarms', 'investor-metrics'] as const;

const { unit, scope, targetMiles, vatRate, paymentTermsDays, deposit, underwriting } =
  bookContractSchema.shape;

const contractSchema = z
  .strictObject({
    currency: z.literal('GBP').default('GBP'),
    /** The short way to say terms: one rate, and a minimum. */
    ratePencePerMile: quantitySchema.optional(),
    minimumMilesPerMonth: quantitySchema.optional(),
    /** The long way: all that a book can say. */
    terms: termsSchema.optional(),
    unit: unit.default('mi'),
    timezone: z.string().refine(isTimeZone, 'an IANA time zone, such as Europe/London').optional(),
    anchor: day.optional(),
    start: day.optional(),
    end: day.optional(),
    amendments: z.array(amendmentSchema).optional(),
    scope,
    targetMiles,
    vatRate,
    paymentTermsDays,
    deposit,
    underwriting: underwriting.optional(),
    /** Which vehicles of the fleet, by number, when; all of them throughout when left out. */
    assignments: z
      .array(
        z.strictObject({ vehicle: whole(1, 10_000), from: momentText.optional(), to: momentText.optional() }),
      )
      .optional(),
  })
  .superRefine(({ ratePencePerMile, minimumMilesPerMonth, terms }, context) => {
    if ((ratePencePerMile === undefined) === (terms === undefined)) {
      context.addIssue({ code: 'custom', message: 'say either ratePencePerMile or terms' });
    }
    if (terms !== undefined && minimumMilesPerMonth !== undefined) {
      const message = 'with terms the minimum stands in them, as minMiles';
      context.addIssue({ code: 'custom', path: ['minimumMilesPerMonth'], message });
    }
  });

const reportingSchema = z.strictObject({
  movingSeconds: whole(1, 86_400).default(10),
  stoppedSeconds: whole(1, 86_400).default(300),
  /** At most so long between two packets, whatever the vehicle does. */
  heartbeatSeconds: whole(1, 7 * 86_400).default(3_600),
  jitterPercent: z.number().min(0).max(50).default(0),
});

/** Shares of the fleet by feed; they come to 100 %. */
const vendorsSchema = z.partialRecord(z.enum(builtInProviders), shareText);

const fleetSchema = z.strictObject({
  id,
  operator: z.string().min(1).max(100),
  contract: contractSchema,
  vehicles: whole(1, 10_000),
  vendors: vendorsSchema,
  /** Trackers that are never wrong, or with the errors of clock, place, counter and network they really have. */
  trackers: z.enum(['plain', 'realistic']).default('plain'),
  pattern: patternSchema,
  reporting: reportingSchema.default(reportingSchema.parse({})),
});

const faultSchema = z.strictObject({
  at: momentText,
  for: stretchText.optional(),
  pick: pickText.default('all'),
  type: z.enum(faultTypes),
  params: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  // oxlint-disable-next-line unicorn/no-thenable -- the file's word for what comes after a fault; nobody awaits it
  then: z.string().min(1).max(40).optional(),
});

const peopleSchema = z.discriminatedUnion(
  'do',
  [
    /** Two people: the instrument of a vehicle was replaced by one that shows so many kilometres more, or less. */
    z.strictObject({
      at: momentText,
      do: z.literal('replace-odometer'),
      pick: pickText,
      byKm: z.number().int().min(-1_000_000).max(1_000_000),
    }),
    /** Waives what speaks against it, with a reason, and closes a period of a fleet's contract. */
    z.strictObject({
      at: momentText,
      do: z.literal('close-period'),
      fleet: id,
      period: whole(0, 600),
      reason: z.string().min(1).max(1_000).default('the period is over'),
    }),
  ],
  { error: 'replace-odometer or close-period' },
);

const bounds = {
  min: z.number().optional(),
  max: z.number().optional(),
  equals: z.number().optional(),
  perVehicleMax: z.number().optional(),
  waitsFor: z.enum(waitedFor).optional(),
  /** Why, for who reads the result. */
  because: z.string().optional(),
};

const expectSchema = z.union(
  [
    z.strictObject({ metric: z.string(), ...bounds }),
    z.strictObject({
      alarm: z.string(),
      withinSeconds: z.number().positive().optional(),
      count: whole(0, 1_000_000).optional(),
      during: z.string().optional(),
      waitsFor: z.enum(waitedFor).optional(),
      because: z.string().optional(),
    }),
    z.strictObject({
      alarmRate: z.strictObject({ per10min: z.number().nonnegative() }),
      during: z.string().optional(),
      waitsFor: z.enum(waitedFor).optional(),
      because: z.string().optional(),
    }),
  ],
  { error: 'an expectation names a metric, an alarm or an alarmRate' },
);

export const scenarioSchema = z.strictObject({
  version: z.literal(1),
  name: id,
  /** What it shows, in a sentence. */
  title: z.string().max(200).optional(),
  seed: whole(0, 999_999_999).default(23_423),
  clock: z.strictObject({
    start: instant,
    durationHours: z
      .number()
      .positive()
      .max(24 * 366),
    speed: z
      .union([z.literal('max'), z.number().min(1).max(3_600)], { error: 'a speed from 1 to 3600, or max' })
      .default('max'),
    /** Days before the start that are passed with a few readings a day. */
    historyDays: whole(0, 400).default(0),
    historyStepMinutes: whole(1, 1_440).default(180),
  }),
  area: z.strictObject({
    /** A city pack's name. */
    name: z.string().min(1).max(64),
    /** A network file instead of the pack's, beside the scenario file. */
    graph: z.string().min(1).optional(),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone, such as Europe/London').optional(),
  }),
  fleets: z.array(fleetSchema).min(1, 'at least one fleet').max(100),
  faults: z.array(faultSchema).max(200).default([]),
  people: z.array(peopleSchema).max(200).default([]),
  expect: z.array(expectSchema).max(200).default([]),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioFleet = Scenario['fleets'][number];
export type Expectation = Scenario['expect'][number];
export type Vendor = BuiltInProvider;
