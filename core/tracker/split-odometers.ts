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
  return [main, ...others.map((odometer) => besides(main, odometer))];
}

/** What is true of the whole record is true of the reading beside it too: whose, when, by which clock, sent late. */
function besides(main: ReadingDraft, odometer: OdometerReading): Reading {
  const { device, observedAtMs, isClockSuspect, isBuffered } = main;
  const reading: ReadingDraft = { device, observedAtMs, odometer };
  if (isClockSuspect === true) reading.isClockSuspect = true;
  if (isBuffered === true) reading.isBuffered = true;
  return reading;
}
