import type { Happening } from '../../core/protocol/simulator-panel.ts';
import type { PlayedFault } from './demo-faults.ts';

const KEPT = 12;

interface Noted extends Happening {
  readonly indexes: readonly number[];
}

/** What was brought about, newest first, and until when it is on. */
export class Happenings {
  #noted: readonly Noted[] = [];
  #lastId = 0;

  /** Something that is on from an instant, by a fault. */
  begin({ fault, words }: PlayedFault): void {
    const { fromMs, toMs, vehicles } = fault;
    this.#add({ words, fromMs, toMs, indexes: vehicles });
  }

  /** Something that was done and is over. */
  note(words: string, atMs: number): void {
    this.#add({ words, fromMs: atMs, toMs: atMs, indexes: [] });
  }

  endAll(atMs: number): void {
    this.#noted = this.#noted.map((one) => (isOn(one, atMs) ? { ...one, toMs: atMs } : one));
  }

  view(): Happening[] {
    return this.#noted.map(({ id, words, vehicles, fromMs, toMs }) => ({
      id,
      words,
      vehicles,
      fromMs,
      toMs,
    }));
  }

  /** What a vehicle is under, or was, in words; null for nothing. What befell the whole fleet explains no difference. */
  troubleOf(vehicle: number, atMs: number, fleetSize: number): string | null {
    const own = this.#noted.find(({ indexes }) => indexes.length < fleetSize && indexes.includes(vehicle));
    if (own === undefined) return null;
    return isOn(own, atMs) ? own.words : `before: ${own.words}`;
  }

  #add(noted: Omit<Noted, 'id' | 'vehicles'>): void {
    this.#lastId += 1;
    const one = { ...noted, id: this.#lastId, vehicles: noted.indexes.length };
    this.#noted = [one, ...this.#noted].slice(0, KEPT);
  }
}

function isOn({ toMs }: Happening, atMs: number): boolean {
  return toMs === null || toMs > atMs;
}
