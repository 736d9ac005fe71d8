import type { EventEmitter } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Client, PublishPacket } from 'aedes';
import { fail, ok, type Result } from '../../base/result.ts';
import type { ServerContext } from '../door/certificates.ts';
import {
  DEFAULT_TLS_LIMITS,
  type HandshakeFailure,
  TlsListener,
  type TlsLimits,
} from '../door/tls-listener.ts';
import type { Journal, JournalLog } from '../journal/journal.ts';
import { AcceptQueue } from './accept-queue.ts';
import { AdmissionDesk, RefusedConnect } from './admission-desk.ts';
import { type BrokerCounters, newBrokerCounters } from './broker-counters.ts';
import { type BrokerLimits, DEFAULT_LIMITS } from './broker-limits.ts';
import { ClientSession, type PublishDone } from './client-session.ts';
import { type CutReason, CUTS } from './cut-reasons.ts';
import { awaitFirstPacket, type FirstPacket } from './first-packet.ts';
import type { Gate } from './gate.ts';
import { packetEntry } from './packet-entry.ts';
import { listenOn, type ListenProblem } from './listen.ts';
import { peerOf, Refusals } from './refusals.ts';
import { SubscriptionDesk } from './subscription-desk.ts';
import type { Teller } from './teller.ts';
import { DRAIN_TIMEOUT, TelemetryAedes } from './telemetry-aedes.ts';
import { UnacknowledgedBytes } from './unacknowledged-bytes.ts';

/** The door trackers come in by. */
export interface Broker {
  readonly port: number;
  /** Of the TLS listener; null without one. */
  readonly securePort: number | null;
  /** Clients past their CONNECT, and those in the middle of it. */
  connections(): number;
  readonly counters: Readonly<BrokerCounters>;
  /** What new encrypted connections are shown from now on; those there are go on. */
  useCertificates(context: ServerContext): void;
  /** After a decision: cuts the clients whose credential is revoked. The others notice nothing. */
  recheck(): void;
  /** The journal failed: closes the listener and cuts every client, once. What was not acknowledged comes again. */
  stopIntake(reason: string): void;
  /** Takes no more packets, lets those on their way to disk be acknowledged, then closes. */
  close(): Promise<void>;
}

export interface BrokerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A second listener, for TLS, in front of the same sessions. */
  readonly secure?: SecureListener;
  readonly gate: Gate;
  readonly append: Journal['append'];
  /** Who tells subscribers what they may hear; nobody when left out. */
  readonly teller?: Teller;
  readonly limits?: Partial<BrokerLimits>;
  readonly log: JournalLog;
}

export interface SecureListener {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly context: ServerContext;
  readonly limits?: Partial<TlsLimits>;
}

/** CONNACK of MQTT 5 with reason 0x84, unsupported protocol version: the one answer such a client understands. */
const MQTT5_UNSUPPORTED = Buffer.from([0x20, 0x03, 0x00, 0x84, 0x00]);
/** How long an answer to a refused client may take to leave. */
const FAREWELL_MS = 1_000;
/** How long closing waits for the journal to settle what it has. */
const CLOSE_PATIENCE_MS = 5_000;
/** Finds peers that vanished without a word, also those that asked for no MQTT keep-alive. */
const TCP_KEEPALIVE_MS = 60_000;
/** How often it is looked for clients without a keep-alive that are there and say nothing. */
const IDLE_LOOKED_FOR_MS = 60_000;

/** Starts the broker. The error names the port in use and the next free one. */
export async function startBroker(options: BrokerOptions): Promise<Result<Broker, ListenProblem>> {
  const broker = new JournallingBroker(options);
  const port = await broker.open();
  return port.ok ? ok(broker) : fail(port.error);
}

class JournallingBroker implements Broker {
  readonly counters = newBrokerCounters();
  readonly #options: BrokerOptions;
  readonly #limits: BrokerLimits;
  readonly #servers: Server[] = [];
  readonly #tls: TlsListener | null;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Map<unknown, ClientSession>();
  readonly #refusals: Refusals;
  readonly #accepting: AcceptQueue;
  readonly #memory: UnacknowledgedBytes;
  readonly #desk: AdmissionDesk;
  readonly #subscriptions: SubscriptionDesk;
  #acknowledging: ClientSession[] = [];
  #aedes: TelemetryAedes | null = null;
  #state: 'open' | 'closing' | 'stopped' = 'open';
  #idleTimer: NodeJS.Timeout | null = null;
  #port = 0;
  #securePort: number | null = null;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#refusals = new Refusals(options.log, options.append);
    this.#accepting = new AcceptQueue(this.#limits);
    this.#memory = new UnacknowledgedBytes(this.#limits.unacknowledgedBytesMax);
    this.#desk = new AdmissionDesk({
      gate: options.gate,
      limits: this.#limits,
      counters: this.counters,
      refusals: this.#refusals,
      sessionOf: (connection) => this.#sessions.get(connection),
    });
    this.#subscriptions = new SubscriptionDesk({
      gate: options.gate,
      limits: this.#limits,
      counters: this.counters,
      refusals: this.#refusals,
      teller: options.teller ?? null,
      sessionOf: (connection) => this.#sessions.get(connection),
      cut: (session, reason) => this.#cut(session, reason),
    });
    this.#tls = options.secure === undefined ? null : this.#newTlsListener(options.secure);
  }

  get port(): number {
    return this.#port;
  }

  get securePort(): number | null {
    return this.#securePort;
  }

  useCertificates(context: ServerContext): void {
    this.#tls?.useContext(context);
  }

  connections(): number {
    return this.#sessions.size;
  }

  recheck(): void {
    const { gate } = this.#options;
    for (const session of this.#sessions.values()) {
      const { rights } = session;
      if (rights === null || gate.isStillAdmitted(rights.admission)) continue;
      this.#cut(session, 'credential-revoked');
    }
  }

  async open(): Promise<Result<number, ListenProblem>> {
    const aedes = await TelemetryAedes.start(this.#limits, {
      preConnect: this.#desk.connecting,
      authenticate: this.#desk.authenticate,
      authorizePublish: (client, packet, done) => this.#takePublish(client, packet, done),
      authorizeSubscribe: this.#subscriptions.authorize,
    });
    this.#subscriptions.follow(aedes);
    aedes.on('clientError', (client, error) => this.#noteClientError(client, error));
    aedes.on('connectionError', (client, error) => this.#noteClientError(client, error));
    const emitter: EventEmitter = aedes;
    emitter.on('error', (error: Error) =>
      this.#options.log('the broker has a fault', { problem: error.message }),
    );
    this.#aedes = aedes;
    const lookEveryMs = Math.min(IDLE_LOOKED_FOR_MS, this.#limits.idleMsMax);
    this.#idleTimer = setInterval(() => this.#cutIdle(), lookEveryMs);
    const port = await this.#listen();
    if (!port.ok) await this.close();
    return port;
  }

  async #listen(): Promise<Result<number, ListenProblem>> {
    const { host, port, secure } = this.#options;
    const plain = await this.#listenFor((socket) => this.#welcome(socket), host, port);
    if (!plain.ok) return plain;
    this.#port = plain.value;
    const tls = this.#tls;
    if (secure === undefined || tls === null) return plain;
    const encrypted = await this.#listenFor((socket) => tls.take(socket), secure.host, secure.port);
    if (encrypted.ok) this.#securePort = encrypted.value;
    return encrypted;
  }

  async #listenFor(
    take: (socket: Socket) => void,
    host: string,
    port: number,
  ): Promise<Result<number, ListenProblem>> {
    const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEPALIVE_MS });
    server.maxConnections = this.#limits.connectionsMax;
    server.on('drop', () => this.#turnAway());
    server.on('connection', (socket) => {
      if (this.#isFull()) this.#turnAway(socket);
      else this.#accept(socket, take);
    });
    const listening = await listenOn(server, host, port);
    if (listening.ok) this.#servers.push(server);
    return listening;
  }

  /** The limit is of all listeners together. */
  #isFull(): boolean {
    const unserved = (this.#tls?.handshakes ?? 0) + this.#accepting.waiting;
    return this.#sockets.size + unserved >= this.#limits.connectionsMax;
  }

  #turnAway(socket?: Socket): void {
    socket?.destroy();
    this.counters.overConnectionLimit += 1;
    this.#refusals.tell('connections', 'a connection was turned away: there are as many as allowed');
  }

  #accept(socket: Socket, take: (socket: Socket) => void): void {
    const { waiting } = this.#accepting;
    if (this.#accepting.enter(socket, take)) {
      if (this.#accepting.waiting > waiting) this.counters.connectsDelayed += 1;
      return;
    }
    this.counters.overConnectRate += 1;
    this.#refusals.tell('connects', 'a connection was turned away: too many come at once');
    socket.destroy();
  }

  #newTlsListener({ context, limits }: SecureListener): TlsListener {
    return new TlsListener({
      context,
      limits: { ...DEFAULT_TLS_LIMITS, ...limits },
      counters: this.counters,
      secured: (socket) => this.#welcome(socket),
      failed: (failure, socket, problem) => this.#noteHandshake(failure, socket, problem),
    });
  }

  stopIntake(reason: string): void {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    this.#options.log('intake is stopped; no packet is acknowledged any more', { reason });
    for (const server of this.#servers) server.close();
    this.#accepting.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#tls?.destroyAll();
  }

  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    if (this.#idleTimer !== null) clearInterval(this.#idleTimer);
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    this.#accepting.close();
    const giveUpAtMs = performance.now() + CLOSE_PATIENCE_MS;
    const isBusy = (): boolean => [...this.#sessions.values()].some((session) => session.inFlight > 0);
    while (isBusy() && performance.now() < giveUpAtMs) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const socket of this.#sockets) socket.destroySoon();
    if (this.#aedes !== null) await closeAedes(this.#aedes);
    for (const socket of this.#sockets) socket.destroy();
    this.#tls?.destroyAll();
    await Promise.all(closed);
  }

  #welcome(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    awaitFirstPacket(socket, this.#limits.connectTimeoutMs, (verdict) => this.#admit(socket, verdict));
  }

  #admit(socket: Socket, verdict: FirstPacket | 'silent'): void {
    switch (verdict) {
      case 'mqtt':
        return this.#serve(socket);
      case 'mqtt5':
        this.counters.mqtt5Refused += 1;
        this.#refusals.note(
          peerOf(socket),
          'mqtt5-unsupported',
          'an MQTT 5 client was refused; set it to MQTT 3.1.1',
        );
        return sayFarewell(socket, MQTT5_UNSUPPORTED);
      case 'not-mqtt':
        this.counters.notMqtt += 1;
        this.#accepting.blame(peerOf(socket).address);
        this.#tellOf(socket, 'not-mqtt', 'a connection did not speak MQTT and was closed');
        return void socket.destroy();
      case 'silent':
        this.counters.silent += 1;
        return void socket.destroy();
    }
  }

  #serve(socket: Socket): void {
    const session = new ClientSession(socket, {
      append: this.#options.append,
      limits: this.#limits,
      counters: this.counters,
      memory: this.#memory,
      cut: (cut, reason) => this.#cut(cut, reason),
      acknowledgeSoon: (due) => this.#acknowledgeSoon(due),
      journalFailed: (failure) => this.stopIntake(failure.message),
    });
    this.#sessions.set(socket, session);
    socket.on('close', () => this.#sessions.delete(socket));
    this.#aedes?.handle(socket);
  }

  /** Every publish of every client, in the order aedes parsed them. */
  #takePublish(client: Client | null, packet: PublishPacket, done: PublishDone): void {
    if (this.#state === 'stopped') return done(new Error('intake is stopped'));
    // Neither refused nor taken: unacknowledged, it comes again after the restart.
    if (this.#state === 'closing' || client === null) return;
    if (!isPublish(packet)) return this.#takeWill(client, packet, done);
    const session = this.#sessions.get(client.conn);
    // What else was in the last read of a client that is cut is left alone.
    if (session === undefined || session.socket.destroyed) return;
    const verdict = session.rights?.judge(packet.topic) ?? 'not-allowed';
    if (verdict === 'allowed') session.takePublish(client.id, packet, done);
    else this.#cut(session, verdict === 'over-limit' ? 'topic-over-limit' : 'not-allowed-to-publish');
  }

  /** What a client left to be said when it vanishes is data like any other; nobody waits for an acknowledgement. */
  #takeWill(client: Client, will: PublishPacket, done: PublishDone): void {
    const sender = this.#desk.willSenderOf(client);
    if (sender === null) return;
    const { rights, peer } = sender;
    if (rights.judge(will.topic) !== 'allowed') {
      this.counters.notAllowedToPublish += 1;
      this.#refusals.note(
        peer,
        'not-allowed-to-publish',
        'a last will was dropped: its topic is not allowed',
      );
      return;
    }
    const entry = packetEntry(
      { clientId: client.id, isAuthenticated: rights.isAuthenticated },
      will,
      this.#limits,
      this.counters,
    );
    this.#options.append(entry, (failure) => {
      if (failure === null) done(null);
      else this.stopIntake(failure.message);
    });
  }

  #cutIdle(): void {
    const nowMs = performance.now();
    for (const session of this.#sessions.values()) {
      if (!session.isKeptAlive && session.silentMs(nowMs) > this.#limits.idleMsMax)
        this.#cut(session, 'idle');
    }
  }

  #cut(session: ClientSession, reason: CutReason): void {
    if (session.isCut) return;
    session.isCut = true;
    const { counter, words, note, isFault } = CUTS[reason];
    this.counters[counter] += 1;
    if (note === null) this.#tellOf(session.socket, reason, words);
    else this.#refusals.note(session.peer, note, words);
    if (isFault) this.#accepting.blame(session.peer.address);
    session.socket.destroy();
  }

  /** The journal settles a whole batch in one go; the acknowledgements leave when it is through with it. */
  #acknowledgeSoon(session: ClientSession): void {
    if (this.#acknowledging.length === 0) queueMicrotask(() => this.#sendAcknowledgements());
    this.#acknowledging.push(session);
  }

  #sendAcknowledgements(): void {
    const due = this.#acknowledging;
    this.#acknowledging = [];
    for (const session of due) session.sendAcknowledgements();
  }

  #noteClientError(client: Client, error: Error): void {
    if (error instanceof RefusedConnect) return;
    const session = this.#sessions.get(client.conn);
    if (error.message === DRAIN_TIMEOUT && session !== undefined) return this.#cut(session, 'too-slow');
    this.counters.clientErrors += 1;
    if (session !== undefined && isFault(error)) this.#accepting.blame(session.peer.address);
    const fields = { client: client.id, problem: error.message };
    this.#refusals.tell(`client ${error.message}`, 'a client was cut', fields);
  }

  #noteHandshake(failure: HandshakeFailure, socket: Socket, problem: string): void {
    if (failure === 'tls-too-old') {
      return this.#refusals.note(peerOf(socket), failure, 'a client was refused: it knows no TLS 1.3');
    }
    this.#tellOf(socket, failure, 'a TLS handshake came to nothing', { failure, problem });
  }

  #tellOf(socket: Socket, what: string, words: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const { address, remote } = peerOf(socket);
    this.#refusals.tell(`${what} ${address}`, words, { remote, ...fields });
  }
}

/** What aedes says when a connection is lost or quiet, which happens to every tracker. */
const LOST: ReadonlySet<string> = new Set([
  'keep alive timeout',
  'connect did not arrive in time',
  'connection closed',
]);

/** What is left is a client that broke the protocol; the network's own errors have a code. */
function isFault(error: NodeJS.ErrnoException): boolean {
  return error.code === undefined && !LOST.has(error.message);
}

/** A last will comes as the bare part of the CONNECT it was in. */
function isPublish(packet: { readonly cmd?: string }): boolean {
  return packet.cmd === 'publish';
}

/** What else the client sends is read and dropped: closing with bytes unread could destroy the answer on its way. */
function sayFarewell(socket: Socket, bytes: Buffer): void {
  socket.end(bytes);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
  socket.on('close', () => clearTimeout(timer));
}

function closeAedes(aedes: TelemetryAedes): Promise<void> {
  return new Promise((resolve) => aedes.close(() => resolve()));
}
