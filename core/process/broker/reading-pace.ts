import type { Socket } from 'node:net';
import type { BrokerCounters } from './broker-counters.ts';
import type { BrokerLimits } from './broker-limits.ts';
import { type GuardedReads, guardReads } from './read-guard.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';
import type { UnacknowledgedBytes } from './unacknowledged-bytes.ts';

export interface PaceParts {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly memory: UnacknowledgedBytes;
  /** The client began a packet that is too long. */
  readonly tooLong: (packetBytes: number) => void;
  /** It has been over its rate without a pause for longer than allowed. */
  readonly overRate: () => void;
}

/** A client over its rate is read from again when so much of a second's worth may be taken, not for each packet. */
const HELD_SECONDS = 0.1;

/**
 * How fast one client is read from. Over its rate its socket is left alone until the rate allows more, which its own
 * network stack turns into slower sending; the others do not notice.
 */
export class ReadingPace {
  readonly #parts: PaceParts;
  readonly #reads: GuardedReads;
  readonly #readOn = (): void => this.#reads.release();
  #rate: Rate;
  #bucket: TokenBucket;
  #readBytesMax: number;
  #packetBytesMax: number;
  #timer: NodeJS.Timeout | null = null;
  #lastReadAtMs = performance.now();
  #hasReadSince = false;
  /** Since when it never had half its burst to spare; null when it has. */
  #excessSinceMs: number | null = null;

  constructor(socket: Socket, parts: PaceParts) {
    this.#parts = parts;
    this.#rate = parts.limits.devicePackets;
    this.#bucket = new TokenBucket(this.#rate, performance.now());
    this.#readBytesMax = parts.limits.deviceReadBytesMax;
    this.#packetBytesMax = parts.limits.devicePacketBytesMax;
    this.#reads = guardReads(socket, {
      mayRead: () => this.#mayRead(),
      readBytesMax: () => this.#readBytesMax,
      packetBytesMax: () => this.#packetBytesMax,
      took: (packets) => this.#bucket.take(packets),
      tooLong: parts.tooLong,
    });
    socket.on('close', () => this.#stop());
  }

  /** Once the client is known: one that speaks for many is read from at another pace than a device, which it starts as. */
  speaksForMany(): void {
    this.#rate = this.#parts.limits.gatewayPackets;
    this.#bucket = new TokenBucket(this.#rate, performance.now());
    this.#readBytesMax = Number.POSITIVE_INFINITY;
    this.#packetBytesMax = this.#parts.limits.packetBytesMax;
  }

  /** How long nothing was read, seen from one question to the next: a clock that each read looks at costs each read. */
  silentMs(nowMs: number): number {
    if (this.#hasReadSince) this.#lastReadAtMs = nowMs;
    this.#hasReadSince = false;
    return nowMs - this.#lastReadAtMs;
  }

  #mayRead(): boolean {
    if (this.#timer !== null) return false;
    if (this.#bucket.left <= 0 && !this.#isWithinRate(performance.now())) return false;
    this.#hasReadSince = true;
    const { memory, counters } = this.#parts;
    if (!memory.isSpent) return true;
    counters.heldForMemory += 1;
    memory.wait(this.#readOn);
    return false;
  }

  #isWithinRate(nowMs: number): boolean {
    const { perSecond, burst } = this.#rate;
    const tokens = this.#bucket.tokens(nowMs);
    if (tokens >= burst / 2) this.#excessSinceMs = null;
    if (tokens > 0) return true;
    this.#excessSinceMs ??= nowMs;
    this.#parts.counters.heldForRate += 1;
    const waitMs = this.#bucket.waitMs(perSecond * HELD_SECONDS, nowMs);
    if (nowMs + waitMs - this.#excessSinceMs > this.#parts.limits.overRateMsMax) this.#parts.overRate();
    else this.#timer = setTimeout(() => this.#resume(), waitMs);
    return false;
  }

  #resume(): void {
    this.#timer = null;
    this.#reads.release();
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#parts.memory.forget(this.#readOn);
  }
}
