import { generate } from 'mqtt-packet';
import { moveOn, MOVING_PAYLOAD } from '../moving-packet.ts';

/** How one tracker drives: its records are this far apart, in time and distance (144 km/h, so that each one counts). */
const RECORD_EVERY_MS = 50;
export const METRES_A_RECORD = 2;
const MESSAGE_IDS = 65_535;

/** The PUBLISH packets of one tracker, made in advance: only the moving digits change from one to the next. */
export class MovingPublish {
  /** How many were taken. */
  count = 0;
  readonly packet: Buffer;
  readonly #payloadAt: number;
  readonly #firstMs: number;

  /** `firstMs` is the time of the first record. */
  constructor(device: string, firstMs: number) {
    this.packet = publishPacket(device);
    this.#payloadAt = this.packet.length - MOVING_PAYLOAD.length;
    this.#firstMs = firstMs;
  }

  /** Writes the next one over the last, in `packet`. */
  next(): Buffer {
    const atMs = this.#firstMs + this.count * RECORD_EVERY_MS;
    moveOn(this.packet, this.#payloadAt, atMs, this.count * METRES_A_RECORD);
    this.packet.writeUInt16BE(messageIdOf(this.count), this.#payloadAt - 2);
    this.count += 1;
    return this.packet;
  }
}

/** The message id of a tracker's packet by its number, from 0. */
export function messageIdOf(number: number): number {
  return 1 + (number % MESSAGE_IDS);
}

export function clientIdOf(device: string): string {
  return `fmc-${device}`;
}

export function topicOf(device: string): string {
  return `fleet/${clientIdOf(device)}/teltonika/${device}/data`;
}

function publishPacket(device: string): Buffer {
  return generate({
    cmd: 'publish',
    topic: topicOf(device),
    payload: MOVING_PAYLOAD,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
}
