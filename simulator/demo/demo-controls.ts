import type { Speed } from '../run/pacer.ts';
import type { Intervention, RunControls } from '../run/run-controls.ts';

/** A step goes as fast as the demo ever does, so that it covers ten seconds. */
const STEPPING_SPEED = 60;

/** The demo's hand on its run: what a person at the screen says, kept until the run asks. */
export class DemoControls implements RunControls {
  readonly #waiting: Intervention[] = [];
  readonly #signal: AbortSignal;
  #speed = 1;
  #isPaused = false;
  #isStepping = false;
  #stepsLeft = 0;
  #isSkipping = false;
  #wake: (() => void) | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
  }

  get wantedSpeed(): number {
    return this.#speed;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  readonly speed = (): Speed => (this.#isStepping ? STEPPING_SPEED : this.#speed);

  readonly isSkipping = (): boolean => this.#isSkipping;

  readonly nextIntervention = (): Intervention | null => this.#waiting.shift() ?? null;

  readonly mayGo = async (): Promise<void> => {
    this.#isStepping = false;
    if (!this.#isPaused || this.#signal.aborted) return;
    if (this.#stepsLeft === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
    if (this.#stepsLeft === 0) return;
    this.#stepsLeft -= 1;
    this.#isStepping = true;
  };

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#stepsLeft = 0;
    this.#wake?.();
  }

  step(): void {
    if (!this.#isPaused) return;
    this.#stepsLeft += 1;
    this.#wake?.();
  }

  skip(isSkipping: boolean): void {
    this.#isSkipping = isSkipping;
  }

  intervene(intervention: Intervention): void {
    this.#waiting.push(intervention);
  }
}
