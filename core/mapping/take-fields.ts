import { isVin } from '../tracker/device-id.ts';
import type { ReadingDraft } from '../tracker/reading.ts';
import { instantFromText } from '../tracker/reading-time.ts';
import { type Findings, type NumberRange, numberFrom, shown } from '../tracker/vendor-fields.ts';
import type { EventRules, MessageRules, NumberRules, Source, SwitchValues, TimeRules } from './mapping.ts';
import { fieldIn, type PacketRecord, textOf } from './packet-record.ts';

/** Takes everything but time and odometers from a record into its reading. */
export function takeFields(
  findings: Findings,
  reading: ReadingDraft,
  message: MessageRules,
  within: PacketRecord,
): void {
  takeFix(findings, reading, message, within);
  takePosition(findings, reading, message, within);
  for (const rules of message.numbers) {
    const number = numberOf(findings, rules, within);
    if (number !== undefined) reading[rules.property] = number;
  }
  for (const rules of message.switches) {
    const isOn = switchOf(findings, rules, within);
    if (isOn !== undefined) reading[rules.property] = isOn;
  }
  takeWords(findings, reading, message, within);
}

/** No satellites and an HDOP of 0 are no fix, whatever else is said. */
function takeFix(
  findings: Findings,
  reading: ReadingDraft,
  { fix, satellites, hdop }: MessageRules,
  within: PacketRecord,
): void {
  const isFixed = fix === null ? undefined : switchOf(findings, fix, within);
  if (isFixed !== undefined) reading.hasGnssFix = isFixed;
  const count = satellites === null ? undefined : numberOf(findings, satellites, within);
  if (count !== undefined) {
    reading.satellites = count;
    if (fix === null) reading.hasGnssFix = count > 0;
  }
  const dilution = hdop === null ? undefined : numberOf(findings, hdop, within);
  if (dilution !== undefined) reading.hdop = dilution;
  if (count === 0 || dilution === 0) reading.hasGnssFix = false;
}

/** Without a fix a position is the last known one or none; so is one of a feed that should say whether there is a fix and does not. */
function takePosition(
  findings: Findings,
  reading: ReadingDraft,
  { position, fix }: MessageRules,
  within: PacketRecord,
): void {
  if (position === null) return;
  const latitude = numberOf(findings, position.latitude, within);
  const longitude = numberOf(findings, position.longitude, within);
  if (latitude === undefined || longitude === undefined) return;
  if (latitude === 0 && longitude === 0) reading.hasGnssFix = false;
  const hasFix = reading.hasGnssFix ?? (fix === null || fix.missingMeansFix);
  if (!hasFix) return;
  reading.latitudeDegrees = latitude;
  reading.longitudeDegrees = longitude;
}

/** A number in our unit; the range is that of our unit too. */
function numberOf(findings: Findings, rules: NumberRules, within: PacketRecord): number | undefined {
  const { range, sentRange, dividedBy, conversion } = rules;
  const value = fieldIn(findings, rules, within);
  const { times, over, isRounded } = conversion;
  if (dividedBy === 1 && times === 1 && over === 1) return numberFrom(findings, value, range);
  const sent = numberFrom(findings, value, sentRange);
  if (sent === undefined) return undefined;
  const scaled = (sent / dividedBy) * times;
  return numberFrom(findings, (isRounded ? Math.round(scaled) : scaled) / over, range);
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', '1', 'on', 'yes']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', '0', 'off', 'no']);

/** Yes or no; a value that is neither refuses the packet, unless one of the two means "everything else". */
function switchOf(findings: Findings, rules: SwitchValues, within: PacketRecord): boolean | undefined {
  const value = fieldIn(findings, rules, within);
  if (value === undefined) return undefined;
  const text = textOf(value);
  const isOn = text === null ? undefined : meaningOf(text, rules);
  if (isOn === undefined)
    findings.refuse('unexpected-shape', `${rules.name} is ${shown(value)}, neither yes nor no`);
  return isOn;
}

function meaningOf(text: string, { trueValues, falseValues }: SwitchValues): boolean | undefined {
  if (trueValues === null && falseValues === null) {
    const word = text.toLowerCase();
    if (TRUE_WORDS.has(word)) return true;
    return FALSE_WORDS.has(word) ? false : undefined;
  }
  if (trueValues?.has(text) === true) return true;
  if (falseValues?.has(text) === true) return false;
  if (trueValues === null) return true;
  return falseValues === null ? false : undefined;
}

const GEAR_CHARACTERS_MAX = 16;

function takeWords(
  findings: Findings,
  reading: ReadingDraft,
  { gear, vin, events }: MessageRules,
  within: PacketRecord,
): void {
  const gearText = gear === null ? null : wordOf(findings, gear, within);
  if (gearText !== null && gearText.length <= GEAR_CHARACTERS_MAX) reading.gear = gearText;
  const vinText = vin === null ? null : wordOf(findings, vin, within);
  // A tracker that cannot read the VIN sends part of one or zeros; its odometer is none the worse for it.
  if (vinText !== null && isVin(vinText)) reading.vin = vinText;
  const event = eventIn(findings, events, within);
  if (event !== undefined) reading.event = event;
}

function wordOf(findings: Findings, source: Source, within: PacketRecord): string | null {
  return textOf(fieldIn(findings, source, within))?.trim() ?? null;
}

/** A value the mapping has no name for is no event. Of a list of values the first that has one counts. */
function eventIn(
  findings: Findings,
  events: readonly EventRules[],
  within: PacketRecord,
): string | undefined {
  for (const rules of events) {
    const value = fieldIn(findings, rules, within);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) {
      const event = rules.eventByValue.get(textOf(one) ?? '');
      if (event !== undefined) return event;
    }
  }
  return undefined;
}

/** Until the year 9999; beyond it a Date cannot be written as ISO 8601 with four digits. */
const TIME_MAX_MS = Date.UTC(9999, 11, 31);
const TIME_MS: NumberRange = { name: 'time', min: 0, max: TIME_MAX_MS };
const TIME_SECONDS: NumberRange = { name: 'time', min: 0, max: TIME_MAX_MS / 1_000 };

/** The reading time in epoch milliseconds; null for a record that may be without. */
export function timeOf(findings: Findings, rules: TimeRules, within: PacketRecord): number | null {
  const value = fieldIn(findings, rules, within);
  if (value === undefined) {
    // Metered at receipt, a record that was kept for days would count on the wrong one.
    if (!rules.isOptional) findings.refuse('unexpected-shape', `the record has no time ("${rules.at.text}")`);
    return null;
  }
  switch (rules.format) {
    case 'unix-s': {
      const seconds = numberFrom(findings, value, TIME_SECONDS);
      return seconds === undefined ? null : Math.round(seconds * 1_000);
    }
    case 'unix-ms':
      return wholeMs(findings, numberFrom(findings, value, TIME_MS));
    case 'iso8601':
      return instantOf(findings, value, '');
    case 'iso8601-utc':
      return instantOf(findings, value, 'Z');
  }
}

function wholeMs(findings: Findings, timeMs: number | undefined): number | null {
  if (timeMs === undefined) return null;
  if (!Number.isInteger(timeMs))
    findings.refuse('unexpected-shape', `the time ${timeMs} is not whole milliseconds`);
  return timeMs;
}

/** `zone` is what the text lacks: a feed that writes UTC without saying so. */
function instantOf(findings: Findings, value: unknown, zone: string): number | null {
  const instantMs = typeof value === 'string' ? instantFromText(`${value.replace(' ', 'T')}${zone}`) : null;
  if (instantMs !== null) return instantMs;
  const wanted = zone === '' ? 'with Z or an offset' : 'without a zone';
  findings.refuse('unexpected-shape', `the time is ${shown(value)}, not ISO 8601 ${wanted}`);
  return null;
}
