import type { Socket } from 'node:net';
import { type FaultLimits, FaultyPeers } from './faulty-peers.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';
import { TurnsByAddress } from './turns-by-address.ts';

export interface AcceptLimits extends FaultLimits {
  readonly connects: Rate;
  /** Connections that wait to be taken. */
  readonly connectsWaitingMax: number;
  /** Of one address, so that the others' turns come. */
  readonly connectsWaitingPerAddressMax: number;
}

interface WaitingConnection {
  readonly socket: Socket;
  readonly take: (socket: Socket) => void;
}

/**
 * Takes new connections no faster than they can be served. A fleet that comes back all at once waits here, unread and
 * for seconds; it is refused only when more wait than there are places.
 */
export class AcceptQueue {
  readonly #limits: AcceptLimits;
  readonly #bucket: TokenBucket;
  readonly #waiting = new TurnsByAddress<WaitingConnection>();
  readonly #faulty: FaultyPeers;
  /** Connections of faulty addresses, each with the timer that ends its wait. */
  readonly #heldBack = new Map<Socket, NodeJS.Timeout>();
  #timer: NodeJS.Timeout | null = null;

  constructor(limits: AcceptLimits) {
    this.#limits = limits;
    this.#bucket = new TokenBucket(limits.connects, performance.now());
    this.#faulty = new FaultyPeers(limits);
  }

  get waiting(): number {
    return this.#waiting.size + this.#heldBack.size;
  }

  /** A connection of the address was cut for something its sender did. */
  blame(address: string): void {
    this.#faulty.blame(address, performance.now());
  }

  /** `take` is called at once or in turn; false when there is no place to wait, and nothing was done. */
  enter(socket: Socket, take: (socket: Socket) => void): boolean {
    const delayMs = this.#faulty.delayMs(socket.remoteAddress ?? '', performance.now());
    return delayMs === 0 ? this.#enterNow(socket, take) : this.#holdBack(socket, take, delayMs);
  }

  #holdBack(socket: Socket, take: (socket: Socket) => void, delayMs: number): boolean {
    if (this.#heldBack.size >= this.#limits.connectsWaitingPerAddressMax) return false;
    const timer = setTimeout(() => {
      this.#heldBack.delete(socket);
      if (!socket.destroyed && !this.#enterNow(socket, take)) socket.destroy();
    }, delayMs);
    this.#heldBack.set(socket, timer);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      this.#heldBack.delete(socket);
    });
    return true;
  }

  #enterNow(socket: Socket, take: (socket: Socket) => void): boolean {
    if (this.#waiting.size === 0 && this.#bucket.tokens(performance.now()) >= 1) {
      this.#bucket.take(1);
      take(socket);
      return true;
    }
    const address = socket.remoteAddress ?? '';
    const { connectsWaitingMax, connectsWaitingPerAddressMax } = this.#limits;
    if (this.#waiting.size >= connectsWaitingMax) return false;
    if (this.#waiting.sizeOf(address) >= connectsWaitingPerAddressMax) return false;
    this.#wait(address, { socket, take });
    return true;
  }

  #wait(address: string, connection: WaitingConnection): void {
    const { socket } = connection;
    this.#waiting.add(address, connection);
    // Whoever gives up leaves its place.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#waiting.remove(address, connection));
    this.#wakeLater();
  }

  /** A little later than the rate asks for, by chance: those who come back together are not to stay together. */
  #wakeLater(): void {
    if (this.#timer !== null) return;
    const waitMs = this.#bucket.waitMs(1, performance.now());
    this.#timer = setTimeout(() => this.#takeSome(), waitMs * (1 + Math.random()));
  }

  #takeSome(): void {
    this.#timer = null;
    const nowMs = performance.now();
    while (this.#bucket.tokens(nowMs) >= 1) {
      const next = this.#waiting.next();
      if (next === undefined) return;
      this.#bucket.take(1);
      next.take(next.socket);
    }
    if (this.#waiting.size > 0) this.#wakeLater();
  }

  /** Cuts those who wait. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const socket of this.#heldBack.keys()) socket.destroy();
    for (let next = this.#waiting.next(); next !== undefined; next = this.#waiting.next())
      next.socket.destroy();
  }
}
