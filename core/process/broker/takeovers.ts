/** As many takeovers of one client id within the window mean two devices of one name, not one that came back. */
const TAKEOVERS_OF_A_CLONE = 3;
const WINDOW_MS = 60_000;
/** Client ids watched at once; beyond it the one longest quiet is forgotten. */
const WATCHED_MAX = 1_000;

/** Notices a client id that keeps being taken over by another connection: each of two clones throws the other out. */
export class Takeovers {
  /** When each client id was taken over lately, oldest first; the one taken over last stands last. */
  readonly #timesById = new Map<string, readonly number[]>();

  /** True when this takeover makes it a clone. */
  happened(clientId: string, nowMs: number): boolean {
    const recent = (this.#timesById.get(clientId) ?? []).filter((atMs) => nowMs - atMs < WINDOW_MS);
    const times = [...recent, nowMs].slice(-TAKEOVERS_OF_A_CLONE);
    this.#timesById.delete(clientId);
    this.#timesById.set(clientId, times);
    this.#forgetOldest();
    return times.length >= TAKEOVERS_OF_A_CLONE;
  }

  #forgetOldest(): void {
    if (this.#timesById.size <= WATCHED_MAX) return;
    for (const oldest of this.#timesById.keys()) {
      this.#timesById.delete(oldest);
      return;
    }
  }
}
