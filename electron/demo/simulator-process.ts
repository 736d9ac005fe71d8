import type { Book } from '../../core/protocol/book.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import {
  type FromSimulator,
  fromSimulatorSchema,
  type SimulatorGo,
  type SimulatorStart,
  type ToSimulator,
} from '../../core/protocol/process-messages.ts';
import type { SimulatorCommand, SimulatorView } from '../../core/protocol/simulator-panel.ts';
import type { ChildProcess } from '../core-process/child-process.ts';

/** A fleet that is not out yet has this long to drive home and say what was true. */
const STOP_PATIENCE_MS = 10_000;

/** Hears of what one simulator process tells. */
export interface SimulatorListener {
  readonly onView: (view: SimulatorView) => void;
  readonly onTrouble: (problem: string) => void;
}

/** Runs one simulator process; it knows nothing of the core but two port numbers and a token. */
export class SimulatorProcess {
  readonly #child: ChildProcess;
  readonly #listener: SimulatorListener;
  #hasEnded = false;
  #isStopping = false;
  #settleBook: ((book: Result<Book, string>) => void) | null = null;

  constructor(child: ChildProcess, listener: SimulatorListener) {
    this.#child = child;
    this.#listener = listener;
    child.onMessage((message) => this.#hear(fromSimulatorSchema.parse(message)));
    child.onExit((code) => this.#end(code));
  }

  /** Makes the fleet; answers with its book, before anything drives. */
  makeFleet(start: SimulatorStart): Promise<Result<Book, string>> {
    return new Promise((resolve) => {
      this.#settleBook = resolve;
      this.#say({ start });
    });
  }

  /** The core is ready, or ready again: connect there and drive. */
  go(go: SimulatorGo): void {
    if (!this.#hasEnded) this.#say({ go });
  }

  /** What the person at the screen says. */
  obey(command: SimulatorCommand): void {
    if (!this.#hasEnded) this.#say({ do: command });
  }

  /** Parks the fleet; resolves when everything it sent is on its way and the process is gone. */
  stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      const patience = setTimeout(() => this.#child.kill(), STOP_PATIENCE_MS);
      this.#child.onExit(() => {
        clearTimeout(patience);
        resolve();
      });
      this.#say({ stop: true });
    });
  }

  #say(message: ToSimulator): void {
    this.#child.postMessage(message);
  }

  #hear(message: FromSimulator): void {
    if ('book' in message) {
      this.#settle(ok(message.book));
    } else if ('failed' in message) {
      this.#settle(fail(message.failed.problem));
      this.#listener.onTrouble(message.failed.problem);
    } else if ('view' in message) {
      this.#listener.onView(message.view);
    } else {
      this.#child.kill();
    }
  }

  #end(code: number): void {
    this.#hasEnded = true;
    const problem = `the simulator ended with ${code}`;
    this.#settle(fail(problem));
    if (!this.#isStopping) this.#listener.onTrouble(problem);
  }

  #settle(book: Result<Book, string>): void {
    this.#settleBook?.(book);
    this.#settleBook = null;
  }
}
