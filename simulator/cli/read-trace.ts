import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { TimedPublish } from '../run/fleet-motion.ts';

const lineSchema = z
  .strictObject({
    at: z.iso.datetime({ offset: true }),
    client: z.string().min(1),
    transport: z.enum(['mqtt', 'tcp', 'udp']).default('mqtt'),
    topic: z.string().min(1),
    payload: z.string().optional(),
    hex: z
      .string()
      .regex(/^([0-9a-fA-F]{2})*$/)
      .optional(),
  })
  .refine(({ payload, hex }) => (payload === undefined) !== (hex === undefined), 'payload or hex');

/** Reads a trace, compressed or not; a line that is no packet is an error with its number. */
export async function readTrace(file: string): Promise<Result<readonly TimedPublish[], string>> {
  const packets: TimedPublish[] = [];
  const source = createReadStream(file);
  const lines = createInterface({ input: file.endsWith('.gz') ? source.pipe(createGunzip()) : source });
  try {
    for await (const line of lines) {
      const read = lineSchema.safeParse(parsed(line));
      if (!read.success)
        return fail(`${file}:${packets.length + 1}: ${read.error.issues[0]?.message ?? 'no packet'}`);
      const { at, client, transport, topic, payload, hex } = read.data;
      const content = payload ?? Buffer.from(hex ?? '', 'hex');
      packets.push({
        atMs: Date.parse(at),
        client,
        transport,
        topic,
        payload: content,
        odometer: null,
        vehicle: 0,
      });
    }
  } catch (error) {
    return fail(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return ok(packets);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
