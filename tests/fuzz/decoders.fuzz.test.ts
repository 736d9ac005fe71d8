import { expect, test } from 'vitest';
import { builtInProviders } from '../../core/protocol/book.ts';
import { decoderOf } from '../../core/tracker/decode-packet.ts';
import { regressionsOf } from './corpus.ts';
import { fuzzFeed, tryPacket } from './fuzz-feed.ts';

/** `npm run fuzz` tries a million a feed. */
const INPUTS = 50_000;
const SEED = 20_260_302;

const shown = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test.each(builtInProviders)('%s: whatever happens to its messages, an outcome comes that can be', (feed) => {
  const run = fuzzFeed(feed, INPUTS, SEED);
  expect(run.failures.map(({ packet, problem }) => [problem, packet.topic, shown(packet.payload)])).toEqual(
    [],
  );
  expect(run.inputs).toBe(INPUTS);
  // Both ways are taken: a decoder that refuses everything would pass the rest.
  expect(run.decoded).toBeGreaterThan(INPUTS / 1_000);
  expect(run.refused).toBeGreaterThan(INPUTS / 1_000);
});

test.each(builtInProviders)('%s: what once broke it does so no more', (feed) => {
  const decoder = decoderOf(feed);
  for (const packet of regressionsOf(feed))
    expect(decoder === null ? null : tryPacket(decoder, packet, { decoded: 0, refused: 0 })).toBeNull();
});
