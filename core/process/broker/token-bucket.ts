/** So many a second on the long run, and so many at once after a quiet while. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Counts against a rate. Taking more than there is makes a debt, which the following time pays off. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #atMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#atMs = nowMs;
  }

  /** What was left when it was last filled up; no less than that may be taken now, and no clock was asked. */
  get left(): number {
    return this.#tokens;
  }

  /** What may be taken now without debt; below zero in debt. */
  tokens(nowMs: number): number {
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#atMs) * perSecond) / 1_000);
    this.#atMs = nowMs;
    return this.#tokens;
  }

  take(count: number): void {
    this.#tokens -= count;
  }

  /** How long until so many may be taken. */
  waitMs(wanted: number, nowMs: number): number {
    const missing = Math.min(wanted, this.#rate.burst) - this.tokens(nowMs);
    return missing <= 0 ? 0 : (missing * 1_000) / this.#rate.perSecond;
  }
}
