import { z } from 'zod';

/** What the Ingest screen asks: how each feed does, and the raw packets behind it. Times are epoch milliseconds. */
const epochMs = z.number();
const count = z.number().int().nonnegative();

export const feedRowSchema = z.object({
  /** A provider's name, or `unknown` for packets on a topic of no feed. */
  feed: z.string(),
  /** Devices heard from in the last five minutes. */
  devicesHeard: count,
  devicesKnown: count,
  packetsPerSecond: z.number(),
  received: count,
  decoded: count,
  duplicate: count,
  refused: z.record(z.string(), count),
  lastReceivedAtMs: epochMs.nullable(),
  /** Readings by received less observed time: the classes' upper ends, and one more for all beyond. */
  skewBoundsMs: z.array(z.number()),
  skew: z.array(count),
  /** From the socket to the acknowledgement, of the last minutes; null before the first packet. */
  latencyP50Ms: z.number().nullable(),
  latencyP99Ms: z.number().nullable(),
});
export type FeedRow = z.infer<typeof feedRowSchema>;

export const topicNodeSchema = z.object({
  /** The level's own text, and the whole topic down to it. */
  level: z.string(),
  topic: z.string(),
  packets: count,
  hasChildren: z.boolean(),
  lastReceivedAtMs: epochMs,
});
export type TopicNode = z.infer<typeof topicNodeSchema>;

export const rawRowSchema = z.object({
  position: count,
  topic: z.string(),
  clientId: z.string(),
  receivedAtMs: epochMs,
  bytes: count,
  /** The payload's head as text, or as hexadecimal digits when it is no text. */
  preview: z.string(),
  /** The preview shows less than there is. */
  isTruncated: z.boolean(),
});
export type RawRow = z.infer<typeof rawRowSchema>;

export const rawPacketSchema = z.object({
  position: count,
  topic: z.string(),
  clientId: z.string(),
  receivedAtMs: epochMs,
  transport: z.enum(['mqtt', 'tcp', 'udp']),
  isAuthenticated: z.boolean(),
  /** Bytes of payload as sent; fewer are kept of one over the limit, and fewer may be shown. */
  bytes: count,
  payloadUtf8: z.string().nullable(),
  payloadHex: z.string(),
  isTruncated: z.boolean(),
  recordDigestHex: z.string(),
  /** What the decoders make of it now, in the words of `milepost decode`. */
  outcome: z.unknown(),
});
export type RawPacketShown = z.infer<typeof rawPacketSchema>;

export const ingestAsks = {
  'ingest.feeds': { input: z.strictObject({}), answer: z.array(feedRowSchema) },
  /** The levels below a topic, busiest first; `others` counts what there was no room to name. */
  'ingest.topics': {
    input: z.strictObject({ under: z.string(), limit: z.number().int().min(1).max(1_000) }),
    answer: z.object({ nodes: z.array(topicNodeSchema), others: count }),
  },
  /** The newest packets at or below a topic that came after `after`; `unseen` counts those left out. */
  'ingest.tail': {
    input: z.strictObject({
      under: z.string(),
      after: z.number().int(),
      limit: z.number().int().min(1).max(1_000),
    }),
    answer: z.object({ rows: z.array(rawRowSchema), unseen: count, newest: z.number().int() }),
  },
  /**
   * The newest packets on topics that no built-in feed takes, among the last 50,000 packets: what a mapping file may be
   * tried on. `feed` names the mapping file that takes it already.
   */
  'ingest.mappable': {
    input: z.strictObject({ limit: z.number().int().min(1).max(1_000) }),
    answer: z.array(rawRowSchema.extend({ feed: z.string().nullable() })),
  },
  /** One packet, whole, and run through the decoder again. Null when it is not in the journal any more. */
  'ingest.packet': {
    input: z.strictObject({ position: count }),
    answer: rawPacketSchema.nullable(),
  },
} as const;
