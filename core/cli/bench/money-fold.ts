import { applyRecord } from '../../fold/apply-record.ts';
import { newWorld, type World } from '../../fold/world.ts';
import type { Book } from '../../protocol/book.ts';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { BenchVehicle } from './bench-fleet.ts';
import { moveOn, MOVING_PAYLOAD } from './moving-packet.ts';

/** A world with a book, folded as a journal would have it folded, but without one: only the fold costs. */
export function worldOf(book: Book, atMs: number): World {
  const world = newWorld();
  const decision = { decision: 'load-book', actor: 'system', reason: 'bench', book } as const;
  applyNext(world, atMs, { kind: 'decision', decision });
  return world;
}

/** The record that comes next. */
export function applyNext(world: World, receivedAtMs: number, entry: JournalEntry): void {
  applyRecord(world, { ...entry, position: world.nextPosition, receivedAtMs });
}

/** What a tracker says at an instant, having driven so far since the handover. The next call writes over its payload. */
export function packetAt({ device }: BenchVehicle, observedAtMs: number, metresDriven: number): JournalEntry {
  moveOn(payload, 0, observedAtMs, metresDriven);
  return {
    kind: 'packet',
    topic: `fleet/fmc-${device}/teltonika/${device}/data`,
    clientId: `fmc-${device}`,
    payload,
    omittedBytes: 0,
  };
}

/** One for all: the fold keeps nothing of a packet's bytes. */
const payload = Buffer.from(MOVING_PAYLOAD);

/** Processor time of some work, all threads, so that garbage is paid for. */
export function processorMicroseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
