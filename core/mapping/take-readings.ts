import type { Reading, ReadingDraft } from '../tracker/reading.ts';
import { isBeforeAnyTracker } from '../tracker/reading-time.ts';
import type { Findings } from '../tracker/vendor-fields.ts';
import type { MessageRules } from './mapping.ts';
import { type PacketRecord, valueAt } from './packet-record.ts';
import { takeFields, timeOf } from './take-fields.ts';
import { takeOdometers } from './take-odometers.ts';

/**
 * Adds a record's readings: one, and another for an odometer of another origin, or none when the record says nothing.
 * False for a record that the mapping's `when` passes over.
 */
export function takeReadings(
  findings: Findings,
  message: MessageRules,
  device: string,
  within: PacketRecord,
  readings: Reading[],
): boolean {
  if (message.when !== null && valueAt(findings, 'when', message.when, within) !== true) return false;
  const observedAtMs = message.time === null ? null : timeOf(findings, message.time, within);
  const main: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) main.isClockSuspect = true;
  takeFields(findings, main, message, within);
  const found = takeOdometers(findings, main, message.odometers, within);
  if (found.length > 1 || hasValue(main)) readings.push(...found);
  return true;
}

/** Something beside whose it is and when. */
function hasValue(reading: ReadingDraft): boolean {
  if (reading.odometer !== undefined) return true;
  for (const name in reading) if (!FRAME.has(name)) return true;
  return false;
}

const FRAME: ReadonlySet<string> = new Set(['device', 'observedAtMs', 'isClockSuspect']);
