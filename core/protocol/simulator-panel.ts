import { z } from 'zod';

/**
 * What a person at the Simulator screen says to the demo fleet, and what the fleet shows there: summaries only. It goes
 * from the window through the shell to the simulator's process and back; the core never hears of it.
 */
const epochMs = z.number();
const count = z.number().int().nonnegative();
const tenths = z.number().int();

/** How many times as fast as a clock the demo may run. */
export const demoSpeeds = [1, 2, 10, 60] as const;

/** What a salesperson plays, in the order of the keys 1 to 5. */
export const demoBeats = ['normal-day', 'crash', 'vendor-outage', 'lockdown', 'month-end'] as const;
export type DemoBeat = (typeof demoBeats)[number];

/** What may be done to one vehicle. */
export const vehicleFaults = [
  'network-loss',
  'gps-freeze',
  'odometer-rollback',
  'crash',
  'clock-skew',
] as const;
export type VehicleFault = (typeof vehicleFaults)[number];

export const simulatorCommandSchema = z.discriminatedUnion('do', [
  /** The rest of the history is passed in few steps. */
  z.strictObject({ do: z.literal('skip-to-live') }),
  z.strictObject({ do: z.literal('speed'), speed: z.union(demoSpeeds.map((speed) => z.literal(speed))) }),
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  /** Ten seconds more, while paused. */
  z.strictObject({ do: z.literal('step') }),
  z.strictObject({ do: z.literal('beat'), beat: z.enum(demoBeats) }),
  z.strictObject({ do: z.literal('fault'), fault: z.enum(vehicleFaults), vehicle: z.string().min(1) }),
]);
export type SimulatorCommand = z.infer<typeof simulatorCommandSchema>;

/** Days that are being passed, before the fleet drives live or again later. */
const timeLapseSchema = z.strictObject({
  /** The day it is at, from 1, of so many. */
  day: count,
  days: count,
  /** An estimate from what the last days took; null while there is none. */
  secondsLeft: count.nullable(),
  isSkipping: z.boolean(),
});
export type TimeLapse = z.infer<typeof timeLapseSchema>;

/** Something that was brought about, and is on until `toMs`; null until the normal day is played. */
const happeningSchema = z.strictObject({
  id: count,
  words: z.string(),
  vehicles: count,
  fromMs: epochMs,
  toMs: epochMs.nullable(),
});
export type Happening = z.infer<typeof happeningSchema>;

/** A vehicle whose bill and truth are apart. */
const apartSchema = z.strictObject({
  vehicle: z.string(),
  registration: z.string(),
  trueTenths: tenths,
  sentTenths: tenths,
  billedTenths: tenths,
  why: z.string(),
});
export type VehicleApart = z.infer<typeof apartSchema>;

/** Truth against product since the demo began, tenths of a mile. */
const truthCheckSchema = z.strictObject({
  /** The first day, and the product's clock when it was asked. */
  fromDay: z.iso.date(),
  atMs: epochMs,
  /** By the true odometers, by the last values sent, and as the product has billed or would bill now. */
  trueTenths: tenths,
  sentTenths: tenths,
  billedTenths: tenths,
  vehiclesApart: count,
  /** Most apart first; at most ten. */
  worst: z.array(apartSchema),
});
export type TruthCheck = z.infer<typeof truthCheckSchema>;

/** All a Simulator screen shows. Sent about twice a second, and at every command. */
export const simulatorViewSchema = z.strictObject({
  city: z.string(),
  vehicles: count,
  seed: z.number().int(),
  timeZone: z.string(),
  clockMs: epochMs,
  phase: z.enum(['time-lapse', 'live']),
  timeLapse: timeLapseSchema.nullable(),
  speed: z.number(),
  isPaused: z.boolean(),
  packets: count,
  vehiclesMoving: count,
  /** Newest first, those that are over among them; at most twelve. */
  happenings: z.array(happeningSchema),
  /** Null until the product was asked. */
  truth: truthCheckSchema.nullable(),
  /** Why the last command was not followed; null when it was. */
  refusal: z.string().nullable(),
});
export type SimulatorView = z.infer<typeof simulatorViewSchema>;
