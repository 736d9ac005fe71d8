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
  /** By address, the one whose turn is next first. */
  readonly #waitingByAddress = new Map<string, (() => void)[]>();
  #running = 0;
  #waiting = 0;

  /** What the check gave, or null when too many wait already. */
  async take<T>(address: string, check: () => Promise<T>): Promise<T | null> {
    if (this.#running >= RUNNING_MAX) {
      const turn = this.#waitForTurn(address);
      if (turn === null) return null;
      await turn;
    } else {
      this.#running += 1;
    }
    try {
      return await check();
    } finally {
      this.#next();
    }
  }

  #waitForTurn(address: string): Promise<void> | null {
    const queue = this.#waitingByAddress.get(address) ?? [];
    if (this.#waiting >= WAITING_MAX || queue.length >= WAITING_PER_ADDRESS_MAX) return null;
    this.#waiting += 1;
    this.#waitingByAddress.set(address, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  /** The place of who is done goes to the next address, which then goes to the end of the row. */
  #next(): void {
    for (const [address, queue] of this.#waitingByAddress) {
      this.#waitingByAddress.delete(address);
      const next = queue.shift();
      if (queue.length > 0) this.#waitingByAddress.set(address, queue);
      if (next === undefined) continue;
      this.#waiting -= 1;
      return next();
    }
    this.#running -= 1;
  }
}
