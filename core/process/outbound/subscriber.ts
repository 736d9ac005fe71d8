import type { SubscriberConnection } from '../broker/teller.ts';
import { matchesFilter } from '../door/topic-filter.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { EventQueue, type QueuedEvent } from './event-queue.ts';
import { StateFeed } from './state-feed.ts';
import type { StatePackets } from './state-packets.ts';

/** What is written in one go: what a socket takes without asking for a pause, and a tenth of a millisecond's work. */
const CHUNK_BYTES = 16_384;
/** Looks, a second apart, at which it had taken nothing of what waits for it. */
const STALLED_LOOKS_MAX = 5;

interface Subscription {
  readonly qos: 0 | 1;
  readonly states: StateFeed;
}

/** What one client is still to be told. Events go first, in their order; then the states, as they are by then. */
export class Subscriber {
  readonly #connection: SubscriberConnection;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #events = new EventQueue();
  #isWaitingForRoom = false;
  #hasTaken = true;
  #stalledLooks = 0;

  constructor(connection: SubscriberConnection) {
    this.#connection = connection;
  }

  subscribe(filter: string, qos: 0 | 1): void {
    this.#subscriptions.set(filter, { qos, states: new StateFeed(filter) });
  }

  /** True when nothing is left that it subscribed to. */
  unsubscribe(filter: string): boolean {
    this.#subscriptions.delete(filter);
    return this.#subscriptions.size === 0;
  }

  /** The QoS at which it hears the topic, the highest of its filters that match; null when none does. */
  qosOf(topic: string): 0 | 1 | null {
    let heard: 0 | 1 | null = null;
    for (const [filter, { qos }] of this.#subscriptions) {
      if (heard !== 1 && matchesFilter(filter, topic)) heard = qos;
    }
    return heard;
  }

  tell(event: QueuedEvent): void {
    if (!this.#events.push(event)) this.#cut();
  }

  acknowledged(messageId: number): void {
    if (this.#events.acknowledged(messageId)) this.#hasTaken = true;
  }

  beginRound(fleet: Fleet): void {
    for (const { states } of this.#subscriptions.values()) states.begin(fleet);
  }

  /** Writes one chunk. True when there is more that can be written; `goOn` is called once there is room again. */
  advance(fleet: Fleet, packets: StatePackets, goOn: () => void): boolean {
    if (this.#isWaitingForRoom || !this.#hasMore()) return false;
    if (!this.#connection.hasRoom()) {
      this.#waitForRoom(goOn);
      return false;
    }
    const chunk = this.#nextChunk(fleet, packets);
    if (chunk.length > 0) {
      this.#hasTaken = true;
      this.#connection.write(Buffer.concat(chunk));
    }
    return this.#hasMore();
  }

  /** Called once a second: cuts a client that takes nothing of what waits for it. */
  look(): void {
    const isStalled = !this.#hasTaken && (this.#isWaitingForRoom || this.#events.isWaiting);
    this.#stalledLooks = isStalled ? this.#stalledLooks + 1 : 0;
    this.#hasTaken = false;
    if (this.#stalledLooks >= STALLED_LOOKS_MAX) this.#cut();
  }

  /** The connection closes a little later; nothing more is kept for it. */
  #cut(): void {
    this.#subscriptions.clear();
    this.#connection.cutAsTooSlow();
  }

  #hasMore(): boolean {
    if (this.#events.maySend) return true;
    for (const { states } of this.#subscriptions.values()) if (states.isUnderWay) return true;
    return false;
  }

  #waitForRoom(goOn: () => void): void {
    this.#isWaitingForRoom = true;
    this.#connection.onceRoom(() => {
      this.#isWaitingForRoom = false;
      goOn();
    });
  }

  #nextChunk(fleet: Fleet, packets: StatePackets): Buffer[] {
    const chunk: Buffer[] = [];
    let bytes = 0;
    for (const packet of this.#nextPackets(fleet, packets)) {
      chunk.push(packet);
      bytes += packet.length;
      if (bytes >= CHUNK_BYTES) break;
    }
    return chunk;
  }

  *#nextPackets(fleet: Fleet, packets: StatePackets): Generator<Buffer> {
    while (this.#events.maySend) yield this.#events.nextPacket();
    for (const { states } of this.#subscriptions.values()) {
      for (let packet = states.next(fleet, packets); packet !== null; packet = states.next(fleet, packets)) {
        yield packet;
      }
    }
  }
}
