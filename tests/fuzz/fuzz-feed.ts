import { must } from '../../core/base/assert.ts';
import { randomStream } from '../../core/base/random.ts';
import { decodePacket, decoderOf, decodeSafely } from '../../core/tracker/decode-packet.ts';
import type { Decoder, TrackerPacket } from '../../core/tracker/decoded-packet.ts';
import { corpusOf } from './corpus.ts';
import { mutated } from './mutate.ts';
import { reframed } from './teltonika-repair.ts';
import { unsoundness } from './soundness.ts';

/** An input that broke a decoder, and how. */
export interface Failure {
  readonly packet: TrackerPacket;
  readonly problem: string;
}

/** What came of a run; the outcomes are counted so that one that only ever refuses is noticed. */
export interface FuzzRun {
  readonly inputs: number;
  readonly decoded: number;
  readonly refused: number;
  readonly failures: readonly Failure[];
}

const FAILURES_MAX = 10;

/** Makes length and checksum right again, so that what stands between them is reached. */
const repairs: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { teltonika: reframed };

/** Feeds a decoder mutations of its golden messages: so many, from a seed. Stops at the tenth failure. */
export function fuzzFeed(feed: string, inputs: number, seed: number): FuzzRun {
  const corpus = corpusOf(feed);
  const decoder = must(decoderOf(feed), `no decoder for ${feed}`);
  const chance = randomStream(seed, feed);
  const pick = (): TrackerPacket => must(corpus[chance.below(corpus.length)], 'a corpus has messages');
  const failures: Failure[] = [];
  const run = { inputs: 0, decoded: 0, refused: 0, failures };
  while (run.inputs < inputs && failures.length < FAILURES_MAX) {
    const message = pick();
    const broken = mutated(message.payload, pick().payload, chance);
    const repair = chance.below(2) === 0 ? repairs[feed] : undefined;
    const packet = { ...message, payload: repair === undefined ? broken : repair(broken) };
    const problem = tryPacket(decoder, packet, run);
    if (problem !== null) failures.push({ packet, problem });
    run.inputs += 1;
  }
  return run;
}

/** What is wrong with what a decoder makes of a packet; null when nothing is. */
export function tryPacket(
  decoder: Decoder,
  packet: TrackerPacket,
  tally: { decoded: number; refused: number },
): string | null {
  // By the topic, as in the field; a packet without one is handed to its decoder, as `milepost decode` does.
  const outcome = packet.topic === '' ? decodeSafely(() => decoder(packet)) : decodePacket(packet);
  if (outcome.ok) tally.decoded += 1;
  else tally.refused += 1;
  return unsoundness(packet, outcome);
}
