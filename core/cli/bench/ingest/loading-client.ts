import type { Socket } from 'node:net';
import { clientIdOf, MovingPublish } from './moving-publish.ts';
import { type ClientPass, openConnection } from './open-connection.ts';

const PUBACK_BYTES = 4;

export interface LoadingClientParts {
  readonly port: number;
  readonly device: string;
  /** Packets on their way at once. */
  readonly window: number;
  /** Time of the first record. */
  readonly firstMs: number;
  readonly pass: ClientPass | null;
  /** Called when so many packets were acknowledged; the client sends more while `isSending`. */
  readonly onAcknowledged: (packets: number) => void;
}

/** One tracker on a raw socket: fills its window with packets made in advance, of which only the moving digits change. */
export class LoadingClient {
  acknowledged = 0;
  isSending = false;
  readonly #parts: LoadingClientParts;
  readonly #socket: Socket;
  readonly #publish: MovingPublish;
  #ackBytes = 0;

  private constructor(parts: LoadingClientParts, socket: Socket) {
    this.#parts = parts;
    this.#socket = socket;
    this.#publish = new MovingPublish(parts.device, parts.firstMs);
    socket.on('data', (chunk: Buffer) => this.#takeAcks(chunk.length));
  }

  /** Resolves when the broker has accepted the CONNECT. */
  static async connect(parts: LoadingClientParts): Promise<LoadingClient> {
    const { port, device, pass } = parts;
    const socket = await openConnection({ port, clientId: clientIdOf(device), pass });
    socket.on('error', (error) => {
      throw error;
    });
    return new LoadingClient(parts, socket);
  }

  get sent(): number {
    return this.#publish.count;
  }

  startSending(): void {
    this.isSending = true;
    this.#fillWindow();
  }

  close(): void {
    this.isSending = false;
    this.#socket.destroy();
  }

  /** Nothing but PUBACKs comes back, each of four bytes. */
  #takeAcks(bytes: number): void {
    this.#ackBytes += bytes;
    const acknowledged = Math.floor(this.#ackBytes / PUBACK_BYTES) - this.acknowledged;
    this.acknowledged += acknowledged;
    this.#parts.onAcknowledged(acknowledged);
    if (this.isSending) this.#fillWindow();
  }

  /** Sends when half the window is free: trackers send a backlog in bursts, not a packet for each acknowledgement. */
  #fillWindow(): void {
    const free = this.#parts.window - (this.sent - this.acknowledged);
    if (free * 2 < this.#parts.window) return;
    const bytes = this.#publish.packet.length;
    const burst = Buffer.allocUnsafe(free * bytes);
    for (let i = 0; i < free; i += 1) this.#publish.next().copy(burst, i * bytes);
    this.#socket.write(burst);
  }
}
