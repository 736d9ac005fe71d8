const MINUTE_MS = 60_000;

/** Says the same thing once a minute, and only so many things a minute: names of devices are free to invent. */
export class OnceAMinute {
  readonly #saidAtMs = new Map<string, number>();
  readonly #perMinuteMax: number;

  constructor(perMinuteMax: number) {
    this.#perMinuteMax = perMinuteMax;
  }

  say(key: string, nowMs: number, say: () => void): void {
    for (const [old, saidAtMs] of this.#saidAtMs) {
      if (nowMs - saidAtMs < MINUTE_MS) break;
      this.#saidAtMs.delete(old);
    }
    if (this.#saidAtMs.has(key) || this.#saidAtMs.size >= this.#perMinuteMax) return;
    this.#saidAtMs.set(key, nowMs);
    say();
  }
}
