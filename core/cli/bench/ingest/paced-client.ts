import type { Socket } from 'node:net';
import { clientIdOf, messageIdOf, MovingPublish } from './moving-publish.ts';
import { type ClientPass, openConnection } from './open-connection.ts';

const PUBACK_BYTES = 4;

export interface PacedClientParts {
  readonly port: number;
  readonly device: string;
  readonly firstMs: number;
  readonly pass: ClientPass | null;
  /** When each packet that is now acknowledged was due to be sent. */
  readonly onAcknowledged: (dueMs: number) => void;
  readonly onClosed: () => void;
}

/** One tracker that sends when it is told to, and holds every PUBACK against the packet whose turn it is. */
export class PacedClient {
  readonly device: string;
  readonly #parts: PacedClientParts;
  readonly #socket: Socket;
  readonly #publish: MovingPublish;
  /** Of those on their way, oldest first. */
  readonly #dueMs: number[] = [];
  #acknowledged = 0;
  #ackBytes: Buffer = Buffer.alloc(0);

  private constructor(parts: PacedClientParts, socket: Socket) {
    this.device = parts.device;
    this.#parts = parts;
    this.#socket = socket;
    this.#publish = new MovingPublish(parts.device, parts.firstMs);
    socket.on('data', (chunk: Buffer) => this.#takeAcks(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', parts.onClosed);
  }

  /** Resolves when the broker has accepted the CONNECT. */
  static async connect(parts: PacedClientParts): Promise<PacedClient> {
    const { port, device, pass } = parts;
    return new PacedClient(parts, await openConnection({ port, clientId: clientIdOf(device), pass }));
  }

  get sent(): number {
    return this.#publish.count;
  }

  /** How many of its packets are acknowledged: the first so many, as acknowledgements come in the order of the packets. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  send(dueMs: number): void {
    this.#dueMs.push(dueMs);
    this.#socket.write(Buffer.from(this.#publish.next()));
  }

  #takeAcks(chunk: Buffer): void {
    const bytes = this.#ackBytes.length === 0 ? chunk : Buffer.concat([this.#ackBytes, chunk]);
    let at = 0;
    for (; at + PUBACK_BYTES <= bytes.length; at += PUBACK_BYTES) {
      const due = messageIdOf(this.#acknowledged);
      if (bytes.readUInt16BE(at + 2) !== due) throw new Error(`${this.device}: no PUBACK of message ${due}`);
      this.#acknowledged += 1;
      this.#parts.onAcknowledged(this.#dueMs.shift() ?? 0);
    }
    this.#ackBytes = bytes.subarray(at);
  }
}
