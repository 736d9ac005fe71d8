import { must } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { addSlot, type Fleet, newFleet, updateSlot } from '../../fleet/fleet.ts';
import { decodePacket, decoderOf } from '../../tracker/decode-packet.ts';
import type { DecodedPacket, TrackerPacket } from '../../tracker/decoded-packet.ts';
import type { Refusal } from '../../tracker/refusal.ts';
import type { BenchRun } from './bench-outcome.ts';
import { type FeedSamples, feedSamples } from './decode/feed-samples.ts';
import { median, type Round } from './verdict.ts';

const ROUNDS = 15;
/** Compilers are through with a function long before. */
const WARM_UP_ROUNDS = 5;
const VEHICLES = 1_000;
const NOW_MS = Date.UTC(2026, 2, 2, 9, 16);

interface MeasuredFeed {
  readonly samples: FeedSamples;
  readonly floor: () => void;
  readonly product: () => void;
  readonly rounds: Round[];
}

/**
 * Processor time a packet of each feed: decoded, and its readings put where the map draws them from. All feeds take
 * turns in one process, as they do in the product, so that no decoder has the caches and the compiler to itself. The
 * figure is the feed that is farthest above its floor.
 */
export function benchDecode(seconds: number): BenchRun {
  const feeds = feedSamples().map(measuredFeed);
  const turnMs = (seconds * 1_000) / (feeds.length * 2);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const feed of feeds) {
      const floor = microsecondsACall(feed.floor, turnMs) / feed.samples.packets.length;
      const product = microsecondsACall(feed.product, turnMs) / feed.samples.packets.length;
      if (round >= WARM_UP_ROUNDS) feed.rounds.push({ floor, product });
    }
  }
  const byRatio = feeds.toSorted((a, b) => ratioOf(b) - ratioOf(a));
  const worst = must(byRatio[0], 'there are feeds');
  return {
    rounds: worst.rounds,
    notes: [`the figure is ${worst.samples.name}; processor time a packet:`, ...feeds.map(describeFeed)],
  };
}

function measuredFeed(samples: FeedSamples): MeasuredFeed {
  const fleet = newFleet();
  for (let slot = 0; slot < VEHICLES; slot += 1) addSlot(fleet);
  const decode = decodeOf(samples);
  for (const packet of samples.packets) {
    const decoded = decode(packet);
    if (!decoded.ok) throw new Error(`a sample of ${samples.name} is refused: ${decoded.error.detail}`);
    if (decoded.value.readings.length === 0) throw new Error(`a sample of ${samples.name} has no reading`);
  }
  let slot = 0;
  return {
    samples,
    floor: samples.floor === 'JSON.parse' ? () => parseAll(samples) : () => walkAll(samples),
    product: () => {
      slot = (slot + 1) % VEHICLES;
      for (const packet of samples.packets) takeIn(fleet, slot, decode(packet));
    },
    rounds: [],
  };
}

function decodeOf({ format }: FeedSamples): (packet: TrackerPacket) => Result<DecodedPacket, Refusal> {
  return format === null ? decodePacket : must(decoderOf(format), `a decoder of ${format}`);
}

function takeIn(fleet: Fleet, slot: number, decoded: Result<DecodedPacket, Refusal>): void {
  if (!decoded.ok) return;
  for (const reading of decoded.value.readings) updateSlot(fleet, slot, reading, NOW_MS);
}

/** What no JSON feed can do without: the text of the bytes, and the document in it. */
function parseAll({ packets }: FeedSamples): void {
  for (const { payload } of packets) keep(JSON.parse(payload.toString('utf8')));
}

function walkAll({ packets }: FeedSamples): void {
  for (const { payload } of packets) {
    let sum = 0;
    for (let at = 0; at < payload.length; at += 1) sum += payload[at] ?? 0;
    keep(sum);
  }
}

/** The last thing a floor made, so that no compiler finds that nobody wants it. */
let kept: unknown = null;

function keep(value: unknown): void {
  kept = value;
}

/** Processor time of one call, over as many calls as fit into the turn; all threads, so that garbage is paid for. */
function microsecondsACall(call: () => void, turnMs: number): number {
  const before = process.cpuUsage();
  const startMs = performance.now();
  let calls = 0;
  while (performance.now() - startMs < turnMs) {
    for (let i = 0; i < CALLS_AT_ONCE; i += 1) call();
    calls += CALLS_AT_ONCE;
  }
  const { user, system } = process.cpuUsage(before);
  if (kept === undefined) throw new Error('the floor did nothing');
  return (user + system) / calls;
}

const CALLS_AT_ONCE = 100;

function ratioOf({ rounds }: MeasuredFeed): number {
  return median(rounds.map(({ product }) => product)) / median(rounds.map(({ floor }) => floor));
}

function describeFeed(feed: MeasuredFeed): string {
  const { samples, rounds } = feed;
  const product = median(rounds.map((round) => round.product));
  const floor = median(rounds.map((round) => round.floor));
  const bytes = samples.packets.reduce((sum, { payload }) => sum + payload.length, 0);
  return [
    samples.name.padEnd(34),
    `${product.toFixed(2)} µs`,
    `${samples.floor} ${floor.toFixed(3)} µs`,
    `${ratioOf(feed).toFixed(2)}x`,
    `(${Math.round(bytes / samples.packets.length)} bytes)`,
  ].join('  ');
}
