import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { FeedName } from '../../fold/feed-counts.ts';
import { mappingsOn } from '../../fold/mappings-on.ts';
import type { World } from '../../fold/world.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import { providerOfTopic } from '../../tracker/decode-packet.ts';
import type { Journal } from '../journal/journal.ts';
import { PacketHeads } from './packet-heads.ts';
import { PacketTrail } from './packet-trail.ts';

/** Every so many packets one is timed: enough for a percentile, little enough not to be felt. */
const TIMED_EVERY = 8;
/** A latency is of the last one to two of these. */
const LATENCY_SPAN_MS = 60_000;
const RATE_SPAN_MS = 900;

/** What passes the door, watched from beside it: rates, latencies, and where the last packets of a topic stand. */
export class IngestMonitor {
  readonly trail = new PacketTrail();
  readonly heads = new PacketHeads();
  readonly #world: World;
  readonly #latencies = new Map<FeedName, { now: RecordableHistogram; before: RecordableHistogram }>();
  #untilTimed = 0;
  #latencySinceMs = performance.now();
  #rates = new Map<FeedName, number>();
  #receivedAtSample = new Map<FeedName, number>();
  #sampledAtMs = performance.now();

  constructor(world: World) {
    this.#world = world;
  }

  /** Every batch of records, once it is on disk. */
  noteCommitted(records: readonly JournalRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'packet') continue;
      this.trail.note(record.topic, record.position, record.receivedAtMs);
      this.heads.note(record);
    }
  }

  /** The journal's append with some packets timed, from here to their acknowledgement. */
  timed(append: Journal['append']): Journal['append'] {
    return (entry, settled) => {
      if (entry.kind !== 'packet') return append(entry, settled);
      this.#untilTimed -= 1;
      if (this.#untilTimed > 0) return append(entry, settled);
      this.#untilTimed = TIMED_EVERY;
      const { topic } = entry;
      const startMs = performance.now();
      return append(entry, (failure, position) => {
        if (failure === null) this.#noteLatency(topic, performance.now() - startMs);
        settled?.(failure, position);
      });
    };
  }

  #noteLatency(topic: string, latencyMs: number): void {
    const nowMs = performance.now();
    if (nowMs - this.#latencySinceMs > LATENCY_SPAN_MS) this.#turnLatencies(nowMs);
    const feed = providerOfTopic(topic, mappingsOn(this.#world.door)) ?? 'unknown';
    let latencies = this.#latencies.get(feed);
    if (latencies === undefined) {
      latencies = { now: createHistogram(), before: createHistogram() };
      this.#latencies.set(feed, latencies);
    }
    latencies.now.record(Math.max(1, Math.round(latencyMs * 1_000)));
  }

  #turnLatencies(nowMs: number): void {
    this.#latencySinceMs = nowMs;
    for (const latencies of this.#latencies.values()) {
      const { before } = latencies;
      latencies.before = latencies.now;
      latencies.now = before;
      latencies.now.reset();
    }
  }

  /** Milliseconds of the last minute or two; null when nothing of the feed was timed in them. */
  latencyOf(feed: FeedName): { readonly p50Ms: number; readonly p99Ms: number } | null {
    const latencies = this.#latencies.get(feed);
    if (latencies === undefined || latencies.now.count + latencies.before.count === 0) return null;
    const both = createHistogram();
    both.add(latencies.now);
    both.add(latencies.before);
    return { p50Ms: both.percentile(50) / 1_000, p99Ms: both.percentile(99) / 1_000 };
  }

  /** Packets a second of a feed over the last second or since somebody last looked. */
  rateOf(feed: FeedName): number {
    const nowMs = performance.now();
    if (nowMs - this.#sampledAtMs >= RATE_SPAN_MS) this.#sampleRates(nowMs);
    return this.#rates.get(feed) ?? 0;
  }

  #sampleRates(nowMs: number): void {
    const seconds = (nowMs - this.#sampledAtMs) / 1_000;
    this.#sampledAtMs = nowMs;
    for (const [feed, { received }] of this.#world.feeds) {
      const before = this.#receivedAtSample.get(feed) ?? received;
      this.#rates.set(feed, Math.round(((received - before) / seconds) * 10) / 10);
      this.#receivedAtSample.set(feed, received);
    }
  }
}
