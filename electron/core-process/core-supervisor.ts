import type { CoreState } from '../../core/protocol/bridge.ts';
import { assert } from '../../core/base/assert.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import {
  type CoreFailure,
  type CoreStart,
  type FromCore,
  fromCoreSchema,
  type ToCore,
} from '../../core/protocol/process-messages.ts';
import type { Counts, Ready } from '../../core/protocol/report.ts';
import type { ChildProcess } from './child-process.ts';

/** The first retry comes fast, because nothing is drawn until it succeeds; a core that keeps dying is left in peace. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;
/** So often a core that has crashed may fail to start before a person is asked. */
const RETRIES_OF_A_FAILURE_MAX = 5;
/** A core that has run this long has recovered; its next crash starts the count anew. */
const RECOVERED_AFTER_MS = 60_000;
/** A core that has not drained and written its snapshot by then is ended; its journal is complete at any moment. */
const STOP_PATIENCE_MS = 15_000;

/** Hears of every change of the core process. */
export interface CoreListener {
  readonly onState: (state: CoreState) => void;
  /** It is ready, for the first time or again; windows need new ports, a simulator new addresses. */
  readonly onReady: (ready: Ready) => void;
}

/**
 * Keeps one core process running: starts it, starts it again with growing pauses when it ends by itself, and stops it.
 * It carries no data of the fleet, only the few messages of core/protocol/process-messages.ts.
 */
export class CoreSupervisor {
  readonly #fork: () => ChildProcess;
  readonly #listener: CoreListener;
  #options: CoreStart | null = null;
  #child: ChildProcess | null = null;
  #state: CoreState = { state: 'starting' };
  #attempt = 0;
  #readyAtMs = 0;
  #retry: NodeJS.Timeout | null = null;
  #isStopping = false;
  #failure: CoreFailure | null = null;
  #waitingForReport: ((counts: Counts | null) => void)[] = [];

  constructor(fork: () => ChildProcess, listener: CoreListener) {
    this.#fork = fork;
    this.#listener = listener;
  }

  get state(): CoreState {
    return this.#state;
  }

  /** The process id while it runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts it and waits until it is ready, or says why it cannot be. A later crash is the supervisor's own affair. */
  start(options: CoreStart): Promise<Result<Ready, CoreFailure>> {
    assert(this.#child === null && this.#retry === null, 'the core process is running already');
    this.#attempt = 0;
    this.#isStopping = false;
    this.#failure = null;
    this.#options = options;
    this.#changeTo({ state: 'starting' });
    return new Promise((resolve) => this.#launch(options, resolve));
  }

  /** Tries again on another MQTT port, when a start has failed for want of one. */
  startOnPort(mqttPort: number): void {
    if (this.#options === null || this.#state.state !== 'failed') return;
    void this.start({ ...this.#options, mqttPort });
  }

  /** What it needs is not there, so it is not started at all; the windows hear why. */
  refuseToStart(problem: string): void {
    this.#changeTo({ state: 'failed', problem });
  }

  /** Sends a message, with ports when it hands over any. False when no core is ready to take it. */
  post(message: ToCore, ports: readonly Electron.MessagePortMain[] = []): boolean {
    if (this.#child === null || this.#state.state !== 'running') return false;
    this.#child.postMessage(message, ports);
    return true;
  }

  /** The counts so far; null when the core ended before it could say. */
  report(): Promise<Counts | null> {
    return new Promise((resolve) => {
      if (this.post({ report: true })) this.#waitingForReport.push(resolve);
      else resolve(null);
    });
  }

  /** Lets it drain and write its snapshot; resolves when the process is gone. It may then be started again. */
  stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const patience = setTimeout(() => child.kill(), STOP_PATIENCE_MS);
      child.onExit(() => {
        clearTimeout(patience);
        resolve();
      });
      child.postMessage({ stop: true } satisfies ToCore);
    });
  }

  #launch(options: CoreStart, settle: (outcome: Result<Ready, CoreFailure>) => void): void {
    const child = this.#fork();
    this.#child = child;
    child.onMessage((message) => this.#hear(fromCoreSchema.parse(message), settle));
    child.onExit((code) => this.#recover(options, code, settle));
    child.postMessage({ start: options } satisfies ToCore);
  }

  #hear(message: FromCore, settle: (outcome: Result<Ready, CoreFailure>) => void): void {
    if ('ready' in message) {
      this.#readyAtMs = performance.now();
      this.#changeTo({ state: 'running', mqttPort: message.ready.mqtt });
      this.#listener.onReady(message.ready);
      settle(ok(message.ready));
    } else if ('failed' in message) {
      // Told when the process is gone, so that another start may follow at once.
      this.#failure = message.failed;
      this.#child?.kill();
    } else if ('report' in message) {
      this.#answerReports(message.report);
    }
    // `stopped` needs no answer: the process ends right after it.
  }

  #recover(options: CoreStart, code: number, settle: (outcome: Result<Ready, CoreFailure>) => void): void {
    this.#child = null;
    this.#answerReports(null);
    if (this.#failure !== null && !this.#isWorthAnotherTry()) {
      this.#changeTo({ state: 'failed', ...this.#failure });
      settle(fail(this.#failure));
      return;
    }
    if (this.#isStopping) return;
    this.#failure = null;
    const hadRecovered =
      this.#state.state === 'running' && performance.now() - this.#readyAtMs > RECOVERED_AFTER_MS;
    this.#attempt = hadRecovered ? 1 : this.#attempt + 1;
    const retryInMs = retryPauseMs(this.#attempt);
    process.stderr.write(
      `milepost: the core process ended with ${code}; starting it again in ${retryInMs} ms\n`,
    );
    this.#changeTo({ state: 'restarting', attempt: this.#attempt, retryInMs });
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#launch(options, settle);
    }, retryInMs);
  }

  /** Right after a crash, what it needs may be held for a moment longer: its port, the lock of its folder. */
  #isWorthAnotherTry(): boolean {
    return this.#state.state === 'restarting' && this.#attempt < RETRIES_OF_A_FAILURE_MAX;
  }

  #answerReports(counts: Counts | null): void {
    const waiting = this.#waitingForReport;
    this.#waitingForReport = [];
    for (const resolve of waiting) resolve(counts);
  }

  #changeTo(state: CoreState): void {
    this.#state = state;
    this.#listener.onState(state);
  }
}

function retryPauseMs(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);
}
