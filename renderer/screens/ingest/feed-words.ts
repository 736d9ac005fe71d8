import { trackerProviderSchema } from '../../../core/protocol/book.ts';
import type { FeedRow } from '../../../core/protocol/ingest-asks.ts';
import { sumOf } from '../../../core/protocol/report.ts';
import { providerWords } from '../../parts/vehicle-words.ts';

/** A feed as a person calls it. */
export function feedWords(feed: string): string {
  if (feed === 'unknown') return 'Unknown topics';
  const provider = trackerProviderSchema.safeParse(feed);
  return provider.success ? providerWords(provider.data) : feed;
}

/** The feeds by name, so that no row moves while somebody reads it; what belongs to none comes last. */
export function feedsByName(feeds: readonly FeedRow[]): FeedRow[] {
  return feeds
    .toSorted((a, b) => feedWords(a.feed).localeCompare(feedWords(b.feed), 'en-GB'))
    .toSorted((a, b) => Number(a.feed === 'unknown') - Number(b.feed === 'unknown'));
}

type Added = 'devicesHeard' | 'devicesKnown' | 'packetsPerSecond' | 'received' | 'decoded' | 'duplicate';

/** All feeds together: the counts are those of the status bar. */
export function feedTotals(feeds: readonly FeedRow[]): Pick<FeedRow, Added> & { readonly refused: number } {
  const sum = (pick: (feed: FeedRow) => number): number =>
    feeds.reduce((total, feed) => total + pick(feed), 0);
  return {
    devicesHeard: sum((feed) => feed.devicesHeard),
    devicesKnown: sum((feed) => feed.devicesKnown),
    packetsPerSecond: sum((feed) => feed.packetsPerSecond),
    received: sum((feed) => feed.received),
    decoded: sum((feed) => feed.decoded),
    duplicate: sum((feed) => feed.duplicate),
    refused: sum((feed) => sumOf(feed.refused)),
  };
}

/** Median and 99th percentile without their unit, which the column names: "0.8 · 57"; "–" before the first packet. */
export function latencyWords({
  latencyP50Ms,
  latencyP99Ms,
}: Pick<FeedRow, 'latencyP50Ms' | 'latencyP99Ms'>): string {
  if (latencyP50Ms === null || latencyP99Ms === null) return '–';
  return `${millisecondsOf(latencyP50Ms)} · ${millisecondsOf(latencyP99Ms)}`;
}

function millisecondsOf(latencyMs: number): string {
  return latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs).toLocaleString('en-GB');
}
