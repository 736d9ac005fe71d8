import { fail, ok, type Result } from '../../core/base/result.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import type { WorkerCounts } from './load-messages.ts';

const percentiles: Readonly<Record<string, number>> = {
  p50: 50,
  p90: 90,
  p99: 99,
  'p99.9': 99.9,
  max: 100,
};
const UNIT_MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

/** One thing a run must keep to. */
export type ServiceTerm =
  | { readonly kind: 'latency'; readonly name: string; readonly percentile: number; readonly maxMs: number }
  | { readonly kind: 'loss'; readonly max: number; readonly isShare: boolean }
  | { readonly kind: 'memory'; readonly maxMegabytesAMinute: number };

/** What is held against the terms. */
export interface ServiceSeen {
  readonly response: LatencyHistogram;
  readonly counts: WorkerCounts;
  readonly productMegabytesAMinute: number | null;
}

/** "p99=250ms,loss=0,rss=1": response times; packets due and not acknowledged, or a share of them; the product's growth in MB a minute. */
export function readServiceLevel(text: string): Result<readonly ServiceTerm[], string> {
  const terms: ServiceTerm[] = [];
  for (const part of text.split(',')) {
    const term = readTerm(part.trim());
    if (term === null) {
      return fail(
        `"${part.trim()}" is no threshold; use p50, p90, p99, p99.9 or max=250ms, loss=0 or loss=0.1%, rss=1`,
      );
    }
    terms.push(term);
  }
  return ok(terms);
}

function readTerm(text: string): ServiceTerm | null {
  const [, name = '', number = '', unit = ''] = /^([\w.]+)=(\d+(?:\.\d+)?)(us|ms|s|%)?$/.exec(text) ?? [];
  const value = Number(number);
  if (number === '') return null;
  if (name === 'loss' && unit === '%') return { kind: 'loss', max: value / 100, isShare: true };
  if (name === 'loss' && unit === '') return { kind: 'loss', max: value, isShare: false };
  if (name === 'rss' && unit === '') return { kind: 'memory', maxMegabytesAMinute: value };
  const percentile = percentiles[name];
  const unitMs = UNIT_MS[unit];
  if (percentile === undefined || unitMs === undefined) return null;
  return { kind: 'latency', name, percentile, maxMs: value * unitMs };
}

/** What was missed, in sentences; none when every term was kept. */
export function missedTerms(terms: readonly ServiceTerm[], seen: ServiceSeen): readonly string[] {
  return terms.flatMap((term) => missed(term, seen) ?? []);
}

function missed(
  term: ServiceTerm,
  { response, counts, productMegabytesAMinute }: ServiceSeen,
): string | null {
  switch (term.kind) {
    case 'latency': {
      const seenMs = response.percentileMs(term.percentile);
      if (seenMs === null) return `${term.name}: nothing was acknowledged`;
      return seenMs <= term.maxMs ? null : `${term.name} ${seenMs.toFixed(1)} ms is over ${term.maxMs} ms`;
    }
    case 'loss': {
      const lost = counts.intended - counts.acknowledged;
      const allowed = term.isShare ? counts.intended * term.max : term.max;
      return lost <= allowed ? null : `${lost} of ${counts.intended} packets were due and not acknowledged`;
    }
    case 'memory': {
      if (productMegabytesAMinute === null)
        return "rss: the product's memory could not be watched for a minute";
      const { maxMegabytesAMinute } = term;
      return productMegabytesAMinute <= maxMegabytesAMinute
        ? null
        : `the product grew by ${productMegabytesAMinute.toFixed(2)} MB a minute, over ${maxMegabytesAMinute}`;
    }
  }
}
