import { type Findings, type NumberRange, numberFrom } from './vendor-fields.ts';

const DIGITS = /^\d+$/;
const HEX_DIGITS = /^[0-9A-Fa-f]+$/;

/** True for one or more decimal digits and nothing else. */
export function isDigits(text: string): boolean {
  return DIGITS.test(text);
}

/** True for so many hexadecimal digits and nothing else. */
export function isHex(text: string, digits: number): boolean {
  return text.length === digits && HEX_DIGITS.test(text);
}

/** The value of up to `digitsMax` hexadecimal digits (8 at most); null for any other text. */
export function hexValue(text: string, digitsMax: number): number | null {
  if (text.length === 0 || text.length > digitsMax || !HEX_DIGITS.test(text)) return null;
  return Number.parseInt(text, 16);
}

/** The number a field holds. Blank is none, and so are the "nan" and "Inf" that firmware writes into numeric fields. */
export function numberIn(findings: Findings, text: string, range: NumberRange): number | undefined {
  if (text === '' || INFINITE.test(text)) return undefined;
  return numberFrom(findings, text, range);
}

const INFINITE = /^(?:[+-]?inf(?:inity)?|[+-]nan)$/i;

const COORDINATE = /^-?\d{1,3}\.\d{6}$/;

/** True for a coordinate as these trackers write it: exactly six decimals. No other field looks like that. */
export function isCoordinate(text: string): boolean {
  return text.charCodeAt(text.length - 7) === 0x2e && COORDINATE.test(text);
}

/** True for fourteen digits, whether or not there is such a day. */
export function isTimeText(text: string): boolean {
  return text.length === 14 && DIGITS.test(text);
}

/** Epoch milliseconds of `YYYYMMDDHHMMSS` in UTC; null for another text, and for a day or time there is not. */
export function timeFromDigits(text: string): number | null {
  if (!isTimeText(text)) return null;
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const [month, day, hour, minute, second] = [
    part(4, 6),
    part(6, 8),
    part(8, 10),
    part(10, 12),
    part(12, 14),
  ];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const timeMs = Date.UTC(part(0, 4), month - 1, day, hour, minute, second);
  // Date.UTC takes 30 February for 2 March.
  return new Date(timeMs).getUTCDate() === day ? timeMs : null;
}
