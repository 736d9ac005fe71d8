import { setTimeout as wait } from 'node:timers/promises';
import type { MeasuredProcess } from '../ingest/measured-process.ts';

const MEMORY_EVERY_MS = 500;
const MEGABYTE = 1_048_576;

export interface MemorySample {
  readonly atS: number;
  readonly bytes: number;
}

/** The resident memory of a process every half second, until it is over. */
export async function watchMemory(
  server: MeasuredProcess,
  watch: { readonly isOver: boolean },
): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const startMs = performance.now();
  while (!watch.isOver) {
    samples.push({ atS: (performance.now() - startMs) / 1_000, bytes: await server.residentBytes() });
    await wait(MEMORY_EVERY_MS);
  }
  return samples;
}

/** The most there was, and the slope in words. It is of the second half: the first one fills what is meant to be filled. */
export function describeMemory(samples: readonly MemorySample[]): string {
  const most = Math.max(...samples.map(({ bytes }) => bytes));
  const later = samples.slice(Math.floor(samples.length / 2));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanS, meanBytes] = [mean(later.map(({ atS }) => atS)), mean(later.map(({ bytes }) => bytes))];
  const covariance = mean(later.map(({ atS, bytes }) => (atS - meanS) * (bytes - meanBytes)));
  const slope = covariance / mean(later.map(({ atS }) => (atS - meanS) ** 2));
  return `resident memory at most ${(most / MEGABYTE).toFixed(0)} MB, in the second half ${(slope / MEGABYTE).toFixed(2)} MB a second`;
}
