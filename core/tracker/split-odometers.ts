import type { OdometerReading, Reading, ReadingDraft } from './reading.ts';

/**
 * The odometers of one record: the first belongs to its main reading, those of other origins follow as readings of
 * their own, because two series must never join. All follow where the main reading holds one without a unit.
 */
export function withOdometers(main: ReadingDraft, odometers: readonly OdometerReading[]): readonly Reading[] {
  const [first] = odometers;
  if (first === undefined) return [main];
  const isMainTaken = main.unlabelledOdometer !== undefined;
  if (!isMainTaken) main.odometer = first;
  const others = isMainTaken ? odometers : odometers.slice(1);
  if (others.length === 0) return [main];
  const { device, observedAtMs, isClockSuspect } = main;
  const suspect = isClockSuspect === true ? { isClockSuspect } : {};
  return [main, ...others.map((odometer) => ({ device, observedAtMs, ...suspect, odometer }))];
}
