import { setTimeout as wait } from 'node:timers/promises';
import type { RawFeed, RawPorts, RawTransport } from '../../../core/protocol/raw-topic.ts';
import { Backoff } from '../backoff.ts';
import type { Endpoints } from '../publisher.ts';
import { openTcpLine } from './tcp-line.ts';
import { openUdpLine } from './udp-line.ts';

/** How a listener took a packet: with its answer, or by closing or keeping silent; or nobody listens there. */
export type Answer = 'acknowledged' | 'no-answer' | 'unreachable';

/** An open way to a listener. */
export interface RawLine {
  /** Sends one packet and waits for its answer. */
  readonly send: (packet: Uint8Array) => Promise<Answer>;
  /** Sends bytes nobody will answer; resolves when they have left. */
  readonly sendDamaged: (bytes: Uint8Array) => Promise<void>;
  /** Breaks it off without a word. */
  readonly close: () => Promise<void>;
}

/** Nothing listens there (`unreachable`), or it does not want this box. */
export type OpenedLine = { readonly line: RawLine } | { readonly problem: 'unreachable' | 'turned-away' };

/** What a box has to send. */
export interface RawPacket {
  readonly bytes: Uint8Array;
  readonly isDamaged: boolean;
  readonly onTaken: () => void;
}

/** So often a packet is left without an answer before the box takes it that it is not wanted. */
const UNANSWERED_MAX = 3;
/** A box has memory for so many packets; then the oldest go. */
const KEPT_MAX = 10_000;

/**
 * One box on a raw port: a packet at a time, each until it is answered. It comes back when the product went away. Where
 * it is turned away it keeps what it has, and tries again with its next packet.
 */
export class RawBox {
  private readonly device: string;
  private readonly feed: RawFeed;
  private readonly transport: RawTransport;
  private readonly endpoints: () => Endpoints;
  private readonly backoff: Backoff;
  private readonly kept: RawPacket[] = [];
  private line: RawLine | null = null;
  private isClosed = false;
  private wasOpen = false;
  private working: Promise<void> = Promise.resolve();
  reconnects = 0;

  constructor(device: string, feed: RawFeed, transport: RawTransport, endpoints: () => Endpoints) {
    this.device = device;
    this.feed = feed;
    this.transport = transport;
    this.endpoints = endpoints;
    this.backoff = new Backoff(`${transport} ${device}`);
  }

  /** Resolves when all that is kept is taken, or the box is turned away. */
  send(packets: readonly RawPacket[]): Promise<void> {
    this.kept.push(...packets);
    if (this.kept.length > KEPT_MAX) this.kept.splice(0, this.kept.length - KEPT_MAX);
    this.working = this.working.then(() => this.emptyOut());
    return this.working;
  }

  /** Loses the connection as a tracker in a tunnel does; the next packet opens another. */
  async drop(): Promise<void> {
    await this.working;
    await this.hangUp();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.hangUp();
  }

  private async emptyOut(): Promise<void> {
    let unanswered = 0;
    while (!this.isClosed) {
      const [packet] = this.kept;
      if (packet === undefined) return;
      const answer = await this.trySending(packet);
      if (answer === 'turned-away') return;
      if (answer === 'acknowledged') {
        unanswered = 0;
        this.kept.shift();
        packet.onTaken();
        continue;
      }
      await this.hangUp();
      unanswered += answer === 'no-answer' ? 1 : 0;
      if (unanswered >= UNANSWERED_MAX) return;
      await wait(this.backoff.nextMs());
    }
  }

  private async trySending({ bytes, isDamaged }: RawPacket): Promise<Answer | 'turned-away'> {
    const opened = await this.openLine();
    if ('problem' in opened) return opened.problem;
    const { line } = opened;
    if (isDamaged) {
      await line.sendDamaged(bytes);
      // Where a damaged packet ends nobody can tell; the next one goes over a connection of its own.
      await this.hangUp();
      return 'acknowledged';
    }
    const answer = await line.send(bytes);
    if (answer === 'acknowledged') this.backoff.reset();
    return answer;
  }

  private async openLine(): Promise<OpenedLine> {
    if (this.line !== null) return { line: this.line };
    const { host, tcpPorts, udpPorts } = this.endpoints();
    const ports: RawPorts = (this.transport === 'tcp' ? tcpPorts : udpPorts) ?? {};
    const port = ports[this.feed];
    if (port === undefined) return { problem: 'turned-away' };
    const open = this.transport === 'tcp' ? openTcpLine : openUdpLine;
    const opened = await open({ host, port, feed: this.feed, device: this.device });
    if ('problem' in opened) return opened;
    if (this.wasOpen) this.reconnects += 1;
    this.wasOpen = true;
    this.line = opened.line;
    return opened;
  }

  private async hangUp(): Promise<void> {
    const { line } = this;
    this.line = null;
    await line?.close();
  }
}
