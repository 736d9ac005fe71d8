import { TurnsByAddress } from '../broker/turns-by-address.ts';

/** Guesses running at once. The journal's writes and syncs share Node's four helper threads with them. */
const RUNNING_MAX = 2;
/** Waiting from one address: a household of trackers that comes back together, not a list of words being tried. */
const WAITING_PER_ADDRESS_MAX = 16;
/** Waiting together; each holds a connection open. */
const WAITING_MAX = 512;

/**
 * Lets a few slow checks of passwords run at once and the others wait, address by address in turn: whoever tries a
 * thousand passwords waits for himself.
 */
export class GuessTurns {
  readonly #waiting = new TurnsByAddress<() => void>();
  #running = 0;

  /** What the check gave, or null when too many wait already. */
  async take<T>(address: string, check: () => Promise<T>): Promise<T | null> {
    if (this.#running >= RUNNING_MAX) {
      if (this.#isFullFor(address)) return null;
      await new Promise<void>((resolve) => this.#waiting.add(address, resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await check();
    } finally {
      this.#passOn();
    }
  }

  #isFullFor(address: string): boolean {
    return this.#waiting.size >= WAITING_MAX || this.#waiting.sizeOf(address) >= WAITING_PER_ADDRESS_MAX;
  }

  /** The place of who is done goes to the next in turn. */
  #passOn(): void {
    const next = this.#waiting.next();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
