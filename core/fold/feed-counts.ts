import type { TrackerProvider } from '../protocol/book.ts';

/** What came in by one feed. received = decoded + refused + duplicate. */
export interface FeedCounts {
  received: number;
  decoded: number;
  duplicate: number;
  readonly refused: Record<string, number>;
  lastReceivedAtMs: number | null;
  /** Readings by how long after their own time they were received; bounds in `SKEW_BOUNDS_MS`. */
  readonly skew: number[];
}

/** Packets on a topic of no feed are counted under this name. */
export type FeedName = TrackerProvider | 'unknown';

const SECOND_MS = 1_000;
/**
 * The upper ends of all but the last class. Below the first a clock is so far ahead that rule M3 quarantines it; a few
 * seconds are the network; minutes and hours are backlogs sent late.
 */
export const SKEW_BOUNDS_MS: readonly number[] = [-300, -60, -5, -1, 1, 5, 30, 120, 600, 3_600, 86_400].map(
  (seconds) => seconds * SECOND_MS,
);

export function feedCountsOf(feeds: Map<FeedName, FeedCounts>, feed: FeedName): FeedCounts {
  let counts = feeds.get(feed);
  if (counts === undefined) {
    counts = {
      received: 0,
      decoded: 0,
      duplicate: 0,
      refused: {},
      lastReceivedAtMs: null,
      skew: Array.from({ length: SKEW_BOUNDS_MS.length + 1 }, () => 0),
    };
    feeds.set(feed, counts);
  }
  return counts;
}

/** Counts one reading; `skewMs` is received less observed. */
export function noteSkew({ skew }: FeedCounts, skewMs: number): void {
  let i = 0;
  while (i < SKEW_BOUNDS_MS.length && skewMs > (SKEW_BOUNDS_MS[i] ?? 0)) i += 1;
  skew[i] = (skew[i] ?? 0) + 1;
}
