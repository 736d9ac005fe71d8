/** Who tells the broker's clients what they subscribed to under `milepost/`. What may be heard was judged before. */
export interface Teller {
  /** The answer to the subscription is on its way. The same filter again replaces the former. */
  subscribed(connection: SubscriberConnection, filter: string, qos: 0 | 1): void;
  unsubscribed(connection: SubscriberConnection, filter: string): void;
  /** A packet of QoS 1 arrived; the number is whatever the client says. */
  acknowledged(connection: SubscriberConnection, messageId: number): void;
  /** The connection is closed. */
  left(connection: SubscriberConnection): void;
}

/** A client that subscribed. */
export interface SubscriberConnection {
  /** False while what was written before still waits to be sent. */
  hasRoom(): boolean;
  /** Whole MQTT packets. */
  write(packets: Uint8Array): void;
  /** Runs once, when what waits has been sent. */
  onceRoom(run: () => void): void;
  cutAsTooSlow(): void;
}
