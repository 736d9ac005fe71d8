import { expect, test } from 'vitest';
import type { FeedRow } from '../../../core/protocol/ingest-asks.ts';
import { feedsByName, feedTotals, feedWords, latencyWords } from './feed-words.ts';

const row = (feed: string, more: Partial<FeedRow> = {}): FeedRow => ({
  feed,
  devicesHeard: 0,
  devicesKnown: 0,
  packetsPerSecond: 0,
  received: 0,
  decoded: 0,
  duplicate: 0,
  refused: {},
  lastReceivedAtMs: null,
  skewBoundsMs: [],
  skew: [],
  latencyP50Ms: null,
  latencyP99Ms: null,
  ...more,
});

test('a feed goes by the name people know it by', () => {
  expect(['tesla-fleet-telemetry', 'mapped:acme-box', 'unknown', 'brand-new'].map(feedWords)).toEqual([
    'Tesla Fleet Telemetry',
    'acme-box',
    'Unknown topics',
    'brand-new',
  ]);
});

test('feeds stand by name, packets of no feed last', () => {
  const feeds = ['unknown', 'traccar', 'ovms', 'bmw-cardata'].map((feed) => row(feed));
  expect(feedsByName(feeds).map(({ feed }) => feed)).toEqual(['bmw-cardata', 'ovms', 'traccar', 'unknown']);
});

test('the last row adds the others up', () => {
  const feeds = [
    row('ovms', {
      devicesHeard: 2,
      devicesKnown: 3,
      packetsPerSecond: 1.5,
      received: 10,
      decoded: 6,
      duplicate: 1,
      refused: { a: 1, b: 2 },
    }),
    row('unknown', { packetsPerSecond: 0.5, received: 3, refused: { a: 3 } }),
  ];
  expect(feedTotals(feeds)).toEqual({
    devicesHeard: 2,
    devicesKnown: 3,
    packetsPerSecond: 2,
    received: 13,
    decoded: 6,
    duplicate: 1,
    refused: 6,
  });
});

test('latencies keep a decimal while they are small', () => {
  const words = (latencyP50Ms: number | null, latencyP99Ms: number | null) =>
    latencyWords({ latencyP50Ms, latencyP99Ms });
  expect([words(0.84, 9.96), words(57.4, 1_234), words(null, null)]).toEqual([
    '0.8 · 10.0',
    '57 · 1,234',
    '–',
  ]);
});
