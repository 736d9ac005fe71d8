import { must } from '../../base/assert.ts';
import { publishPacket } from './publish-packet.ts';

export interface QueuedEvent {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1;
}

/** Events on their way that the client has not acknowledged; further ones wait. MQTT clients allow 20 to 65,535. */
const UNACKNOWLEDGED_MAX = 64;
/** A midnight of ten fleets of 10,000 vehicles. Each is a reference to a payload that all subscribers share. */
const WAITING_MAX = 100_000;
/** What was sent is let go of in portions, since taking off one by one moves all the rest. */
const LET_GO_AT = 1_000;

/** The events one client is still to be sent, in their order, so many at a time unacknowledged. */
export class EventQueue {
  readonly #unacknowledged = new Set<number>();
  #events: QueuedEvent[] = [];
  #next = 0;
  #lastMessageId = 0;

  get isWaiting(): boolean {
    return this.#next < this.#events.length;
  }

  get maySend(): boolean {
    return this.isWaiting && this.#unacknowledged.size < UNACKNOWLEDGED_MAX;
  }

  /** False when there are more than a client may leave waiting. */
  push(event: QueuedEvent): boolean {
    this.#events.push(event);
    return this.#events.length - this.#next <= WAITING_MAX;
  }

  nextPacket(): Buffer {
    const { topic, payload, qos } = must(this.#events[this.#next], 'asked for when something waits');
    this.#next += 1;
    if (!this.isWaiting || this.#next === LET_GO_AT) {
      this.#events = this.#events.slice(this.#next);
      this.#next = 0;
    }
    return qos === 0
      ? publishPacket(topic, payload)
      : publishPacket(topic, payload, { messageId: this.#newMessageId() });
  }

  /** False for a number that is not on its way. */
  acknowledged(messageId: number): boolean {
    return this.#unacknowledged.delete(messageId);
  }

  /** aedes sends this client nothing that is numbered, so the numbers are ours alone. */
  #newMessageId(): number {
    do this.#lastMessageId = (this.#lastMessageId % 65_535) + 1;
    while (this.#unacknowledged.has(this.#lastMessageId));
    this.#unacknowledged.add(this.#lastMessageId);
    return this.#lastMessageId;
  }
}
