import { LatencyHistogram, type LatencySummary } from './latency-histogram.ts';
import type { WorkerCounts, WorkerDone, WorkerHealth, WorkerSecond } from './load-messages.ts';

/** One second of all workers together; latencies are of what was acknowledged in it. */
export interface SecondRow {
  readonly second: number;
  readonly intended: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly outstanding: number;
  readonly response: LatencySummary;
  readonly service: LatencySummary;
}

/** The worst worker's lags and share of a core; the processor time of all together. */
export interface GeneratorHealth extends WorkerHealth {
  readonly workers: number;
}

/** What all workers together brought home from a phase. */
export interface PhaseOutcome {
  /** From the start until nothing more was due. */
  readonly sentForMs: number;
  readonly seconds: readonly SecondRow[];
  readonly response: LatencyHistogram;
  readonly service: LatencyHistogram;
  readonly reconnect: LatencyHistogram;
  readonly counts: WorkerCounts;
  readonly health: GeneratorHealth;
}

/** Puts together what workers say of one phase. A second is told on when every worker has told it, or the phase is over. */
export class PhaseMerger {
  readonly #workers: number;
  readonly #onSecond: (row: SecondRow) => void;
  readonly #waiting = new Map<number, WorkerSecond[]>();
  readonly #seconds: SecondRow[] = [];
  readonly #done: WorkerDone[] = [];
  readonly #response = LatencyHistogram.empty();
  readonly #service = LatencyHistogram.empty();

  constructor(workers: number, onSecond: (row: SecondRow) => void) {
    this.#workers = workers;
    this.#onSecond = onSecond;
  }

  takeSecond(second: WorkerSecond): void {
    const told = [...(this.#waiting.get(second.second) ?? []), second];
    this.#waiting.set(second.second, told);
    if (told.length === this.#workers) this.#closeSecond(second.second, told);
  }

  /** The whole, once the last worker is done; null before. */
  takeDone(done: WorkerDone): PhaseOutcome | null {
    this.#done.push(done);
    if (this.#done.length < this.#workers) return null;
    for (const [number, told] of [...this.#waiting].toSorted(([a], [b]) => a - b)) {
      this.#closeSecond(number, told);
    }
    const reconnect = LatencyHistogram.empty();
    for (const each of this.#done) reconnect.add(LatencyHistogram.from(each.reconnect));
    return {
      sentForMs: Math.max(...this.#done.map((each) => each.sentForMs)),
      seconds: this.#seconds,
      response: this.#response,
      service: this.#service,
      reconnect,
      counts: sumOfCounts(this.#done.map(({ counts }) => counts)),
      health: worstHealth(this.#done.map(({ health }) => health)),
    };
  }

  #closeSecond(second: number, told: readonly WorkerSecond[]): void {
    this.#waiting.delete(second);
    const [response, service] = [LatencyHistogram.empty(), LatencyHistogram.empty()];
    for (const each of told) {
      response.add(LatencyHistogram.from(each.response));
      service.add(LatencyHistogram.from(each.service));
    }
    this.#response.add(response);
    this.#service.add(service);
    const sum = (count: 'intended' | 'sent' | 'acknowledged' | 'outstanding'): number =>
      told.reduce((total, each) => total + each[count], 0);
    const row: SecondRow = {
      second,
      intended: sum('intended'),
      sent: sum('sent'),
      acknowledged: sum('acknowledged'),
      outstanding: sum('outstanding'),
      response: response.summary(),
      service: service.summary(),
    };
    this.#seconds.push(row);
    this.#onSecond(row);
  }
}

function sumOfCounts(all: readonly WorkerCounts[]): WorkerCounts {
  const sum = (count: keyof WorkerCounts): number => all.reduce((total, each) => total + each[count], 0);
  return {
    intended: sum('intended'),
    sent: sum('sent'),
    droppedByGenerator: sum('droppedByGenerator'),
    acknowledged: sum('acknowledged'),
    outstanding: sum('outstanding'),
    resent: sum('resent'),
    connectionsLost: sum('connectionsLost'),
  };
}

function worstHealth(all: readonly WorkerHealth[]): GeneratorHealth {
  const worst = (lag: 'loopLagP99Ms' | 'sendLagP99Ms' | 'processorShare'): number =>
    Math.max(...all.map((each) => each[lag]));
  return {
    workers: all.length,
    loopLagP99Ms: worst('loopLagP99Ms'),
    sendLagP99Ms: worst('sendLagP99Ms'),
    processorShare: worst('processorShare'),
    processorMicroseconds: all.reduce((total, each) => total + each.processorMicroseconds, 0),
  };
}
