import { type Rate, TokenBucket } from './token-bucket.ts';

export interface FaultLimits {
  /** Faults an address may have; beyond it its connections are held back until it has been good for a while. */
  readonly faults: Rate;
  /** How fast an address with too many faults is let in. */
  readonly faultyConnects: Rate;
}

/** Each takes a few hundred bytes; beyond it the one blamed longest ago is forgiven. */
const ADDRESSES_MAX = 10_000;

interface FaultyPeer {
  readonly faults: TokenBucket;
  readonly connects: TokenBucket;
}

/**
 * Addresses whose connections keep being cut for breaking the rules. A connection is work, so one that comes back as
 * fast as it is cut would take the time of all others; it waits instead, and who is connected notices nothing.
 */
export class FaultyPeers {
  readonly #limits: FaultLimits;
  readonly #peers = new Map<string, FaultyPeer>();

  constructor(limits: FaultLimits) {
    this.#limits = limits;
  }

  /** A connection of the address was cut for something its sender did. */
  blame(address: string, nowMs: number): void {
    const { faults } = this.#peers.get(address) ?? this.#remember(address, nowMs);
    // A debt has an end: whoever stops is forgiven in a known time.
    if (faults.tokens(nowMs) > -this.#limits.faults.burst) faults.take(1);
  }

  #remember(address: string, nowMs: number): FaultyPeer {
    const [oldest] = this.#peers.keys();
    if (this.#peers.size >= ADDRESSES_MAX && oldest !== undefined) this.#peers.delete(oldest);
    const peer = {
      faults: new TokenBucket(this.#limits.faults, nowMs),
      connects: new TokenBucket(this.#limits.faultyConnects, nowMs),
    };
    this.#peers.set(address, peer);
    return peer;
  }

  /** How long the address's next connection waits, which takes its turn: 0 for an address that behaves. */
  delayMs(address: string, nowMs: number): number {
    const peer = this.#peers.get(address);
    if (peer === undefined) return 0;
    const left = peer.faults.tokens(nowMs);
    if (left >= this.#limits.faults.burst) this.#peers.delete(address);
    if (left >= 0) return 0;
    const waitMs = peer.connects.waitMs(1, nowMs);
    peer.connects.take(1);
    return waitMs;
  }
}
