import { z } from 'zod';
import { odometerOriginSchema, trackerProviderSchema } from './book.ts';
import { credentialSchema } from './decision.ts';
import { proposalIdSchema } from './proposal.ts';

/** What a window asks and decides about the door: devices, credentials, networks, mapping files. Times are epoch milliseconds. */
const epochMs = z.number();
const count = z.number().int().nonnegative();

/** A request that could not be met: which field, what is wrong with it and what would be right. Nothing was done. */
const refused = z.object({ ok: z.literal(false), field: z.string(), problem: z.string() });
export type RefusedRequest = z.infer<typeof refused>;

export const deviceRowSchema = z.object({
  provider: trackerProviderSchema,
  name: z.string(),
  /** Who carries it now; null while nobody does. */
  vehicle: z.string().nullable(),
  registration: z.string().nullable(),
  sinceMs: epochMs.nullable(),
  /** Since when nobody has: what it sent before belongs to who carried it then. Null while somebody does. */
  unclaimedSinceMs: epochMs.nullable(),
  group: z.string(),
  firstHeardAtMs: epochMs.nullable(),
  lastHeardAtMs: epochMs.nullable(),
  packets: count,
  /** Odometer readings that wait for the device to be claimed. */
  readingsWaiting: count,
  /** Its last odometer value while nobody carried it. */
  lastOdometer: z.object({ rawText: z.string(), rawUnit: z.string(), origin: z.string() }).nullable(),
  /** Of these it has sent odometers; the first is what a claim would bill. */
  origins: z.array(z.string()),
  transport: z.enum(['mqtt', 'tcp', 'udp']).nullable(),
  isAuthenticated: z.boolean(),
  clientId: z.string().nullable(),
  lastPosition: count.nullable(),
});
export type DeviceRow = z.infer<typeof deviceRowSchema>;

/** What a claim or a release would move, counted in odometer readings from its instant on. */
const claimPreviewSchema = z.object({
  /** Readings that nobody has. */
  waiting: count,
  /** Readings that count for a vehicle now. */
  carried: z.array(z.object({ vehicle: z.string(), registration: z.string(), readings: count })),
  /** The vehicle is in a contract then or later. */
  isOnContract: z.boolean(),
  /** The other tracker whose odometer is billed for the vehicle and stays so; null when there is none. */
  billedBy: z.object({ provider: trackerProviderSchema, device: z.string() }).nullable(),
});
export type ClaimPreview = z.infer<typeof claimPreviewSchema>;

export const situationRowSchema = z.object({
  situation: z.string(),
  subject: z.string(),
  detail: z.string(),
  firstAtMs: epochMs,
  lastAtMs: epochMs,
  count,
});
export type SituationRow = z.infer<typeof situationRowSchema>;

/** A credential as it may be shown: how it is proven, never with what. */
export const credentialRowSchema = credentialSchema.omit({ proof: true }).extend({
  proof: z.enum(['secret', 'password', 'certificate']),
  issuedAtMs: epochMs,
  issuedBy: z.string(),
  revokedAtMs: epochMs.nullable(),
});
export type CredentialRow = z.infer<typeof credentialRowSchema>;

export const mappingRowSchema = z.object({
  name: z.string(),
  isOn: z.boolean(),
  yaml: z.string(),
  switchedAtMs: epochMs,
  switchedBy: z.string(),
  packets: count,
});
export type MappingRow = z.infer<typeof mappingRowSchema>;

export const mappingProblemSchema = z.object({
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  path: z.string(),
  message: z.string(),
});
export type MappingProblemRow = z.infer<typeof mappingProblemSchema>;

/**
 * A decision as a window or a command proposes it: as in decision.ts, without the actor, whom the core knows. It is
 * checked there, so that what is wrong with it comes back by field.
 */
export const decisionDraftSchema = z.record(z.string(), z.unknown());

export const credentialRequestSchema = z.strictObject({
  username: credentialSchema.shape.username,
  role: credentialSchema.shape.role,
  device: credentialSchema.shape.device,
  /** Null takes the topics on which that device's feed publishes. */
  publish: credentialSchema.shape.publish.nullable(),
  subscribe: credentialSchema.shape.subscribe,
  /** A generated secret or a client certificate, shown once; or a password somebody chose. */
  proof: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('secret') }),
    z.strictObject({ kind: z.literal('certificate'), days: z.number().int().min(1).max(3_650) }),
    z.strictObject({ kind: z.literal('password'), password: z.string().min(12).max(256) }),
  ]),
  reason: z.string().min(1).max(1_000),
});
export type CredentialRequest = z.infer<typeof credentialRequestSchema>;

/** What the holder of a new credential needs. Secret and private key are shown this once and kept nowhere. */
export const issuedCredentialSchema = z.object({
  credential: z.string(),
  username: z.string(),
  secret: z.string().nullable(),
  certificatePem: z.string().nullable(),
  privateKeyPem: z.string().nullable(),
  authorityPem: z.string().nullable(),
});
export type IssuedCredential = z.infer<typeof issuedCredentialSchema>;

/** One line of a CSV of credentials: what was wrong with it. */
const csvProblem = z.object({ line: z.number().int().positive(), field: z.string(), problem: z.string() });

export const doorAsks = {
  'device.list': {
    input: z.strictObject({
      unclaimedOnly: z.boolean(),
      limit: z.number().int().min(1).max(10_000),
      /** Only those whose name, or whose vehicle's registration, has this in it. */
      search: z.string().max(128).optional(),
    }),
    answer: z.object({ devices: z.array(deviceRowSchema), matching: count, unclaimed: count }),
  },
  /** What would become of its readings; nothing is decided. Vehicle is null for a new one and for a release, origin for all. */
  'device.preview': {
    input: z.strictObject({
      provider: trackerProviderSchema,
      device: z.string(),
      vehicle: z.string().nullable(),
      origin: odometerOriginSchema.nullable(),
      fromMs: epochMs,
    }),
    answer: claimPreviewSchema,
  },
  'situation.list': { input: z.strictObject({}), answer: z.array(situationRowSchema) },
  'credential.list': { input: z.strictObject({}), answer: z.array(credentialRowSchema) },
  'network.list': {
    input: z.strictObject({}),
    answer: z.array(z.object({ group: z.string(), networks: z.array(z.string()) })),
  },
  'mapping.list': { input: z.strictObject({}), answer: z.array(mappingRowSchema) },
  /** What is wrong with a mapping file's text; its name, and the topics it takes, when nothing is. */
  'mapping.check': {
    input: z.strictObject({ yaml: z.string().max(65_536) }),
    answer: z.object({
      name: z.string().nullable(),
      topics: z.array(z.string()),
      problems: z.array(mappingProblemSchema),
    }),
  },
  /** What a mapping file makes of one packet, in the words of `milepost decode`; nothing is kept. */
  'mapping.try': {
    input: z.strictObject({
      yaml: z.string().max(65_536),
      topic: z.string().max(65_535),
      payload: z.discriminatedUnion('encoding', [
        z.strictObject({ encoding: z.literal('utf8'), text: z.string().max(65_536) }),
        z.strictObject({ encoding: z.literal('hex'), text: z.string().max(131_072) }),
      ]),
    }),
    answer: z.object({ problems: z.array(mappingProblemSchema), outcome: z.unknown() }),
  },
  /** Journals a decision; answered once it is on disk and in force, or waits, as a proposal, for a second person. */
  decide: {
    input: z.strictObject({ decision: decisionDraftSchema }),
    answer: z.union([
      z.object({ ok: z.literal(true), position: count }),
      z.object({ ok: z.literal(true), proposal: proposalIdSchema }),
      refused,
    ]),
  },
  'credential.issue': {
    input: credentialRequestSchema,
    answer: z.union([z.object({ ok: z.literal(true), issued: issuedCredentialSchema }), refused]),
  },
  /** All lines or none: what is wrong is told by line, and nothing is issued until nothing is. */
  'credential.import': {
    input: z.strictObject({ csv: z.string().max(4_194_304), isPreview: z.boolean() }),
    answer: z.union([
      z.object({ ok: z.literal(true), lines: count, issued: z.array(issuedCredentialSchema) }),
      z.object({ ok: z.literal(false), problems: z.array(csvProblem) }),
    ]),
  },
} as const;
