import { connect, type Socket } from 'node:net';
import { Backoff } from '../run/backoff.ts';
import {
  connectBytes,
  disconnectBytes,
  type Login,
  markDuplicate,
  publishBytes,
  scanAnswers,
  topicBytes,
} from './mqtt-bytes.ts';

/** One packet on its way. Times are of `performance.now()`. */
export interface Flight {
  readonly messageId: number;
  readonly dueMs: number;
  readonly isTimed: boolean;
  readonly bytes: Buffer;
  /** When it was handed to the socket the first time; null while it waits for a connection. */
  sentMs: number | null;
}

export interface ConnectionListener {
  /** `dueMs` is when the connection was to be opened. */
  readonly connected: (dueMs: number) => void;
  /** The connection ended without being asked to. */
  readonly lost: (reason: string) => void;
  readonly sent: (flight: Flight) => void;
  readonly resent: (flights: number) => void;
  readonly acknowledged: (flight: Flight) => void;
}

export interface ConnectionParts {
  readonly host: string;
  readonly port: number;
  readonly localAddress: string | null;
  readonly login: Login | null;
  readonly clientId: string;
  readonly listener: ConnectionListener;
}

/** A tracker's queue is of this size; what comes beyond is dropped, and counted. */
export const OUTSTANDING_MAX = 10_000;
const MESSAGE_IDS = 65_535;
const NOTHING = Buffer.alloc(0);
/**
 * What all connections read into, one after the other: a buffer for each read would cost more than all else that is
 * done with an acknowledgement.
 */
const READ_BUFFER = Buffer.alloc(65_536);

/**
 * One tracker's connection. It waits for no acknowledgement before it sends the next packet; a connection that is lost
 * is opened again, and what was not acknowledged on it is sent again, marked as a duplicate, oldest first.
 */
export class LoadConnection {
  readonly #parts: ConnectionParts;
  readonly #backoff: Backoff;
  readonly #flights = new Map<number, Flight>();
  #waiting: Flight[] = [];
  #socket: Socket | null = null;
  #isOpen = false;
  #isEnded = false;
  #lastId = 0;
  #rest: Buffer = NOTHING;
  #topic: { readonly text: string; readonly bytes: Buffer } | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#backoff = new Backoff(parts.clientId);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Handed to a socket and not acknowledged. */
  get inFlight(): number {
    return this.#flights.size;
  }

  /** Not yet handed to a socket. */
  get waiting(): number {
    return this.#waiting.length;
  }

  open(dueMs: number): void {
    const { host, port, localAddress } = this.#parts;
    const socket = connect({
      host,
      port,
      noDelay: true,
      ...(localAddress === null ? {} : { localAddress }),
      onread: {
        buffer: READ_BUFFER,
        callback: (bytes) => {
          this.#take(socket, READ_BUFFER.subarray(0, bytes), dueMs);
          return true;
        },
      },
    });
    this.#socket = socket;
    this.#rest = NOTHING;
    let reason = 'the broker closed the connection';
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.message;
      socket.destroy();
    });
    socket.on('close', () => this.#closed(socket, reason));
    socket.write(connectBytes(this.#parts.clientId, this.#parts.login));
  }

  /** Puts a packet into the queue; false when the queue is full. It leaves with the next `flush`. */
  queue(topic: string, payload: string | Uint8Array, dueMs: number, isTimed: boolean): boolean {
    if (this.#flights.size + this.#waiting.length >= OUTSTANDING_MAX) return false;
    if (this.#topic?.text !== topic) this.#topic = { text: topic, bytes: topicBytes(topic) };
    const messageId = this.#nextId();
    const bytes = publishBytes(this.#topic.bytes, messageId, payload);
    this.#waiting.push({ messageId, dueMs, isTimed, bytes, sentMs: null });
    return true;
  }

  /** Writes what waits, in one piece. */
  flush(): void {
    if (!this.#isOpen || this.#waiting.length === 0) return;
    const leaving = this.#waiting;
    this.#waiting = [];
    const [only] = leaving;
    const nowMs = performance.now();
    for (const flight of leaving) {
      flight.sentMs = nowMs;
      this.#flights.set(flight.messageId, flight);
      this.#parts.listener.sent(flight);
    }
    const isOne = leaving.length === 1 && only !== undefined;
    this.#socket?.write(isOne ? only.bytes : Buffer.concat(leaving.map(({ bytes }) => bytes)));
  }

  /** Ends in good order and opens again when `reopenAtMs` has come. */
  leaveAndReturn(reopenAtMs: number): void {
    this.#drop(disconnectBytes());
    this.#timer = setTimeout(() => this.open(reopenAtMs), Math.max(0, reopenAtMs - performance.now()));
  }

  /** Forgets what is on its way, on a connection of its own so that no late answer is mistaken for another's. */
  abandon(): void {
    if (this.#flights.size === 0 && this.#waiting.length === 0) return;
    this.#flights.clear();
    this.#waiting = [];
    this.#drop(null);
    this.open(performance.now());
  }

  end(): void {
    this.#isEnded = true;
    this.#drop(disconnectBytes());
  }

  #drop(farewell: Buffer | null): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#isOpen = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (farewell === null) socket?.destroy();
    else socket?.end(farewell);
  }

  #take(socket: Socket, chunk: Buffer, dueMs: number): void {
    if (socket !== this.#socket) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = scanAnswers(bytes, {
      connected: (code) => (code === 0 ? this.#welcomed(dueMs) : this.#refused(socket, code)),
      acknowledged: (messageId) => this.#acknowledged(messageId),
    });
    this.#rest = end === bytes.length ? NOTHING : Buffer.from(bytes.subarray(end));
  }

  #welcomed(dueMs: number): void {
    this.#isOpen = true;
    this.#backoff.reset();
    this.#parts.listener.connected(dueMs);
    if (this.#flights.size > 0) {
      const again = [...this.#flights.values()].map(({ bytes }) => markDuplicate(bytes));
      this.#socket?.write(Buffer.concat(again));
      this.#parts.listener.resent(again.length);
    }
    this.flush();
  }

  #refused(socket: Socket, code: number): void {
    socket.destroy(new Error(`the broker refused ${this.#parts.clientId} with code ${code}`));
  }

  #acknowledged(messageId: number): void {
    const flight = this.#flights.get(messageId);
    // After a packet was sent twice its second acknowledgement says nothing new.
    if (flight === undefined) return;
    this.#flights.delete(messageId);
    this.#parts.listener.acknowledged(flight);
  }

  #closed(socket: Socket, reason: string): void {
    if (socket !== this.#socket || this.#isEnded) return;
    this.#socket = null;
    this.#isOpen = false;
    this.#parts.listener.lost(reason);
    const waitMs = this.#backoff.nextMs();
    const dueMs = performance.now() + waitMs;
    this.#timer = setTimeout(() => this.open(dueMs), waitMs);
  }

  /** The queue is far shorter than there are ids, so there is always a free one. */
  #nextId(): number {
    do this.#lastId = (this.#lastId % MESSAGE_IDS) + 1;
    while (this.#flights.has(this.#lastId));
    return this.#lastId;
  }
}
