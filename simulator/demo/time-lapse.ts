import type { TimeLapse } from '../../core/protocol/simulator-panel.ts';

const DAY_MS = 86_400_000;
/** The estimate follows what the last seconds came to: skipping makes it fall at once. */
const LOOKED_BACK_MS = 4_000;

/** Follows days that are being passed, and says how long they still take. Wall times are milliseconds that never step. */
export class LapseWatch {
  readonly #fromMs: number;
  readonly #untilMs: number;
  #samples: readonly { readonly wallMs: number; readonly atMs: number }[] = [];

  constructor(fromMs: number, untilMs: number) {
    this.#fromMs = fromMs;
    this.#untilMs = untilMs;
  }

  /** The clock stands at `atMs` while the wall's stands at `wallMs`. */
  note(atMs: number, wallMs: number): void {
    const recent = this.#samples.filter((sample) => wallMs - sample.wallMs <= LOOKED_BACK_MS);
    this.#samples = [...recent, { wallMs, atMs }];
  }

  view(isSkipping: boolean): TimeLapse {
    const nowMs = this.#samples.at(-1)?.atMs ?? this.#fromMs;
    const days = Math.max(1, Math.ceil((this.#untilMs - this.#fromMs) / DAY_MS));
    const day = Math.min(days, Math.max(1, Math.floor((nowMs - this.#fromMs) / DAY_MS) + 1));
    return { day, days, secondsLeft: this.#secondsLeft(nowMs), isSkipping };
  }

  #secondsLeft(nowMs: number): number | null {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
    const wallPerVirtual = (last.wallMs - first.wallMs) / (last.atMs - first.atMs);
    return Math.max(0, Math.round(((this.#untilMs - nowMs) * wallPerVirtual) / 1_000));
  }
}
