import { z } from 'zod';
import {
  billableOriginSchema,
  bookSchema,
  bookVehicleSchema,
  mappingNameSchema,
  trackerProviderSchema,
} from './book.ts';
import { accountDecisions } from './account.ts';
import { moneyDecisions } from './money-decision.ts';
import { proposeSchemaOf, settlingDecisions } from './proposal.ts';
import { passwordProofSchema, signed } from './signed.ts';

const instant = z.iso.datetime({ offset: true });
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A device among all of its feed: the name the feed gives it, with its account or namespace where there is one. */
export const deviceNameSchema = z.string().min(1).max(128);

const loadBookSchema = z.strictObject({ decision: z.literal('load-book'), ...signed, book: bookSchema });

/**
 * A tracker belongs to a vehicle from an instant on; what it sent since then counts. A vehicle that has no billing
 * series gets this one. `group` names the networks a raw TCP or UDP tracker may come from.
 */
const claimDeviceSchema = z.strictObject({
  decision: z.literal('claim-device'),
  ...signed,
  provider: trackerProviderSchema,
  device: deviceNameSchema,
  vehicle: z.string().min(1).max(64),
  /** A vehicle that is in no book yet; its id is `vehicle`. It is drawn and kept, and in no contract. */
  newVehicle: bookVehicleSchema.optional(),
  origin: billableOriginSchema,
  from: instant,
  group: z.string().min(1).max(64),
});

/** From this instant on the tracker belongs to no vehicle. */
const releaseDeviceSchema = z.strictObject({
  decision: z.literal('release-device'),
  ...signed,
  provider: trackerProviderSchema,
  device: deviceNameSchema,
  at: instant,
});

/** How a credential is proven. A generated secret is kept as a keyed digest, a chosen password under a slow hash. */
export const credentialProofSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret'), hmacSha256Hex: hex(32) }),
  passwordProofSchema,
  z.strictObject({ kind: z.literal('certificate'), sha256Hex: hex(32) }),
]);
export type CredentialProof = z.infer<typeof credentialProofSchema>;

const topicFilter = z.string().min(1).max(256);

/**
 * Who may connect and what for. `device`: one tracker, publishing as itself; `gateway`: a bridge that publishes for
 * many; `subscriber`: hears `milepost/v1/…` and publishes nothing.
 */
export const credentialSchema = z.strictObject({
  credential: z.string().regex(/^[a-z0-9-]{8,40}$/),
  username: z.string().min(1).max(128),
  role: z.enum(['device', 'gateway', 'subscriber']),
  device: z.strictObject({ provider: trackerProviderSchema, name: deviceNameSchema }).nullable(),
  publish: z.array(topicFilter).max(32),
  subscribe: z.array(topicFilter).max(32),
  proof: credentialProofSchema,
});
export type Credential = z.infer<typeof credentialSchema>;

const issueCredentialSchema = z.strictObject({
  decision: z.literal('issue-credential'),
  ...signed,
  credential: credentialSchema,
});

const revokeCredentialSchema = z.strictObject({
  decision: z.literal('revoke-credential'),
  ...signed,
  credential: z.string().min(1),
});

/** The networks from which raw trackers of a group are served, such as a private APN; replaces the group's earlier list. */
const allowNetworksSchema = z.strictObject({
  decision: z.literal('allow-networks'),
  ...signed,
  group: z.string().min(1).max(64),
  networks: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(64),
});

/** A mapping file is switched on, with its text as it then stands, or off. Packets before it stay as they were judged. */
const switchMappingSchema = z.strictObject({
  decision: z.literal('switch-mapping'),
  ...signed,
  mapping: mappingNameSchema,
  isOn: z.boolean(),
  yaml: z.string().max(65_536),
});

/** What may be decided at once, or proposed to a second person. */
const plainDecisionSchema = z.discriminatedUnion('decision', [
  loadBookSchema,
  claimDeviceSchema,
  releaseDeviceSchema,
  issueCredentialSchema,
  revokeCredentialSchema,
  allowNetworksSchema,
  switchMappingSchema,
  ...accountDecisions,
  ...moneyDecisions,
]);
export type PlainDecision = z.infer<typeof plainDecisionSchema>;

export const decisionSchema = z.discriminatedUnion('decision', [
  ...plainDecisionSchema.options,
  proposeSchemaOf(plainDecisionSchema),
  ...settlingDecisions,
]);

export type Decision = z.infer<typeof decisionSchema>;
export type DecisionOf<D extends Decision['decision']> = Extract<Decision, { decision: D }>;
