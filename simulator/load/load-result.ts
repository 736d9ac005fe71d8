import type { LatencySummary } from './latency-histogram.ts';
import type { WorkerCounts } from './load-messages.ts';
import type { Arrivals, LoadStage } from './load-plan.ts';
import type { MachineReport } from './machine-watch.ts';
import type { GeneratorHealth, SecondRow } from './phase-outcome.ts';
import type { ConsumerState } from './slow-consumer.ts';
import type { Verdict } from './verdict.ts';

/** What one run found, as `--report` writes it. */
export interface LoadResult {
  readonly startedAt: string;
  readonly target: string;
  readonly shape: string;
  readonly stages: readonly LoadStage[];
  readonly arrivals: Arrivals;
  readonly seed: number;
  readonly clients: number;
  readonly isPinned: boolean;
  readonly warmUpMs: number;
  readonly connect: LatencySummary;
  /** From when a packet was due to its PUBACK. */
  readonly response: LatencySummary;
  /** From when it was handed to the socket. A gap between the two is queueing in the generator. */
  readonly service: LatencySummary;
  readonly responseCurve: readonly CurvePoint[];
  readonly serviceCurve: readonly CurvePoint[];
  readonly reconnect: LatencySummary;
  readonly counts: WorkerCounts;
  /** What our product kept of this run; null when it was not asked. */
  readonly storedUnique: number | null;
  readonly seconds: readonly SecondRow[];
  readonly acknowledgedPerSecond: number;
  readonly recovery: Recovery | null;
  /** What had become of the subscriber that reads nothing at the end; null without one. */
  readonly slowConsumer: ConsumerState | null;
  readonly health: GeneratorHealth;
  readonly machine: MachineReport;
  readonly processor: {
    readonly generatorMicrosecondsAPacket: number | null;
    readonly productMicrosecondsAPacket: number | null;
  };
  readonly verdict: Verdict;
}

/** One point of a distribution. */
export interface CurvePoint {
  readonly percentile: number;
  readonly ms: number;
}

/** How long after a disturbance its traces were gone. */
export interface Recovery {
  /** The median of the seconds' p99 before it; null when there were none. */
  readonly p99BeforeMs: number | null;
  readonly worstP99Ms: number | null;
  /** Until a second's p99 was at most twice what it was before; null when it never was, or nothing is known of before. */
  readonly seconds: number | null;
}

const RECOVERED_AT_TIMES = 2;

export function recoveryOf(
  seconds: readonly SecondRow[],
  disturbance: { readonly fromMs: number; readonly toMs: number },
): Recovery {
  const p99s = seconds.flatMap(({ second, response }) =>
    response.p99Ms === null ? [] : [{ atMs: second * 1_000, p99Ms: response.p99Ms }],
  );
  const before = p99s.filter(({ atMs }) => atMs + 1_000 <= disturbance.fromMs).map(({ p99Ms }) => p99Ms);
  const since = p99s.filter(({ atMs }) => atMs + 1_000 > disturbance.fromMs);
  const p99BeforeMs = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)] ?? null;
  const recovered =
    p99BeforeMs === null
      ? undefined
      : since.find(
          ({ atMs, p99Ms }) => atMs >= disturbance.toMs && p99Ms <= p99BeforeMs * RECOVERED_AT_TIMES,
        );
  return {
    p99BeforeMs,
    worstP99Ms: since.length === 0 ? null : Math.max(...since.map(({ p99Ms }) => p99Ms)),
    seconds: recovered === undefined ? null : (recovered.atMs - disturbance.toMs) / 1_000,
  };
}
