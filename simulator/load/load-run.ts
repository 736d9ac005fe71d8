import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { must } from '../../core/base/assert.ts';
import { type ArrivalCursor, arrivalsOf } from './arrival-schedule.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { Flight, LoadConnection } from './load-connection.ts';
import type {
  WorkerCounts,
  WorkerDone,
  WorkerHealth,
  WorkerPhase,
  WorkerSecond,
  WorkerSettings,
} from './load-messages.ts';
import { planLengthMs } from './load-plan.ts';
import type { LoadVehicle } from './load-vehicle.ts';

/** A tracker of this worker. */
export interface LoadTracker {
  readonly vehicle: LoadVehicle;
  readonly connection: LoadConnection;
}

/** How many packets leave before acknowledgements are looked at again. */
const BURST_PACKETS = 128;
const SECOND_MS = 1_000;
const LOOP_RESOLUTION_MS = 10;
const DRAIN_LOOK_MS = 10;
/** Between two packets far apart a run still hears that it is to stop. */
const LOOK_UP_MS = 100;

/**
 * One phase as one worker plays it: sends what is due at its time, late rather than never, whether or not anything was
 * acknowledged, and times every packet from when it was due.
 */
export class LoadRun {
  readonly #settings: WorkerSettings;
  readonly #phase: WorkerPhase;
  readonly #trackers: readonly LoadTracker[];
  readonly #onSecond: (second: WorkerSecond) => void;
  readonly #startMs: number;
  readonly #response = LatencyHistogram.empty();
  readonly #service = LatencyHistogram.empty();
  readonly #sendLag = LatencyHistogram.empty();
  readonly #reconnect = LatencyHistogram.empty();
  readonly #loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  #processor = process.cpuUsage();
  #timedSinceMs = 0;
  #intended = 0;
  #dropped = 0;
  #sent = 0;
  #acknowledged = 0;
  #resent = 0;
  #lost = 0;
  #told = { intended: 0, sent: 0, acknowledged: 0 };
  #second = 0;
  #isStopped = false;

  constructor(
    settings: WorkerSettings,
    phase: WorkerPhase,
    trackers: readonly LoadTracker[],
    onSecond: (second: WorkerSecond) => void,
  ) {
    this.#settings = settings;
    this.#phase = phase;
    this.#trackers = trackers;
    this.#onSecond = onSecond;
    this.#startMs = phase.startAtMs - performance.timeOrigin;
  }

  async play(): Promise<WorkerDone> {
    const ticking = setInterval(() => this.#tellSecond(), SECOND_MS);
    this.#timedFromNow();
    const { plan } = this.#phase;
    if (plan.warmUpMs > 0) setTimeout(() => this.#timedFromNow(), this.#msUntil(plan.warmUpMs));
    const { herd } = plan;
    if (herd !== null) {
      setTimeout(() => this.#sendHerdHome(herd.atMs, herd.withinMs), this.#msUntil(herd.atMs));
    }
    await this.#pace(arrivalsOf(plan));
    const health = this.#health();
    const sentForMs = performance.now() - this.#startMs;
    await this.#drain();
    clearInterval(ticking);
    this.#tellSecond();
    return { sentForMs, counts: this.#counts(), health, reconnect: this.#reconnect.encoded() };
  }

  /** Nothing more is due; what is on its way is still waited for. */
  stop(): void {
    this.#isStopped = true;
  }

  sent(flight: Flight): void {
    this.#sent += 1;
    if (flight.isTimed && flight.sentMs !== null) this.#sendLag.record(flight.sentMs - flight.dueMs);
  }

  acknowledged(flight: Flight): void {
    this.#acknowledged += 1;
    if (!flight.isTimed) return;
    const nowMs = performance.now();
    this.#response.record(nowMs - flight.dueMs);
    this.#service.record(nowMs - (flight.sentMs ?? flight.dueMs));
  }

  resent(flights: number): void {
    this.#resent += flights;
  }

  lost(): void {
    this.#lost += 1;
  }

  connected(dueMs: number): void {
    this.#reconnect.record(performance.now() - dueMs);
  }

  async #pace(arrivals: ArrivalCursor): Promise<void> {
    const endMs = this.#startMs + planLengthMs(this.#phase.plan);
    while (!this.#isStopped) {
      const isBehind = this.#sendDue(arrivals);
      const nextMs = Math.min(this.#startMs + arrivals.dueMs, endMs);
      const waitMs = nextMs - performance.now();
      if (isBehind) await nextTurn();
      else if (arrivals.dueMs === Infinity && waitMs <= 0) return;
      else await wait(Math.min(LOOK_UP_MS, Math.max(1, Math.ceil(waitMs))));
    }
  }

  /** Sends what is due, a burst at most; true when more is. */
  #sendDue(arrivals: ArrivalCursor): boolean {
    const { worker, workers } = this.#settings;
    const touched = new Set<LoadConnection>();
    const nowMs = performance.now() - this.#startMs;
    for (let burst = 0; arrivals.dueMs <= nowMs && burst < BURST_PACKETS; arrivals.advance()) {
      if (arrivals.client % workers !== worker) continue;
      burst += 1;
      const tracker = must(this.#trackers[Math.floor(arrivals.client / workers)], 'a tracker for every turn');
      this.#queue(tracker, arrivals);
      touched.add(tracker.connection);
    }
    for (const connection of touched) connection.flush();
    return arrivals.dueMs <= nowMs;
  }

  #queue({ vehicle, connection }: LoadTracker, { dueMs, recordAgeMs }: ArrivalCursor): void {
    this.#intended += 1;
    const { topic, payload } = vehicle.publish(Date.now(), recordAgeMs);
    const isTimed = dueMs >= this.#phase.plan.warmUpMs;
    if (!connection.queue(topic, payload, this.#startMs + dueMs, isTimed)) this.#dropped += 1;
  }

  #sendHerdHome(atMs: number, withinMs: number): void {
    const { clients, worker, workers } = this.#settings;
    this.#trackers.forEach(({ connection }, index) => {
      const share = (index * workers + worker) / clients;
      connection.leaveAndReturn(this.#startMs + atMs + share * withinMs);
    });
  }

  async #drain(): Promise<void> {
    const giveUpAtMs = performance.now() + this.#phase.drainMs;
    while (this.#sent + this.#waiting() > this.#acknowledged && performance.now() < giveUpAtMs) {
      await wait(DRAIN_LOOK_MS);
    }
  }

  #timedFromNow(): void {
    this.#loopDelay.reset();
    this.#loopDelay.enable();
    this.#processor = process.cpuUsage();
    this.#timedSinceMs = performance.now();
  }

  #health(): WorkerHealth {
    this.#loopDelay.disable();
    const { user, system } = process.cpuUsage(this.#processor);
    const timedMs = performance.now() - this.#timedSinceMs;
    return {
      loopLagP99Ms: Math.max(0, this.#loopDelay.percentile(99) / 1e6 - LOOP_RESOLUTION_MS),
      sendLagP99Ms: this.#sendLag.percentileMs(99) ?? 0,
      processorShare: timedMs > 0 ? (user + system) / 1_000 / timedMs : 0,
      processorMicroseconds: user + system,
    };
  }

  /** What still waits for a connection at the end was never sent. */
  #counts(): WorkerCounts {
    return {
      intended: this.#intended,
      sent: this.#sent,
      droppedByGenerator: this.#dropped + this.#waiting(),
      acknowledged: this.#acknowledged,
      outstanding: this.#trackers.reduce((sum, { connection }) => sum + connection.inFlight, 0),
      resent: this.#resent,
      connectionsLost: this.#lost,
    };
  }

  #tellSecond(): void {
    const now = { intended: this.#intended, sent: this.#sent, acknowledged: this.#acknowledged };
    this.#onSecond({
      second: this.#second,
      intended: now.intended - this.#told.intended,
      sent: now.sent - this.#told.sent,
      acknowledged: now.acknowledged - this.#told.acknowledged,
      outstanding: now.sent - now.acknowledged,
      response: this.#response.encoded(),
      service: this.#service.encoded(),
    });
    this.#told = now;
    this.#second += 1;
    this.#response.reset();
    this.#service.reset();
  }

  #waiting(): number {
    return this.#trackers.reduce((sum, { connection }) => sum + connection.waiting, 0);
  }

  #msUntil(offsetMs: number): number {
    return Math.max(0, this.#startMs + offsetMs - performance.now());
  }
}
