import { fail, ok, type Result } from '../../core/base/result.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import type { Login } from './mqtt-bytes.ts';
import type { LoadPlan, LoadStage } from './load-plan.ts';
import { type CurvePoint, type LoadResult, recoveryOf } from './load-result.ts';
import type { ShapedLoad } from './load-shape.ts';
import { watchMachine } from './machine-watch.ts';
import type { PhaseOutcome, SecondRow } from './phase-outcome.ts';
import type { ServiceTerm } from './service-level.ts';
import { SlowConsumer } from './slow-consumer.ts';
import { askStoredAtRest } from './stored-packets.ts';
import { judgeLoad } from './verdict.ts';
import type { LoadProblem, WorkerPool } from './worker-pool.ts';

/** What stays the same from run to run: the trackers' connections, and how the product is watched. */
export interface LoadSession {
  readonly pool: WorkerPool;
  readonly host: string;
  readonly port: number;
  readonly login: Login | null;
  readonly clients: number;
  /** Our product's data folder, when it is to be asked what it kept. */
  readonly dataFolder: string | null;
  readonly productPid: number | null;
  /** The generator and the product run on cores of their own. */
  readonly isPinned: boolean;
}

export interface LoadOrder {
  readonly shape: string;
  readonly load: ShapedLoad;
  readonly arrivals: LoadPlan['arrivals'];
  readonly seed: number;
  readonly warmUpMs: number;
  readonly drainMs: number;
  readonly terms: readonly ServiceTerm[];
  readonly onSecond: (row: SecondRow) => void;
}

const CURVE_PERCENTILES = [
  0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100,
] as const;

/** Plays a load once, asks the product what it kept, and judges. */
export async function runLoad(
  session: LoadSession,
  order: LoadOrder,
): Promise<Result<LoadResult, LoadProblem>> {
  const { pool, dataFolder } = session;
  const before = await storedBy(dataFolder);
  if (!before.ok) return before;
  const { load } = order;
  const consumer = load.hasSlowConsumer ? new SlowConsumer(session.host, session.port, session.login) : null;
  const machine = watchMachine(pool.pids, session.productPid);
  const startedAt = new Date().toISOString();
  const plan = planOf(order, session.clients);
  const played = await pool.play({ plan, drainMs: order.drainMs }, order.onSecond);
  const machineReport = machine.stop();
  const slowConsumer = consumer?.state ?? null;
  consumer?.end();
  if (!played.ok) return played;
  const after = await storedBy(dataFolder);
  if (!after.ok) return after;
  const storedUnique = before.value === null || after.value === null ? null : after.value - before.value;
  const { response, counts, health } = played.value;
  const { productMegabytesAMinute, productMicroseconds } = machineReport;
  const seen = { response, counts, health, storedUnique, productMegabytesAMinute };
  return ok({
    startedAt,
    target: `${session.host}:${session.port}`,
    shape: order.shape,
    stages: plan.stages,
    arrivals: order.arrivals,
    seed: order.seed,
    clients: session.clients,
    isPinned: session.isPinned,
    warmUpMs: order.warmUpMs,
    connect: pool.connectLatency.summary(),
    ...latenciesOf(played.value),
    counts,
    storedUnique,
    seconds: played.value.seconds,
    acknowledgedPerSecond: counts.acknowledged / (played.value.sentForMs / 1_000),
    recovery: recoveryIn(played.value, order),
    slowConsumer,
    health,
    machine: machineReport,
    processor: {
      generatorMicrosecondsAPacket: perPacket(health.processorMicroseconds, response.count),
      productMicrosecondsAPacket: perPacket(productMicroseconds, counts.acknowledged),
    },
    verdict: judgeLoad(seen, order.terms),
  });
}

/** The warm-up goes before everything else, at the rate the load begins with. */
export function planOf(
  { load, arrivals, seed, warmUpMs }: Pick<LoadOrder, 'load' | 'arrivals' | 'seed' | 'warmUpMs'>,
  clients: number,
): LoadPlan {
  const first = load.stages[0]?.fromPerSecond ?? 0;
  const warmUp: LoadStage = { durationMs: warmUpMs, fromPerSecond: first, toPerSecond: first };
  return {
    stages: warmUpMs > 0 ? [warmUp, ...load.stages] : load.stages,
    arrivals,
    seed,
    clients,
    warmUpMs,
    flush: load.flush === null ? null : { ...load.flush, atMs: load.flush.atMs + warmUpMs },
    herd: load.herd === null ? null : { ...load.herd, atMs: load.herd.atMs + warmUpMs },
  };
}

async function storedBy(dataFolder: string | null): Promise<Result<number | null, LoadProblem>> {
  if (dataFolder === null) return ok(null);
  const stored = await askStoredAtRest(dataFolder);
  return stored.ok ? ok(stored.value.unique) : fail({ problem: 'unreachable', detail: stored.error });
}

function latenciesOf({
  response,
  service,
  reconnect,
}: PhaseOutcome): Pick<LoadResult, 'response' | 'service' | 'reconnect' | 'responseCurve' | 'serviceCurve'> {
  return {
    response: response.summary(),
    service: service.summary(),
    reconnect: reconnect.summary(),
    responseCurve: curveOf(response),
    serviceCurve: curveOf(service),
  };
}

function curveOf(histogram: LatencyHistogram): readonly CurvePoint[] {
  return CURVE_PERCENTILES.flatMap((percentile) => {
    const ms = histogram.percentileMs(percentile);
    return ms === null ? [] : [{ percentile, ms }];
  });
}

function recoveryIn({ seconds }: PhaseOutcome, { load, warmUpMs }: LoadOrder): LoadResult['recovery'] {
  if (load.disturbance === null) return null;
  const { fromMs, toMs } = load.disturbance;
  return recoveryOf(seconds, { fromMs: fromMs + warmUpMs, toMs: toMs + warmUpMs });
}

function perPacket(microseconds: number | null, packets: number): number | null {
  return microseconds === null || packets === 0 ? null : microseconds / packets;
}
