import { z } from 'zod';
import { rawFeeds } from './raw-topic.ts';

const count = z.number().int().nonnegative();
const byReason = z.record(z.string(), count);

/**
 * The counts of one run, that close:
 * packets received = decoded + refused + duplicate; readings decoded = accepted + superseded + jitter + repeat +
 * quarantined + unclaimed. A reading here is one odometer value; positions and states are not counted as readings.
 */
export const countsSchema = z.object({
  packets: z.object({
    received: count,
    decoded: count,
    refused: byReason,
    duplicate: count,
    acknowledged: count,
  }),
  readings: z.object({
    decoded: count,
    accepted: count,
    superseded: count,
    jitter: count,
    repeat: count,
    quarantined: byReason,
    unclaimed: count,
  }),
  journal: z.object({ records: count, bytes: count }),
  vehicles: count,
  tenths: z.number().int(),
  pence: z.number().int(),
});
export type Counts = z.infer<typeof countsSchema>;

/**
 * The one line of JSON `milepost serve` prints when it is ready. `mqtts` is present with TLS only, `tcp` and `udp` with
 * the ports that were asked for, `control` under a driven clock only.
 */
export const readySchema = z.object({
  ready: z.literal(true),
  pid: count,
  mqtt: count,
  mqtts: count.optional(),
  tcp: z.partialRecord(z.enum(rawFeeds), count).optional(),
  udp: z.partialRecord(z.enum(rawFeeds), count).optional(),
  control: count.optional(),
  data: z.string(),
});
export type Ready = z.infer<typeof readySchema>;

export function sumOf(reasons: Readonly<Record<string, number>>): number {
  return Object.values(reasons).reduce((sum, n) => sum + n, 0);
}
