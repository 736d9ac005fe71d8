import { connect } from 'node:net';
import { connectBytes, type Login, subscribeBytes } from './mqtt-bytes.ts';

const CLIENT_ID = 'fleet-sim-slow-consumer';
const EVERYTHING = 'milepost/v1/#';

/** Subscribes to all the product tells, and then reads not a byte. The broker may cut it; it must not wait for it. */
export class SlowConsumer {
  readonly #end: () => void;
  #isConnected = true;

  constructor(host: string, port: number, login: Login | null) {
    const socket = connect({ host, port });
    socket.pause();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#isConnected = false;
    });
    socket.write(Buffer.concat([connectBytes(CLIENT_ID, login), subscribeBytes(EVERYTHING)]));
    this.#end = () => void socket.destroy();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  end(): void {
    this.#end();
  }
}
