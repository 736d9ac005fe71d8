import { randomStream } from '../../core/base/random.ts';
import type { Arrivals, Flush, LoadPlan, LoadStage } from './load-plan.ts';

/** The next packet that is due. Read, then advanced; at the end `dueMs` is Infinity. */
export interface ArrivalCursor {
  /** From the start of the plan. */
  readonly dueMs: number;
  /** Number of the tracker whose turn it is. */
  readonly client: number;
  /** How long ago its record was made: nought, or more for one that was kept. */
  readonly recordAgeMs: number;
  advance(): void;
}

/**
 * All arrivals of a plan in order of time. It depends on the plan alone, so workers that share the trackers out among
 * them each walk the same schedule and leave to the others what is theirs.
 */
export function arrivalsOf(plan: LoadPlan): ArrivalCursor {
  const live = new LiveArrivals(plan.stages, plan.arrivals, plan.seed, plan.clients);
  return plan.flush === null ? live : new MergedArrivals(live, new FlushArrivals(plan.flush, plan.clients));
}

/** Rounding in the last digit must not make one arrival more or less of a whole number of them. */
const ROUNDING = 1e-7;

/**
 * The k-th arrival is when the area under the rate reaches k; with Poisson arrivals the area grows by exponential
 * steps of mean one instead, which is the same process at any changing rate.
 */
class LiveArrivals implements ArrivalCursor {
  dueMs = 0;
  client = -1;
  readonly recordAgeMs = 0;
  readonly #stages: readonly LoadStage[];
  readonly #clients: number;
  readonly #step: () => number;
  #area = 0;
  #stage = 0;
  #stageStartMs = 0;
  #areaBefore = 0;

  constructor(stages: readonly LoadStage[], arrivals: Arrivals, seed: number, clients: number) {
    const chance = randomStream(seed, 'arrivals');
    this.#stages = stages;
    this.#clients = clients;
    this.#step = arrivals === 'constant' ? () => 1 : () => -Math.log(1 - chance.next());
    this.#area = arrivals === 'constant' ? 0 : this.#step();
    this.#find();
  }

  advance(): void {
    this.#area += this.#step();
    this.#find();
  }

  #find(): void {
    for (; ; this.#stage += 1) {
      const stage = this.#stages[this.#stage];
      if (stage === undefined) {
        this.dueMs = Infinity;
        return;
      }
      const within = this.#area - this.#areaBefore;
      const area = areaOf(stage);
      if (within < area - ROUNDING) {
        this.dueMs = this.#stageStartMs + timeOfArea(stage, within);
        this.client = (this.client + 1) % this.#clients;
        return;
      }
      this.#areaBefore += area;
      this.#stageStartMs += stage.durationMs;
    }
  }
}

/** How many arrivals a stage has on average. */
export function areaOf({ durationMs, fromPerSecond, toPerSecond }: LoadStage): number {
  return ((fromPerSecond + toPerSecond) / 2) * (durationMs / 1_000);
}

/** When the area under a stage's rate has grown to so much: the smaller root of a quadratic, written so that a flat rate needs no case. */
function timeOfArea({ durationMs, fromPerSecond, toPerSecond }: LoadStage, area: number): number {
  if (area <= 0) return 0;
  const from = fromPerSecond / 1_000;
  const slope = (toPerSecond - fromPerSecond) / 1_000 / durationMs;
  return (2 * area) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * area)));
}

/** The trackers that were away send in turns, oldest record first, evenly over the time the upload takes. */
class FlushArrivals implements ArrivalCursor {
  dueMs = 0;
  client = 0;
  recordAgeMs = 0;
  readonly #flush: Flush;
  readonly #away: number;
  readonly #total: number;
  #number = -1;

  constructor(flush: Flush, clients: number) {
    this.#flush = flush;
    this.#away = Math.max(1, Math.round(clients * flush.share));
    this.#total = this.#away * flush.recordsEach;
    this.advance();
  }

  advance(): void {
    const { atMs, overMs, recordsEach, recordEveryMs } = this.#flush;
    this.#number += 1;
    if (this.#number >= this.#total) {
      this.dueMs = Infinity;
      return;
    }
    this.dueMs = atMs + (overMs * this.#number) / this.#total;
    this.client = this.#number % this.#away;
    this.recordAgeMs = (recordsEach - Math.floor(this.#number / this.#away)) * recordEveryMs;
  }
}

class MergedArrivals implements ArrivalCursor {
  readonly #left: ArrivalCursor;
  readonly #right: ArrivalCursor;

  constructor(left: ArrivalCursor, right: ArrivalCursor) {
    this.#left = left;
    this.#right = right;
  }

  get dueMs(): number {
    return this.#next().dueMs;
  }

  get client(): number {
    return this.#next().client;
  }

  get recordAgeMs(): number {
    return this.#next().recordAgeMs;
  }

  advance(): void {
    this.#next().advance();
  }

  #next(): ArrivalCursor {
    return this.#left.dueMs <= this.#right.dueMs ? this.#left : this.#right;
  }
}
