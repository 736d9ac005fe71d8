import { fail, ok, type Result } from '../../base/result.ts';
import type { RawFeed } from '../../protocol/raw-topic.ts';
import type { Ready } from '../../protocol/report.ts';
import type { Decoder } from '../../tracker/decoded-packet.ts';
import type { ListenProblem } from '../broker/listen.ts';
import type { Journal, JournalLog } from '../journal/journal.ts';
import type { RawCounters } from './raw-counters.ts';
import type { RawDialect } from './raw-dialect.ts';
import { RawDoor } from './raw-door.ts';
import type { RawGate } from './raw-gate.ts';
import { DEFAULT_RAW_LIMITS, type RawLimits } from './raw-limits.ts';
import { TcpListener } from './tcp-listener.ts';
import { UdpListener } from './udp-listener.ts';

/** A port for each feed that is listened for. */
export type RawPorts = Partial<Readonly<Record<RawFeed, number>>>;

/** The door for trackers that do not speak MQTT. */
export interface RawListeners {
  readonly tcp: RawPorts;
  readonly udp: RawPorts;
  /** The ports for the line that says the core is ready; without those nobody asked for. */
  readonly ready: Pick<Ready, 'tcp' | 'udp'>;
  readonly counters: Readonly<RawCounters>;
  /** TCP connections. */
  connections(): number;
  /** Cuts every connection that is no longer admitted. Happens by itself within a second of a decision. */
  recheck(): void;
  /** Looks at the time and at the gate's version. Happens by itself twice a second. */
  tick(): void;
  /** The journal failed: closes the ports and cuts every connection. What was not acknowledged comes again. */
  stopIntake(reason: string): void;
  /** Takes no more packets, lets those on their way to disk be answered, then closes. */
  close(): Promise<void>;
}

export interface RawListenerOptions {
  readonly host: string;
  /** 0 takes any free port; a feed without a port is not listened for. */
  readonly tcpPorts?: RawPorts | undefined;
  readonly udpPorts?: RawPorts | undefined;
  readonly dialects: readonly RawDialect[];
  readonly append: Journal['append'];
  readonly gate: RawGate;
  /** What the fold decodes with. */
  readonly decode: Decoder;
  readonly limits?: Partial<RawLimits>;
  readonly log: JournalLog;
  /** Runs forward only. */
  readonly nowMs?: () => number;
}

const TICK_EVERY_MS = 500;

/** Opens the ports; when one cannot be had, none stays open. */
export async function startRawListeners(
  options: RawListenerOptions,
): Promise<Result<RawListeners, ListenProblem>> {
  const listeners = new JournallingListeners(options);
  const problem = await listeners.open();
  if (problem === null) return ok(listeners);
  await listeners.close();
  return fail(problem);
}

class JournallingListeners implements RawListeners {
  readonly tcp: Partial<Record<RawFeed, number>> = {};
  readonly udp: Partial<Record<RawFeed, number>> = {};
  readonly #options: RawListenerOptions;
  readonly #limits: RawLimits;
  readonly #door: RawDoor;
  readonly #tcpListeners: TcpListener[] = [];
  readonly #udpListeners: UdpListener[] = [];
  readonly #timer: NodeJS.Timeout;
  #state: 'open' | 'closing' | 'stopped' = 'open';
  #checkedVersion: number;
  #checkedAtMs: number;

  constructor(options: RawListenerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_RAW_LIMITS, ...options.limits };
    this.#door = new RawDoor({
      append: options.append,
      gate: options.gate,
      decode: options.decode,
      limits: this.#limits,
      log: options.log,
      nowMs: options.nowMs ?? (() => performance.now()),
      journalFailed: ({ message }) => this.stopIntake(message),
    });
    this.#checkedVersion = this.#door.gateVersion();
    this.#checkedAtMs = this.#door.nowMs();
    this.#timer = setInterval(() => this.tick(), TICK_EVERY_MS);
  }

  get ready(): Pick<Ready, 'tcp' | 'udp'> {
    const { tcp, udp } = this;
    return {
      ...(Object.keys(tcp).length > 0 ? { tcp } : {}),
      ...(Object.keys(udp).length > 0 ? { udp } : {}),
    };
  }

  get counters(): Readonly<RawCounters> {
    return this.#door.counters;
  }

  async open(): Promise<ListenProblem | null> {
    const { host, dialects, tcpPorts, udpPorts, log } = this.#options;
    for (const dialect of dialects) {
      const tcpPort = tcpPorts?.[dialect.feed];
      if (tcpPort !== undefined) {
        const listener = new TcpListener(dialect, this.#door);
        const port = await listener.open(host, tcpPort);
        if (!port.ok) return port.error;
        this.#tcpListeners.push(listener);
        this.tcp[dialect.feed] = port.value;
      }
      const udpPort = udpPorts?.[dialect.feed];
      if (udpPort !== undefined) {
        const listener = new UdpListener(dialect, this.#door, (problem) =>
          log('a UDP port has a fault', { feed: dialect.feed, problem }),
        );
        const port = await listener.open(host, udpPort);
        if (!port.ok) return port.error;
        this.#udpListeners.push(listener);
        this.udp[dialect.feed] = port.value;
      }
    }
    return null;
  }

  connections(): number {
    return this.#tcpListeners.reduce((sum, listener) => sum + listener.connections(), 0);
  }

  recheck(): void {
    this.#checkedVersion = this.#door.gateVersion();
    this.#checkedAtMs = this.#door.nowMs();
    for (const listener of this.#tcpListeners) listener.recheck();
  }

  tick(): void {
    const isDue = this.#door.nowMs() - this.#checkedAtMs >= this.#limits.recheckEveryMs;
    if (isDue || this.#door.gateVersion() !== this.#checkedVersion) this.recheck();
    for (const listener of this.#tcpListeners) listener.checkTime();
  }

  stopIntake(reason: string): void {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    clearInterval(this.#timer);
    this.#options.log('raw listeners are stopped; no packet is acknowledged any more', { reason });
    for (const listener of this.#tcpListeners) {
      void listener.stopTaking();
      listener.cutAll();
    }
    for (const listener of this.#udpListeners) void listener.close();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    const closed = Promise.all(this.#tcpListeners.map((listener) => listener.stopTaking()));
    for (const listener of this.#udpListeners) listener.stopTaking();
    await atMost(this.#limits.closePatienceMs, this.#door.settled());
    for (const listener of this.#tcpListeners) listener.closeSoon();
    await Promise.all(this.#udpListeners.map((listener) => listener.close()));
    await atMost(this.#limits.farewellMs, closed);
    for (const listener of this.#tcpListeners) listener.cutAll();
    await closed;
  }
}

async function atMost(patienceMs: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([done, tired]);
  clearTimeout(timer);
}
