import type { Reading, ReadingDraft } from './reading.ts';
import { isBeforeAnyTracker } from './reading-time.ts';

/** The fields of a packet that were read at one moment, by name; null for those that say no time. */
export interface Moment<Field> {
  readonly observedAtMs: number | null;
  readonly fieldByName: ReadonlyMap<string, Field>;
}

/** Sorts the fields of a packet into moments, for feeds where every field has a time of its own. */
export class Moments<Field> {
  readonly #fieldsByTime = new Map<number | null, Map<string, Field>>();

  add(observedAtMs: number | null, name: string, field: Field): void {
    let fieldByName = this.#fieldsByTime.get(observedAtMs);
    if (fieldByName === undefined) {
      fieldByName = new Map();
      this.#fieldsByTime.set(observedAtMs, fieldByName);
    }
    fieldByName.set(name, field);
  }

  /** Oldest first. The moment without a time comes last: nothing is known of it but that it is no later than receipt. */
  oldestFirst(): readonly Moment<Field>[] {
    const moments = [...this.#fieldsByTime].map(([observedAtMs, fieldByName]) => ({
      observedAtMs,
      fieldByName,
    }));
    return moments.sort((a, b) => (a.observedAtMs ?? Infinity) - (b.observedAtMs ?? Infinity));
  }
}

/**
 * One reading a moment, of those that hold a value. A clock that was not set at one moment is not believed at the
 * others either: all readings of the packet are suspect.
 */
export function readingsByTime<Field>(
  moments: readonly Moment<Field>[],
  device: string,
  vin: string | undefined,
  take: (reading: ReadingDraft, fieldByName: ReadonlyMap<string, Field>) => void,
): readonly Reading[] {
  const readings: ReadingDraft[] = [];
  for (const { observedAtMs, fieldByName } of moments) {
    const reading: ReadingDraft = { device, observedAtMs };
    take(reading, fieldByName);
    if (Object.keys(reading).length <= KEYS_BEFORE) continue;
    if (vin !== undefined) reading.vin = vin;
    readings.push(reading);
  }
  if (readings.some(({ observedAtMs }) => observedAtMs !== null && isBeforeAnyTracker(observedAtMs))) {
    for (const reading of readings) reading.isClockSuspect = true;
  }
  return readings;
}

/** The device and the time: without more there is nothing to tell. */
const KEYS_BEFORE = 2;
