import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = LatencyHistogram.empty();
  for (const value of values) histogram.record(value);
  return histogram;
}

test('percentiles are told to three digits, and of nothing there are none', () => {
  const summary = histogramOf(Array.from({ length: 1_000 }, (_, i) => i + 1)).summary();
  expect(summary.count).toBe(1_000);
  const close = (ms: number | null, expected: number): void => {
    expect(Math.abs((ms ?? 0) - expected) / expected).toBeLessThan(0.001);
  };
  close(summary.p50Ms, 500);
  close(summary.p90Ms, 900);
  close(summary.p99Ms, 990);
  close(summary.p999Ms, 999);
  close(summary.maxMs, 1_000);
  expect(LatencyHistogram.empty().summary()).toEqual({
    count: 0,
    p50Ms: null,
    p90Ms: null,
    p99Ms: null,
    p999Ms: null,
    maxMs: null,
  });
});

test('what is shorter than a microsecond or longer than a minute is counted all the same', () => {
  const histogram = histogramOf([-1, 0, 90_000]);
  expect(histogram.count).toBe(3);
  expect(histogram.percentileMs(50)).toBe(0.001);
  expect(Math.round((histogram.percentileMs(100) ?? 0) / 100)).toBe(600);
});

test('merged over any number of workers and their texts, it is the histogram of all values', () => {
  const latency = fc.double({ min: 0.001, max: 59_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.array(latency), { minLength: 1, maxLength: 4 }), (workers) => {
      const merged = LatencyHistogram.empty();
      for (const values of workers) merged.add(LatencyHistogram.from(histogramOf(values).encoded()));
      expect(merged.summary()).toEqual(histogramOf(workers.flat()).summary());
    }),
    { numRuns: 50 },
  );
});
