import { EventEmitter, once } from 'node:events';
import type { LinkPort } from '../../core/process/feed/window-link.ts';
import type { AskAnswer, AskInput, AskName, CoreMessage, Status } from '../../core/protocol/link.ts';

/** A window without a screen: it has the port, asks, and keeps what it was sent. */
export class TestWindow {
  readonly frames: ArrayBuffer[] = [];
  readonly #events = new EventEmitter();
  readonly #arrivals = new EventEmitter();
  #asked = 0;

  /** The end of the port that the core holds. */
  readonly port: LinkPort = {
    postMessage: (message: unknown) => this.#take(message),
    on: (event: string, listener: (event: { data: unknown }) => void) => this.#events.on(event, listener),
  };

  #take(message: unknown): void {
    if (message instanceof ArrayBuffer) {
      this.frames.push(message);
      this.#arrivals.emit('frame', message);
      return;
    }
    const fromCore = message as CoreMessage;
    if ('push' in fromCore) this.#arrivals.emit(fromCore.push, fromCore);
    else this.#arrivals.emit(`answer ${fromCore.answer}`, fromCore);
  }

  /** Sends the core whatever a window could send. */
  send(message: unknown): void {
    this.#events.emit('message', { data: message });
  }

  /** Asks, and gives the answer as it came. */
  async ask<N extends AskName>(
    name: N,
    input: AskInput<N>,
  ): Promise<{ ok: true; value: AskAnswer<N> } | { ok: false; problem: string }> {
    this.#asked += 1;
    const answered = once(this.#arrivals, `answer ${this.#asked}`);
    queueMicrotask(() => this.send({ ask: name, id: this.#asked, input }));
    const [answer] = (await answered) as [{ ok: true; value: AskAnswer<N> }];
    return answer;
  }

  /** The first status that fits. */
  async status(fits: (status: Status) => boolean): Promise<Status> {
    for (;;) {
      const [{ value }] = (await once(this.#arrivals, 'status')) as [{ value: Status }];
      if (fits(value)) return value;
    }
  }

  close(): void {
    this.#events.emit('close');
  }
}
