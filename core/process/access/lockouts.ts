/** Wrong passwords in a row before an account has to wait. */
export const FREE_TRIES = 5;
export const FIRST_WAIT_MS = 30_000;
export const WAIT_MS_MAX = 3_600_000;

interface Failures {
  readonly inARow: number;
  readonly waitUntilMs: number;
}

/** Counts wrong passwords an account, in memory; after five in a row each further one doubles the wait. */
export class Lockouts {
  readonly #byAccount = new Map<string, Failures>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Milliseconds until the account may be tried again; 0 for now. */
  waitMs(account: string): number {
    return Math.max(0, (this.#byAccount.get(account)?.waitUntilMs ?? 0) - this.#nowMs());
  }

  /** Counts a try before its password is looked at, so that tries at the same time count too. Gives the number in a row. */
  begin(account: string): number {
    const inARow = (this.#byAccount.get(account)?.inARow ?? 0) + 1;
    const waitMs =
      inARow < FREE_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (inARow - FREE_TRIES), WAIT_MS_MAX);
    this.#byAccount.set(account, { inARow, waitUntilMs: this.#nowMs() + waitMs });
    return inARow;
  }

  succeeded(account: string): void {
    this.#byAccount.delete(account);
  }
}
