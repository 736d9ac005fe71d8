/** Who waits, by address, and whose turn it is: each address has one before any has its second. */
export class TurnsByAddress<Waiting> {
  /** By address, the one whose turn is next first. */
  readonly #waitingByAddress = new Map<string, Set<Waiting>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(address: string): number {
    return this.#waitingByAddress.get(address)?.size ?? 0;
  }

  add(address: string, waiting: Waiting): void {
    const known = this.#waitingByAddress.get(address);
    if (known === undefined) this.#waitingByAddress.set(address, new Set([waiting]));
    else known.add(waiting);
    this.#size += 1;
  }

  /** One that waits no more. */
  remove(address: string, waiting: Waiting): void {
    const known = this.#waitingByAddress.get(address);
    if (known?.delete(waiting) !== true) return;
    this.#size -= 1;
    if (known.size === 0) this.#waitingByAddress.delete(address);
  }

  /** Takes out whose turn it is; its address goes to the end of the row. Undefined when nobody waits. */
  next(): Waiting | undefined {
    for (const [address, known] of this.#waitingByAddress) {
      for (const first of known) {
        this.remove(address, first);
        this.#waitingByAddress.delete(address);
        if (known.size > 0) this.#waitingByAddress.set(address, known);
        return first;
      }
    }
    return undefined;
  }
}
