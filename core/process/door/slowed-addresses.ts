/** How long the answer to a failed attempt is held back: at first, twice as long each further time, and at most. */
export interface Slowness {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** A tracker with a wrong secret is put right by a person; in the meantime it costs a connection a few seconds. */
export const DEFAULT_SLOWNESS: Slowness = { firstMs: 250, maxMs: 8_000 };

/** An address that failed no more for this long starts anew. */
const FORGIVEN_AFTER_MS = 10 * 60_000;
/** Remembered together, the longest silent dropped first: someone with many addresses must not fill the memory. */
const ADDRESSES_MAX = 10_000;

interface Failures {
  readonly count: number;
  readonly lastAtMs: number;
}

/**
 * Counts failed attempts by address and says how long the answer to the next one is held back. Only failures wait:
 * trackers behind the same address with the right secret are answered at once.
 */
export class SlowedAddresses {
  /** The one that failed last stands last. */
  readonly #failuresByAddress = new Map<string, Failures>();
  readonly #slowness: Slowness;

  constructor(slowness: Slowness) {
    this.#slowness = slowness;
  }

  /** One more failure; gives how long its answer waits. */
  failed(address: string, nowMs: number): number {
    const key = networkOf(address);
    const known = this.#failuresByAddress.get(key);
    const isRecent = known !== undefined && nowMs - known.lastAtMs < FORGIVEN_AFTER_MS;
    const count = isRecent ? known.count + 1 : 1;
    this.#failuresByAddress.delete(key);
    this.#failuresByAddress.set(key, { count, lastAtMs: nowMs });
    this.#dropOldest();
    return Math.min(this.#slowness.firstMs * 2 ** Math.min(count - 1, 30), this.#slowness.maxMs);
  }

  #dropOldest(): void {
    if (this.#failuresByAddress.size <= ADDRESSES_MAX) return;
    for (const oldest of this.#failuresByAddress.keys()) {
      this.#failuresByAddress.delete(oldest);
      return;
    }
  }
}

/** An IPv6 customer has at least 2^64 addresses of one network; all of them are one guesser. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
