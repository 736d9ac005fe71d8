import type { Aedes, AedesOptions, Client, Subscription } from 'aedes';
import type { BrokerCounters } from './broker-counters.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { ClientSession } from './client-session.ts';
import type { CutReason } from './cut-reasons.ts';
import type { Gate } from './gate.ts';
import type { Refusals } from './refusals.ts';
import type { SubscriberConnection, Teller } from './teller.ts';

export interface SubscriptionParts {
  readonly gate: Gate;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly refusals: Refusals;
  /** Null where nothing is told. */
  readonly teller: Teller | null;
  readonly sessionOf: (connection: unknown) => ClientSession | undefined;
  readonly cut: (session: ClientSession, reason: CutReason) => void;
}

interface Subscriber {
  readonly connection: SubscriberConnection;
  readonly filters: Set<string>;
}

/** First level of every topic on which something is told. */
const OURS = 'milepost';
/** aedes keeps what a client subscribed to; one name for all of it, since it never distributes anything. */
const KEPT_AS = '$silent';
/** In a SUBACK: the subscription failed. */
const REFUSED = 128;

/**
 * Judges each subscription. What begins with another level than `milepost` is granted and stays silent, since trackers
 * insist on theirs; so is a wildcard in its place. What begins with it is granted to whom the gate allows, and told.
 */
export class SubscriptionDesk {
  readonly #parts: SubscriptionParts;
  readonly #subscribers = new Map<Client, Subscriber>();

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  readonly authorize: NonNullable<AedesOptions['authorizeSubscribe']> = (client, subscription, done) => {
    const filter = subscription.topic;
    if (isOurs(filter) && !this.#grant(client, filter)) return done(null, null);
    done(null, { ...subscription, topic: KEPT_AS });
  };

  follow(aedes: Aedes): void {
    aedes.on('subscribe', (subscriptions, client) => this.#subscribed(client, subscriptions));
    aedes.on('unsubscribe', (filters, client) => this.#unsubscribed(client, filters));
    aedes.on('ack', ({ messageId }, client) => {
      const subscriber = this.#subscribers.get(client);
      if (subscriber !== undefined) this.#parts.teller?.acknowledged(subscriber.connection, messageId ?? 0);
    });
  }

  #grant(client: Client, filter: string): boolean {
    const { gate, limits, counters, refusals } = this.#parts;
    const session = this.#parts.sessionOf(client.conn);
    if (session === undefined || session.rights === null) return false;
    const { filters } = this.#subscriberOf(client, session);
    const isOneMore = !filters.has(filter);
    const isRoom = !isOneMore || filters.size < limits.subscriptionsMax;
    if (isRoom && gate.maySubscribe(session.rights.admission, filter)) {
      filters.add(filter);
      return true;
    }
    counters.notAllowedToSubscribe += 1;
    refusals.note(
      session.peer,
      'not-allowed-to-subscribe',
      isRoom
        ? 'a subscription was refused: it may not hear that'
        : 'a subscription was refused: it has too many',
    );
    return false;
  }

  #subscriberOf(client: Client, session: ClientSession): Subscriber {
    let subscriber = this.#subscribers.get(client);
    if (subscriber === undefined) {
      subscriber = { connection: connectionOf(session, this.#parts.cut), filters: new Set() };
      this.#subscribers.set(client, subscriber);
      const { connection } = subscriber;
      session.socket.on('close', () => {
        this.#subscribers.delete(client);
        this.#parts.teller?.left(connection);
      });
    }
    return subscriber;
  }

  #subscribed(client: Client, subscriptions: readonly Subscription[]): void {
    const subscriber = this.#subscribers.get(client);
    if (subscriber === undefined) return;
    for (const { topic, qos } of subscriptions) {
      const granted: number = qos;
      if (granted === REFUSED || !subscriber.filters.has(topic)) continue;
      this.#parts.teller?.subscribed(subscriber.connection, topic, granted === 0 ? 0 : 1);
    }
  }

  #unsubscribed(client: Client, filters: readonly string[]): void {
    const subscriber = this.#subscribers.get(client);
    for (const filter of filters) {
      if (subscriber?.filters.delete(filter) === true) {
        this.#parts.teller?.unsubscribed(subscriber.connection, filter);
      }
    }
  }
}

function isOurs(filter: string): boolean {
  return filter === OURS || filter.startsWith(`${OURS}/`);
}

function connectionOf(session: ClientSession, cut: SubscriptionParts['cut']): SubscriberConnection {
  const { socket } = session;
  return {
    hasRoom: () => !socket.destroyed && !socket.writableNeedDrain,
    write: (packets) => {
      if (socket.destroyed) return;
      socket.write(packets);
      session.checkOutgoing();
    },
    onceRoom: (run) => void socket.once('drain', run),
    cutAsTooSlow: () => cut(session, 'too-slow'),
  };
}
