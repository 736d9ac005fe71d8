import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

const LONGEST_MICROSECONDS = 60_000_000;
const MICROSECONDS_A_MS = 1_000;

/** What a report says of a distribution: milliseconds, and how many values it is of. Null of none. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number | null;
}

/**
 * Latencies from 1 µs to 60 s to three digits. What is longer counts as 60 s. Merging adds counts, so the percentiles
 * of several workers are those of all their values, not means of percentiles.
 */
export class LatencyHistogram {
  readonly #histogram: Histogram;

  private constructor(histogram: Histogram) {
    this.#histogram = histogram;
  }

  static empty(): LatencyHistogram {
    return new LatencyHistogram(
      build({
        bitBucketSize: 32,
        autoResize: false,
        lowestDiscernibleValue: 1,
        highestTrackableValue: LONGEST_MICROSECONDS,
        numberOfSignificantValueDigits: 3,
      }),
    );
  }

  /** From the text `encoded` gave, also in another process. */
  static from(text: string): LatencyHistogram {
    const decoded = LatencyHistogram.empty();
    decoded.#histogram.add(decodeFromCompressedBase64(text));
    return decoded;
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  record(ms: number): void {
    const microseconds = Math.round(ms * MICROSECONDS_A_MS);
    this.#histogram.recordValue(Math.min(LONGEST_MICROSECONDS, Math.max(1, microseconds)));
  }

  add(other: LatencyHistogram): void {
    this.#histogram.add(other.#histogram);
  }

  reset(): void {
    this.#histogram.reset();
  }

  encoded(): string {
    return encodeIntoCompressedBase64(this.#histogram);
  }

  /** Null of no values. */
  percentileMs(percentile: number): number | null {
    if (this.count === 0) return null;
    return this.#histogram.getValueAtPercentile(percentile) / MICROSECONDS_A_MS;
  }

  summary(): LatencySummary {
    return {
      count: this.count,
      p50Ms: this.percentileMs(50),
      p90Ms: this.percentileMs(90),
      p99Ms: this.percentileMs(99),
      p999Ms: this.percentileMs(99.9),
      maxMs: this.percentileMs(100),
    };
  }
}
