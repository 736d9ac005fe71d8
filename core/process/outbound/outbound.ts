import type { Alarm } from '../../protocol/link.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import {
  eventTopic,
  type OutboundEvent,
  type OutboundEventKind,
  outboundEventSchemas,
} from '../../protocol/outbound.ts';
import type { World } from '../../fold/world.ts';
import type { SubscriberConnection, Teller } from '../broker/teller.ts';
import { EventWatch } from './event-watch.ts';
import { StatePackets } from './state-packets.ts';
import { Subscriber } from './subscriber.ts';
import { instantOf } from './vehicle-state.ts';

export interface OutboundParts {
  readonly world: World;
  readonly isSimulated: boolean;
  /** For tests; the default is the runtime's own timer. The returned function ends it. */
  readonly every?: (ms: number, run: () => void) => () => void;
}

/** No vehicle's state is told more often: what a map, a dispatcher or a dashboard can use. */
const ROUND_EVERY_MS = 1_000;
const KINDS = Object.keys(outboundEventSchemas) as OutboundEventKind[];

/** Tells the clients that subscribed under `milepost/v1/` what they may hear. While nobody does, it does nothing. */
export class Outbound implements Teller {
  readonly #world: World;
  readonly #isSimulated: boolean;
  readonly #every: NonNullable<OutboundParts['every']>;
  readonly #packets: StatePackets;
  readonly #subscribers = new Map<SubscriberConnection, Subscriber>();
  /** There while somebody hears any event. */
  #watch: EventWatch | null = null;
  #eventsBuilt = 0;
  #stopRounds: (() => void) | null = null;
  #isTurnComing = false;

  constructor({ world, isSimulated, every = everyReal }: OutboundParts) {
    this.#world = world;
    this.#isSimulated = isSimulated;
    this.#every = every;
    this.#packets = new StatePackets(world, isSimulated);
  }

  /** Messages put together since the start, however many were told of each. */
  get built(): { readonly states: number; readonly events: number } {
    return { states: this.#packets.built, events: this.#eventsBuilt };
  }

  subscribed(connection: SubscriberConnection, filter: string, qos: 0 | 1): void {
    const subscriber = this.#subscribers.get(connection) ?? new Subscriber(connection);
    this.#subscribers.set(connection, subscriber);
    subscriber.subscribe(filter, qos);
    this.#follow();
    subscriber.beginRound(this.#world.fleet);
    this.#takeTurnSoon();
  }

  unsubscribed(connection: SubscriberConnection, filter: string): void {
    if (this.#subscribers.get(connection)?.unsubscribe(filter) === true) this.#subscribers.delete(connection);
    this.#follow();
  }

  acknowledged(connection: SubscriberConnection, messageId: number): void {
    this.#subscribers.get(connection)?.acknowledged(messageId);
    this.#takeTurnSoon();
  }

  left(connection: SubscriberConnection): void {
    this.#subscribers.delete(connection);
    this.#follow();
  }

  /** Every batch of records, once it is on disk and folded. */
  noteCommitted(records: readonly JournalRecord[]): void {
    if (this.#watch === null) return;
    this.#tellAll(this.#watch.committed(records, (kind) => this.#isHeard(kind)));
  }

  /** Told at once: the connections may be cut right after. */
  alarmRaised({ id, priority, words, response, raisedAtMs }: Omit<Alarm, 'count'>): void {
    this.#tell({
      id: `${this.#world.nextPosition}.alarm-raised.${raisedAtMs}`,
      event: 'alarm-raised',
      at: instantOf(raisedAtMs),
      isSimulated: this.#isSimulated,
      alarm: id,
      priority,
      words,
      response,
    });
    this.#takeTurn();
  }

  /** Starts and ends what runs only while somebody hears it. */
  #follow(): void {
    if (!KINDS.some((kind) => this.#isHeard(kind))) this.#watch = null;
    else this.#watch ??= new EventWatch(this.#world, this.#isSimulated);
    if (this.#subscribers.size > 0) {
      this.#stopRounds ??= this.#every(ROUND_EVERY_MS, () => this.#beginRounds());
      return;
    }
    this.#stopRounds?.();
    this.#stopRounds = null;
    this.#packets.forget();
  }

  #isHeard(kind: OutboundEventKind): boolean {
    const topic = eventTopic(kind);
    for (const subscriber of this.#subscribers.values()) if (subscriber.qosOf(topic) !== null) return true;
    return false;
  }

  #tellAll(events: Iterable<OutboundEvent>): void {
    for (const event of events) this.#tell(event);
    this.#takeTurnSoon();
  }

  #tell(event: OutboundEvent): void {
    const topic = eventTopic(event.event);
    let payload: Buffer | null = null;
    for (const subscriber of this.#subscribers.values()) {
      const qos = subscriber.qosOf(topic);
      if (qos === null) continue;
      if (payload === null) {
        payload = Buffer.from(JSON.stringify(event));
        this.#eventsBuilt += 1;
      }
      subscriber.tell({ topic, payload, qos });
    }
  }

  #beginRounds(): void {
    this.#packets.forget();
    if (this.#watch !== null) this.#tellAll(this.#watch.situations());
    for (const subscriber of this.#subscribers.values()) {
      subscriber.look();
      subscriber.beginRound(this.#world.fleet);
    }
    this.#takeTurnSoon();
  }

  readonly #takeTurnSoon = (): void => {
    if (this.#isTurnComing || this.#subscribers.size === 0) return;
    this.#isTurnComing = true;
    setImmediate(() => {
      this.#isTurnComing = false;
      this.#takeTurn();
    });
  };

  /** A chunk for each subscriber; between two turns the broker reads what trackers sent. */
  #takeTurn(): void {
    let isMore = false;
    for (const subscriber of this.#subscribers.values()) {
      const hasMore = subscriber.advance(this.#world.fleet, this.#packets, this.#takeTurnSoon);
      isMore ||= hasMore;
    }
    if (isMore) this.#takeTurnSoon();
  }
}

function everyReal(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
