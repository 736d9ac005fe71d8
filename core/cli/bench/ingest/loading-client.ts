import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { moveOn, MOVING_PAYLOAD } from '../moving-packet.ts';

/** How one tracker drives: its records are this far apart, in time and distance (144 km/h, so that each one counts). */
const RECORD_EVERY_MS = 50;
const METRES_A_RECORD = 2;
const PUBACK_BYTES = 4;
const MESSAGE_IDS = 65_535;

export interface LoadingClientParts {
  readonly port: number;
  readonly device: string;
  /** Packets on their way at once. */
  readonly window: number;
  /** Time of the first record. */
  readonly firstMs: number;
  /** Called when so many packets were acknowledged; the client sends more while `isSending`. */
  readonly onAcknowledged: (packets: number) => void;
}

/** One tracker on a raw socket: fills its window with packets made in advance, of which only the moving digits change. */
export class LoadingClient {
  sent = 0;
  acknowledged = 0;
  isSending = false;
  readonly #parts: LoadingClientParts;
  readonly #socket: Socket;
  readonly #packet: Buffer;
  #ackBytes = 0;

  private constructor(parts: LoadingClientParts, socket: Socket) {
    this.#parts = parts;
    this.#socket = socket;
    this.#packet = publishPacket(parts.device);
    socket.on('data', (chunk: Buffer) => this.#takeAcks(chunk.length));
  }

  /** Resolves when the broker has accepted the CONNECT. */
  static connect(parts: LoadingClientParts): Promise<LoadingClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: parts.port, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => socket.write(connectPacket(parts.device)));
      socket.once('data', () => {
        socket.off('error', reject);
        socket.on('error', (error) => {
          throw error;
        });
        resolve(new LoadingClient(parts, socket));
      });
    });
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
    const burst = Buffer.allocUnsafe(free * this.#packet.length);
    for (let i = 0; i < free; i += 1) {
      this.#nextPacket();
      this.#packet.copy(burst, i * this.#packet.length);
    }
    this.#socket.write(burst);
  }

  #nextPacket(): void {
    const payloadAt = this.#packet.length - MOVING_PAYLOAD.length;
    const { firstMs } = this.#parts;
    moveOn(this.#packet, payloadAt, firstMs + this.sent * RECORD_EVERY_MS, this.sent * METRES_A_RECORD);
    this.#packet.writeUInt16BE(1 + (this.sent % MESSAGE_IDS), payloadAt - 2);
    this.sent += 1;
  }
}

function connectPacket(device: string): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    clientId: `fmc-${device}`,
  });
}

function publishPacket(device: string): Buffer {
  return generate({
    cmd: 'publish',
    topic: `fleet/fmc-${device}/teltonika/${device}/data`,
    payload: MOVING_PAYLOAD,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
}
