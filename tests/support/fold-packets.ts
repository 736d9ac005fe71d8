import { applyRecord } from '../../core/fold/apply-record.ts';
import { newWorld, type World } from '../../core/fold/world.ts';
import type { Book } from '../../core/protocol/book.ts';
import type { JournalEntry, JournalRecord } from '../../core/protocol/journal-record.ts';

/** Something that reaches the journal at a time: a packet, or (topic null) a tick. */
export interface Arrival {
  readonly atMs: number;
  readonly topic: string | null;
  readonly payload?: unknown;
}

/** The records that a book and these arrivals make, in order of arrival. */
export function recordsOf(book: Book | null, arrivals: readonly Arrival[]): JournalRecord[] {
  const entries: { atMs: number; entry: JournalEntry }[] = arrivals.map(({ atMs, topic, payload }) => ({
    atMs,
    entry:
      topic === null
        ? { kind: 'tick' }
        : { kind: 'packet', topic, clientId: 'test', payload: bytesOf(payload), omittedBytes: 0 },
  }));
  const firstMs = entries[0]?.atMs ?? 0;
  if (book !== null) {
    const decision = { decision: 'load-book', actor: 'system', reason: 'test', book } as const;
    entries.unshift({ atMs: firstMs, entry: { kind: 'decision', decision } });
  }
  return entries.map(({ atMs, entry }, position) => ({ ...entry, position, receivedAtMs: atMs }));
}

function bytesOf(payload: unknown): Uint8Array {
  if (payload instanceof Uint8Array) return payload;
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}

export function fold(records: readonly JournalRecord[], world: World = newWorld()): World {
  for (const record of records) applyRecord(world, record);
  return world;
}

/** Packets as the three makers send them. */
export const teslaOdometer = (device: string, miles: string): Pick<Arrival, 'topic' | 'payload'> => ({
  topic: `telemetry/${device}/v/Odometer`,
  payload: miles,
});
export const teslaField = (
  device: string,
  field: string,
  value: unknown,
): Pick<Arrival, 'topic' | 'payload'> => ({
  topic: `telemetry/${device}/v/${field}`,
  payload: JSON.stringify(value),
});
export const teltonika = (
  imei: string,
  observedAtMs: number,
  metres: number,
  more: Readonly<Record<string, unknown>> = {},
): Pick<Arrival, 'topic' | 'payload'> => ({
  topic: `fleet/c1/teltonika/${imei}/data`,
  payload: {
    state: {
      reported: {
        ts: observedAtMs,
        latlng: '57.700000,11.970000',
        sat: 9,
        sp: 30,
        ang: 90,
        '16': metres,
        ...more,
      },
    },
  },
});
export const cockpit = (vin: string, totalMileage: string): Pick<Arrival, 'topic' | 'payload'> => ({
  topic: `kamereon/${vin}/cockpit`,
  payload: `{"data":{"type":"Car","id":"${vin}","attributes":{"totalMileage":${totalMileage}}}}`,
});
