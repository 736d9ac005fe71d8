/**
 * The memory that packets of all clients take until they are on disk. While it is spent nobody is read from; those who
 * have something to say wait in a row, and each gets one read when its turn comes.
 */
export class UnacknowledgedBytes {
  readonly #bytesMax: number;
  readonly #waiting = new Set<() => void>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isSpent(): boolean {
    return this.#bytes >= this.#bytesMax;
  }

  take(bytes: number): void {
    this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#waiting.size === 0) return;
    for (const readOn of this.#waiting) {
      if (this.isSpent) return;
      this.#waiting.delete(readOn);
      readOn();
    }
  }

  /** `readOn` is called once, when it is its turn; asking again keeps the place. */
  wait(readOn: () => void): void {
    this.#waiting.add(readOn);
  }

  forget(readOn: () => void): void {
    this.#waiting.delete(readOn);
  }
}
