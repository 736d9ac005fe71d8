import { type ChildProcess, fork } from 'node:child_process';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { FromWorker, ToWorker, WorkerPhase, WorkerSettings } from './load-messages.ts';
import { PhaseMerger, type PhaseOutcome, type SecondRow } from './phase-outcome.ts';

export interface LoadProblem {
  readonly problem: 'unreachable' | 'refused';
  readonly detail: string;
}

/** All workers start so much later, so that each has heard of it. */
const START_IN_MS = 200;

/** The processes that play the trackers. They stay connected from phase to phase. */
export class WorkerPool {
  /** From when a connection was due to its CONNACK. */
  readonly connectLatency = LatencyHistogram.empty();
  readonly #children: readonly ChildProcess[];
  #hear: (message: FromWorker) => void = () => undefined;
  #lost: (detail: string) => void = () => undefined;
  #isEnding = false;

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
    for (const child of children) {
      child.on('message', (message) => this.#hear(message as FromWorker));
      child.on('exit', (code) => {
        if (!this.#isEnding) this.#lost(`a worker of the generator ended with ${code}`);
      });
    }
  }

  /** Starts the program `file` so many times and waits until every connection is accepted. */
  static async start(
    file: string,
    settings: Omit<WorkerSettings, 'worker'>,
  ): Promise<Result<WorkerPool, LoadProblem>> {
    const children = Array.from({ length: settings.workers }, (_, worker) =>
      fork(file, [JSON.stringify({ ...settings, worker } satisfies WorkerSettings)], {
        execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );
    const pool = new WorkerPool(children);
    const connected = await pool.#connected();
    if (connected === null) return ok(pool);
    pool.kill();
    return fail(connected);
  }

  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  play(
    phase: Omit<WorkerPhase, 'startAtMs'>,
    onSecond: (row: SecondRow) => void,
  ): Promise<Result<PhaseOutcome, LoadProblem>> {
    const merger = new PhaseMerger(this.#children.length, onSecond);
    return new Promise((resolve) => {
      this.#lost = (detail) => resolve(fail({ problem: 'refused', detail }));
      this.#hear = (message) => {
        if ('second' in message) merger.takeSecond(message.second);
        if (!('done' in message)) return;
        const outcome = merger.takeDone(message.done);
        if (outcome !== null) resolve(ok(outcome));
      };
      this.#tellAll({ phase: { ...phase, startAtMs: Date.now() + START_IN_MS } });
    });
  }

  /** Ends the phase that is being played; its outcome comes as ever. */
  stop(): void {
    this.#tellAll({ stop: true });
  }

  /** Says goodbye to the broker. */
  async end(): Promise<void> {
    this.#isEnding = true;
    const running = this.#children.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const gone = running.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
    for (const child of running) child.send({ end: true } satisfies ToWorker);
    await Promise.all(gone);
  }

  kill(): void {
    this.#isEnding = true;
    for (const child of this.#children) child.kill();
  }

  #tellAll(message: ToWorker): void {
    for (const child of this.#children) if (child.connected) child.send(message);
  }

  /** Null when every worker is connected. */
  #connected(): Promise<LoadProblem | null> {
    let waiting = this.#children.length;
    return new Promise((resolve) => {
      this.#lost = (detail) => resolve({ problem: 'refused', detail });
      this.#hear = (message) => {
        if ('failed' in message) resolve(message.failed);
        if (!('connected' in message)) return;
        this.connectLatency.add(LatencyHistogram.from(message.connected.latency));
        waiting -= 1;
        if (waiting === 0) resolve(null);
      };
    });
  }
}
