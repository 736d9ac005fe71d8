import { connect, type Socket } from 'node:net';
import { connectBytes, type Login, scanAnswers, subscribeBytes } from './mqtt-bytes.ts';

const CLIENT_ID = 'fleet-sim-slow-consumer';
const EVERYTHING = 'milepost/v1/#';
const REFUSED_FROM = 0x80;

/** What has become of it: not let in or not allowed to hear, connected, or cut off afterwards. */
export type ConsumerState = 'refused' | 'connected' | 'cut';

/** Subscribes to all the product tells, and then reads not a byte. The broker may cut it; it must not wait for it. */
export class SlowConsumer {
  readonly #socket: Socket;
  #state: ConsumerState = 'refused';
  #answers: Buffer = Buffer.alloc(0);

  constructor(host: string, port: number, login: Login | null) {
    this.#socket = connect({ host, port });
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('close', () => {
      if (this.#state === 'connected') this.#state = 'cut';
    });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.write(Buffer.concat([connectBytes(CLIENT_ID, login), subscribeBytes(EVERYTHING)]));
  }

  get state(): ConsumerState {
    return this.#state;
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Listens until it knows that it is subscribed, and no further. */
  #take(chunk: Buffer): void {
    this.#answers = Buffer.concat([this.#answers, chunk]);
    scanAnswers(this.#answers, {
      connected: () => undefined,
      acknowledged: () => undefined,
      subscribed: (code) => {
        if (code >= REFUSED_FROM) return;
        this.#state = 'connected';
        this.#socket.pause();
      },
    });
  }
}
