import type { LoadPlan } from './load-plan.ts';
import type { Login } from './mqtt-bytes.ts';

/** What a worker is told when it starts: whom to connect to, and which of the trackers are its own. */
export interface WorkerSettings {
  readonly host: string;
  readonly port: number;
  /** All trackers of the run; the worker plays those whose number leaves `worker` when divided by `workers`. */
  readonly clients: number;
  readonly worker: number;
  readonly workers: number;
  readonly connectPerSecond: number;
  /** How many addresses of 127.0.0.x the connections come from; nought leaves it to the system. */
  readonly sourceAddresses: number;
  readonly login: Login | null;
}

export interface WorkerPhase {
  readonly plan: LoadPlan;
  /** Epoch milliseconds, so that all workers start together. */
  readonly startAtMs: number;
  /** How long what is still on its way is waited for at the end. */
  readonly drainMs: number;
}

/** `stop` ends a phase early: nothing more is due. `end` ends the worker. */
export type ToWorker = { readonly phase: WorkerPhase } | { readonly stop: true } | { readonly end: true };

/** What a worker counted in one second. Histograms are encoded: `LatencyHistogram.from`. */
export interface WorkerSecond {
  readonly second: number;
  readonly intended: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly outstanding: number;
  /** From when a packet was due to its PUBACK, of those acknowledged in this second. */
  readonly response: string;
  /** From when it was handed to the socket. */
  readonly service: string;
}

export interface WorkerCounts {
  readonly intended: number;
  readonly sent: number;
  readonly droppedByGenerator: number;
  readonly acknowledged: number;
  readonly outstanding: number;
  /** Sent once more after a connection was lost. */
  readonly resent: number;
  readonly connectionsLost: number;
}

/** How well the generator itself kept up, while it timed. */
export interface WorkerHealth {
  readonly loopLagP99Ms: number;
  readonly sendLagP99Ms: number;
  /** Of one core. */
  readonly processorShare: number;
  readonly processorMicroseconds: number;
}

export interface WorkerDone {
  /** From the start until nothing more was due; shorter than the plan when it was stopped. */
  readonly sentForMs: number;
  readonly counts: WorkerCounts;
  readonly health: WorkerHealth;
  /** From when a connection was due to its CONNACK, of those that came back; encoded. */
  readonly reconnect: string;
}

export type FromWorker =
  | { readonly connected: { readonly latency: string } }
  | { readonly second: WorkerSecond }
  | { readonly done: WorkerDone }
  | { readonly failed: { readonly problem: 'unreachable' | 'refused'; readonly detail: string } };
