import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { generate, parser } from 'mqtt-packet';

/** What a load of publishers does; the port is asked for at each connection, since a restarted broker may have moved. */
export interface PublisherPlan {
  readonly port: () => number;
  readonly clients: number;
  /** Packets a client has on their way at once. */
  readonly window: number;
}

/**
 * Publishers that behave as trackers must: QoS 1, pipelined, and what is not acknowledged when the connection breaks is
 * sent again, in order, before anything new. They remember exactly which packets were acknowledged.
 */
export interface AckedPublisher {
  /** Payloads ("client 3 packet 17") in the order their acknowledgements came. */
  readonly acknowledged: readonly string[];
  /** Resolves once so many have been acknowledged in all. */
  untilAcknowledged(count: number): Promise<void>;
  /** Sends nothing new, waits until everything sent is acknowledged, and says goodbye. */
  finish(): Promise<void>;
}

const RETRY_MS = 25;
const MESSAGE_ID_MAX = 65_535;

export function startAckedPublisher(plan: PublisherPlan): AckedPublisher {
  const acknowledged: string[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const noteAcknowledged = (payload: string): void => {
    acknowledged.push(payload);
    for (const { resolve } of waiting.filter(({ count }) => acknowledged.length >= count)) resolve();
    waiting = waiting.filter(({ count }) => acknowledged.length < count);
  };
  const clients = Array.from(
    { length: plan.clients },
    (_, number) => new PublishingClient(number, plan, noteAcknowledged),
  );
  return {
    acknowledged,
    untilAcknowledged: (count) =>
      new Promise((resolve) => {
        if (acknowledged.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    finish: async () => {
      await Promise.all(clients.map((client) => client.finish()));
    },
  };
}

class PublishingClient {
  readonly #number: number;
  readonly #plan: PublisherPlan;
  readonly #noteAcknowledged: (payload: string) => void;
  /** Sent and not acknowledged, by message id, in the order sent. */
  readonly #unacknowledged = new Map<number, string>();
  #sent = 0;
  #isFinishing = false;
  #finished: () => void = () => {};
  #socket: Socket | null = null;

  constructor(number: number, plan: PublisherPlan, noteAcknowledged: (payload: string) => void) {
    this.#number = number;
    this.#plan = plan;
    this.#noteAcknowledged = noteAcknowledged;
    this.#connect();
  }

  async finish(): Promise<void> {
    const finished = new Promise<void>((resolve) => (this.#finished = resolve));
    this.#isFinishing = true;
    this.#endWhenDone();
    await finished;
  }

  #connect(): void {
    const socket = connect({ port: this.#plan.port(), host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    const incoming = parser();
    socket.on('error', () => {});
    socket.on('close', () => void this.#reconnect());
    socket.on('data', (chunk) => incoming.parse(chunk));
    incoming.on('packet', (packet) => {
      if (packet.cmd === 'connack') this.#begin(socket);
      if (packet.cmd === 'puback') this.#hear(socket, packet.messageId ?? 0);
    });
    const clientId = `publisher-${this.#number}`;
    socket.write(generate({ cmd: 'connect', clientId, protocolVersion: 4, clean: true, keepalive: 0 }));
  }

  async #reconnect(): Promise<void> {
    if (this.#isFinishing && this.#unacknowledged.size === 0) return;
    await wait(RETRY_MS);
    this.#connect();
  }

  #begin(socket: Socket): void {
    for (const [messageId, payload] of this.#unacknowledged)
      socket.write(this.#publish(messageId, payload, true));
    this.#fillWindow(socket);
  }

  #hear(socket: Socket, messageId: number): void {
    const payload = this.#unacknowledged.get(messageId);
    if (payload === undefined) return;
    this.#unacknowledged.delete(messageId);
    this.#noteAcknowledged(payload);
    this.#fillWindow(socket);
    this.#endWhenDone();
  }

  #fillWindow(socket: Socket): void {
    while (!this.#isFinishing && this.#unacknowledged.size < this.#plan.window) {
      const messageId = (this.#sent % MESSAGE_ID_MAX) + 1;
      const payload = `client ${this.#number} packet ${this.#sent}`;
      this.#sent += 1;
      this.#unacknowledged.set(messageId, payload);
      socket.write(this.#publish(messageId, payload, false));
    }
  }

  #publish(messageId: number, payload: string, dup: boolean): Buffer {
    const topic = `load/${this.#number}`;
    return generate({ cmd: 'publish', topic, payload, messageId, qos: 1, retain: false, dup });
  }

  #endWhenDone(): void {
    if (!this.#isFinishing || this.#unacknowledged.size > 0) return;
    this.#socket?.end(generate({ cmd: 'disconnect' }));
    this.#finished();
  }
}
