import type { Socket } from 'node:net';
import type { PublishPacket } from 'aedes';
import type { Journal, JournalFailure } from '../journal/journal.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { BrokerCounters } from './broker-counters.ts';
import type { CutReason } from './cut-reasons.ts';
import { type PacketEntry, packetEntry } from './packet-entry.ts';
import type { PublishRights } from './publish-rights.ts';
import { ReadingPace } from './reading-pace.ts';
import { type Peer, peerOf } from './refusals.ts';
import type { UnacknowledgedBytes } from './unacknowledged-bytes.ts';

/** aedes' callback of a publish: null goes on, an error cuts the client. */
export type PublishDone = (error?: Error | null) => void;

export interface SessionParts {
  readonly append: Journal['append'];
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  /** Of all sessions together. */
  readonly memory: UnacknowledgedBytes;
  /** Counts, tells and closes. */
  readonly cut: (session: ClientSession, reason: CutReason) => void;
  /** Asks for `sendAcknowledgements` to be called once all of the present batch is settled. */
  readonly acknowledgeSoon: (session: ClientSession) => void;
  /** Nothing more can be acknowledged, to nobody. */
  readonly journalFailed: (failure: JournalFailure) => void;
}

interface DurablePacket {
  readonly packet: PublishPacket;
  readonly done: PublishDone;
}

interface TakenPacket extends DurablePacket {
  readonly entry: PacketEntry;
}

const PUBACK_BYTES = 4;
/** What a packet on its way takes beside its payload and topic. */
const PACKET_OVERHEAD_BYTES = 256;

/**
 * One connection's packets on their way to disk, in the order they came: a bounded number in the journal's hands, the
 * rest waiting. aedes reads on only when every packet of its last read is done, so waiting ones stop the socket, and
 * what waits is never more than one read. A packet is acknowledged after it is durable and not before.
 */
export class ClientSession {
  readonly socket: Socket;
  readonly peer: Peer;
  readonly #parts: SessionParts;
  readonly #pace: ReadingPace;
  /** It was told once why its client is cut; whatever follows is of no interest. */
  isCut = false;
  /** It asked for a keep-alive, so that aedes cuts it when it is silent. */
  isKeptAlive = true;
  /** Null until its client is admitted. */
  #rights: PublishRights | null = null;
  #inFlight = 0;
  #inFlightBytes = 0;
  #waiting: TakenPacket[] = [];
  /** Durable, and to be acknowledged with the rest of their batch. */
  #durable: DurablePacket[] = [];
  /** Acknowledged into a socket that is full: they hold further reading until it drains. */
  #undrained: PublishDone[] = [];
  #drainTimer: NodeJS.Timeout | null = null;

  constructor(socket: Socket, parts: SessionParts) {
    this.socket = socket;
    this.peer = peerOf(socket);
    this.#parts = parts;
    this.#pace = new ReadingPace(socket, {
      limits: parts.limits,
      counters: parts.counters,
      memory: parts.memory,
      tooLong: () => parts.cut(this, 'packet-over-hard-limit'),
      overRate: () => parts.cut(this, 'over-rate-limit'),
    });
    socket.on('close', () => this.#end());
  }

  silentMs(nowMs: number): number {
    return this.#pace.silentMs(nowMs);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get rights(): PublishRights | null {
    return this.#rights;
  }

  /** A device is read from at a device's rate; whoever speaks for many, or from this machine, at a gateway's. */
  admit(rights: PublishRights): void {
    this.#rights = rights;
    const { role } = rights.admission;
    if (role === 'gateway' || role === 'anonymous') this.#pace.speaksForMany();
  }

  /** The topic was judged, and is allowed. */
  takePublish(clientId: string, packet: PublishPacket, done: PublishDone): void {
    const { limits, counters, memory } = this.#parts;
    const sender = { clientId, isAuthenticated: this.#rights?.isAuthenticated ?? false };
    const taken = { entry: packetEntry(sender, packet, limits, counters), packet, done };
    memory.take(memoryOf(taken.entry));
    if (this.#waiting.length > 0 || this.#isFull()) this.#waiting.push(taken);
    else this.#append(taken);
  }

  /** One write for all that became durable together: a system call a packet would cost more than the journal. */
  sendAcknowledgements(): void {
    const durable = this.#durable;
    this.#durable = [];
    if (this.socket.destroyed) return;
    const acks = Buffer.allocUnsafe(durable.length * PUBACK_BYTES);
    durable.forEach(({ packet }, i) => {
      const id = packet.messageId ?? 0;
      acks[i * PUBACK_BYTES] = 0x40;
      acks[i * PUBACK_BYTES + 1] = 2;
      acks.writeUInt16BE(id, i * PUBACK_BYTES + 2);
    });
    this.#parts.counters.acknowledged += durable.length;
    const isTaken = this.socket.write(acks);
    if (isTaken) for (const { done } of durable) done(null);
    else this.#waitForDrain(durable.map(({ done }) => done));
    this.checkOutgoing();
  }

  /** True when more waits to be sent than the client may leave lying; it is then cut. */
  checkOutgoing(): boolean {
    if (this.socket.writableLength <= this.#parts.limits.outgoingBytesMax) return false;
    this.#parts.cut(this, 'too-slow');
    return true;
  }

  #isFull(): boolean {
    const { inFlightPacketsMax, inFlightBytesMax } = this.#parts.limits;
    return this.#inFlight >= inFlightPacketsMax || this.#inFlightBytes >= inFlightBytesMax;
  }

  #append({ entry, packet, done }: TakenPacket): void {
    const bytes = entry.payload.length;
    // The callback must not hold on to the entry: the journal has its own copy of what the socket gave.
    const memory = memoryOf(entry);
    this.#inFlight += 1;
    this.#inFlightBytes += bytes;
    this.#parts.append(entry, (failure) => {
      this.#inFlight -= 1;
      this.#inFlightBytes -= bytes;
      this.#parts.memory.give(memory);
      if (failure === null) this.#settled(packet, done);
      else this.#parts.journalFailed(failure);
    });
    // The journal has its copy. Holding on to what the socket gave would keep 64 KiB alive for each client.
    packet.payload = EMPTY;
  }

  #settled(packet: PublishPacket, done: PublishDone): void {
    this.#acknowledge(packet, done);
    while (this.#waiting.length > 0 && !this.#isFull()) {
      const next = this.#waiting.shift();
      if (next !== undefined) this.#append(next);
    }
  }

  /**
   * QoS 1 is acknowledged here, many at once, and handed back to aedes as QoS 0 so that it does not do it again. QoS 2
   * goes through aedes' handshake.
   */
  #acknowledge(packet: PublishPacket, done: PublishDone): void {
    packet.retain = false;
    if (packet.qos === 1) {
      packet.qos = 0;
      this.#durable.push({ packet, done });
      if (this.#durable.length === 1) this.#parts.acknowledgeSoon(this);
      return;
    }
    if (packet.qos === 2) this.#parts.counters.acknowledged += 1;
    done(null);
  }

  #waitForDrain(held: readonly PublishDone[]): void {
    this.#undrained.push(...held);
    if (this.#drainTimer !== null) return;
    this.#drainTimer = setTimeout(() => this.#parts.cut(this, 'too-slow'), this.#parts.limits.drainTimeoutMs);
    this.socket.once('drain', () => {
      this.#stopDrainTimer();
      for (const done of this.#undrained.splice(0)) done(null);
    });
  }

  /** Packets not yet in the journal go with the connection: unacknowledged, they come again, and in their order. */
  #end(): void {
    this.#stopDrainTimer();
    const dropped = this.#waiting.reduce((bytes, { entry }) => bytes + memoryOf(entry), 0);
    this.#waiting = [];
    this.#undrained = [];
    this.#parts.memory.give(dropped);
  }

  #stopDrainTimer(): void {
    if (this.#drainTimer !== null) clearTimeout(this.#drainTimer);
    this.#drainTimer = null;
  }
}

const EMPTY = Buffer.alloc(0);

function memoryOf({ payload, topic }: PacketEntry): number {
  return payload.length + topic.length + PACKET_OVERHEAD_BYTES;
}
