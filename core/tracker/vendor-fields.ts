import { type DistanceUnit, micrometresFromText } from '../base/distance.ts';
import type { OdometerOrigin } from '../protocol/book.ts';
import type { OdometerReading } from './reading.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** A vendor's object as JSON.parse made it; nothing in it has been looked at yet. */
export type VendorFields = Readonly<Record<string, unknown>>;

/**
 * The first thing wrong with a packet. A decoder takes its fields one after another and asks once, at the end; so it
 * reads as a list of fields, and a packet with one impossible value gives no reading at all.
 */
export class Findings {
  refusal: Refusal | null = null;

  refuse(reason: RefusalReason, detail: string): void {
    this.refusal ??= { reason, detail };
  }
}

/** What a number can physically be, both ends included, and what it is called in a refusal. */
export interface NumberRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export const LATITUDE_DEGREES: NumberRange = { name: 'latitude', min: -90, max: 90 };
export const LONGITUDE_DEGREES: NumberRange = { name: 'longitude', min: -180, max: 180 };
export const HEADING_DEGREES: NumberRange = { name: 'heading', min: 0, max: 360 };
export const BATTERY_PERCENT: NumberRange = { name: 'battery level', min: 0, max: 100 };
/** Far above what any road vehicle does. */
export const SPEED_KMH: NumberRange = { name: 'speed', min: 0, max: 500 };
/** A full charge or tank reaches a few thousand kilometres at the very most. */
export const RANGE_KM: NumberRange = { name: 'range', min: 0, max: 5_000 };

/** Words feeds write where they have no value; like null and absence they are no reading, and none of them is 0. */
const NO_VALUE_WORDS: ReadonlySet<string> = new Set([
  '',
  'nan',
  'null',
  'unavailable',
  'invalid',
  '<invalid>',
]);

/** A number, or a number written as text (rule of every feed: firmware versions differ); undefined when there is none. */
export function numberFrom(findings: Findings, value: unknown, range: NumberRange): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'number' ? value : numberFromText(findings, value, range);
  if (number === undefined) return undefined;
  if (number >= range.min && number <= range.max) return number;
  findings.refuse('value-out-of-range', `${range.name} ${number} is not within ${range.min} to ${range.max}`);
  return undefined;
}

/** Number() alone would take '' for 0 and '0x10' for 16. */
const NUMBER_TEXT = /^\s*[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/;

function numberFromText(findings: Findings, value: unknown, range: NumberRange): number | undefined {
  if (typeof value === 'string' && NUMBER_TEXT.test(value)) return Number(value);
  if (isNoValue(value)) return undefined;
  findings.refuse(
    'unexpected-shape',
    `${range.name} is ${shown(value)}, neither a number nor a number as text`,
  );
  return undefined;
}

/** True for what stands for "no value": absent, null, or one of the words feeds use. */
export function isNoValue(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isNoValueWord(value));
}

function isNoValueWord(text: string): boolean {
  // Most texts asked about are numbers and times, and no word begins with a digit.
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return false;
  return NO_VALUE_WORDS.has(text.trim().toLowerCase());
}

/**
 * An odometer from its decimal text, exactly (rule M1). Negative is refused, a word for "no value" is no reading.
 * `rawText` is the text as sent; a decoder that got a JSON number recovers it with `numberTextAt`.
 */
export function odometerFromText(
  findings: Findings,
  rawText: string,
  rawUnit: DistanceUnit,
  origin: OdometerOrigin,
): OdometerReading | undefined {
  const micrometres = micrometresFromText(rawText, rawUnit);
  if (micrometres.ok) return { micrometres: micrometres.value, rawText, rawUnit, origin };
  if (isNoValueWord(rawText)) return undefined;
  if (micrometres.error === 'distance-out-of-range') {
    findings.refuse(
      'value-out-of-range',
      `odometer ${shown(rawText)} ${rawUnit} is negative or over 9 million km`,
    );
  } else {
    findings.refuse('unexpected-shape', `odometer is ${shown(rawText)}, not a decimal number`);
  }
  return undefined;
}

/** What a refusal shows of a value: short, quoted and escaped, fit for a log and a screen. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isFields(value)) return shortened(`an object with ${Object.keys(value).join(', ')}`);
  return value === undefined ? 'absent' : JSON.stringify(value);
}

/** Enough to recognise a value by; a refusal's detail is kept for every refused packet. */
const SHOWN_CHARACTERS_MAX = 60;

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
}

/** A JSON object, not a list and not null. */
export function isFields(value: unknown): value is VendorFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
