import type { WorkerCounts } from './load-messages.ts';
import type { GeneratorHealth } from './phase-outcome.ts';
import { missedTerms, type ServiceSeen, type ServiceTerm } from './service-level.ts';

/** Exit codes of `fleet-sim load`. */
export const LOAD_EXIT = {
  pass: 0,
  runError: 1,
  badUsage: 2,
  unreachable: 3,
  thresholdMissed: 4,
  generatorWasTheBottleneck: 5,
} as const;

export interface Verdict {
  readonly exitCode: number;
  /** In one word. */
  readonly outcome: 'passed' | 'counts do not close' | 'not a result' | 'threshold missed';
  readonly reasons: readonly string[];
}

export const LOOP_LAG_P99_MAX_MS = 10;
export const SEND_LAG_P99_MAX_MS = 20;

/** Counts come first: latencies of a run that lost track of packets mean nothing. Then the generator's own health. */
export function judgeLoad(
  seen: ServiceSeen & { readonly health: GeneratorHealth; readonly storedUnique: number | null },
  terms: readonly ServiceTerm[],
): Verdict {
  const gaps = countGaps(seen.counts, seen.storedUnique);
  if (gaps.length > 0) return { exitCode: LOAD_EXIT.runError, outcome: 'counts do not close', reasons: gaps };
  const lags = generatorLags(seen.health);
  if (lags.length > 0) {
    return { exitCode: LOAD_EXIT.generatorWasTheBottleneck, outcome: 'not a result', reasons: lags };
  }
  const misses = missedTerms(terms, seen);
  if (misses.length > 0) {
    return { exitCode: LOAD_EXIT.thresholdMissed, outcome: 'threshold missed', reasons: misses };
  }
  return { exitCode: LOAD_EXIT.pass, outcome: 'passed', reasons: [] };
}

/**
 * Intended = sent + dropped by the generator; sent = acknowledged + outstanding; acknowledged = stored unique, where an
 * outstanding packet may be stored without our having heard of it.
 */
export function countGaps(counts: WorkerCounts, storedUnique: number | null): readonly string[] {
  const { intended, sent, droppedByGenerator, acknowledged, outstanding } = counts;
  const gaps: string[] = [];
  if (intended !== sent + droppedByGenerator) {
    gaps.push(`${intended} intended, but ${sent} sent and ${droppedByGenerator} dropped by the generator`);
  }
  if (sent !== acknowledged + outstanding) {
    gaps.push(`${sent} sent, but ${acknowledged} acknowledged and ${outstanding} outstanding`);
  }
  if (storedUnique !== null && (storedUnique < acknowledged || storedUnique > acknowledged + outstanding)) {
    gaps.push(`${acknowledged} acknowledged and ${outstanding} outstanding, but ${storedUnique} stored`);
  }
  return gaps;
}

/** Of several runs: counts that do not close, then a run that is no result, then a missed threshold. */
export function worstExit(exitCodes: readonly number[]): number {
  const { runError, generatorWasTheBottleneck, thresholdMissed, pass } = LOAD_EXIT;
  return (
    [runError, generatorWasTheBottleneck, thresholdMissed].find((code) => exitCodes.includes(code)) ?? pass
  );
}

export function generatorLags({ loopLagP99Ms, sendLagP99Ms }: GeneratorHealth): readonly string[] {
  const lags: string[] = [];
  if (loopLagP99Ms >= LOOP_LAG_P99_MAX_MS) {
    lags.push(
      `the generator's event loop lagged, p99 ${loopLagP99Ms.toFixed(1)} ms of ${LOOP_LAG_P99_MAX_MS} ms`,
    );
  }
  if (sendLagP99Ms >= SEND_LAG_P99_MAX_MS) {
    lags.push(`packets left late, p99 ${sendLagP99Ms.toFixed(1)} ms of ${SEND_LAG_P99_MAX_MS} ms`);
  }
  return lags;
}
