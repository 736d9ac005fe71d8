import { type Findings, type NumberRange, numberFrom } from '../vendor-fields.ts';

/*
 * A message is dozens of short texts, thousands of messages a second: these look at characters, as regular expressions
 * would take most of the time a message takes.
 */
const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= ZERO + 9;
}

/** True for one or more decimal digits and nothing else. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitAt(text, at)) return false;
  return text.length > 0;
}

/** True for so many hexadecimal digits and nothing else. */
export function isHex(text: string, digits: number): boolean {
  if (text.length !== digits) return false;
  for (let at = 0; at < digits; at += 1) {
    const letter = text.charCodeAt(at) | 0x20;
    if (!isDigitAt(text, at) && (letter < 0x61 || letter > 0x66)) return false;
  }
  return true;
}

/** The value of up to `digitsMax` hexadecimal digits (8 at most); null for any other text. */
export function hexValue(text: string, digitsMax: number): number | null {
  if (text.length === 0 || text.length > digitsMax || !isHex(text, text.length)) return null;
  return Number.parseInt(text, 16);
}

/** The number a field holds. Blank is none, and so are the "nan" and "Inf" that firmware writes into numeric fields. */
export function numberIn(findings: Findings, text: string, range: NumberRange): number | undefined {
  if (text === '') return undefined;
  if (isPlainDecimal(text)) return numberFrom(findings, Number(text), range);
  return INFINITE.test(text) ? undefined : numberFrom(findings, text, range);
}

const INFINITE = /^(?:[+-]?inf(?:inity)?|[+-]nan)$/i;

/** Digits, perhaps a minus before them and a point among them. */
function isPlainDecimal(text: string): boolean {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let points = 0;
  for (let at = start; at < text.length; at += 1) {
    if (isDigitAt(text, at)) continue;
    if (text.charCodeAt(at) !== POINT || at === start || at === text.length - 1) return false;
    points += 1;
  }
  return points <= 1 && text.length > start;
}

const COORDINATE = /^-?\d{1,3}\.\d{6}$/;

/** True for a coordinate as these trackers write it: exactly six decimals. No other field looks like that. */
export function isCoordinate(text: string): boolean {
  return text.charCodeAt(text.length - 7) === POINT && COORDINATE.test(text);
}

/** True for fourteen digits, whether or not there is such a day. */
export function isTimeText(text: string): boolean {
  return text.length === 14 && isDigits(text);
}

/** Epoch milliseconds of `YYYYMMDDHHMMSS` in UTC; null for another text, and for a day or time there is not. */
export function timeFromDigits(text: string): number | null {
  if (!isTimeText(text)) return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 4);
  const day = twoDigits(text, 6);
  const hour = twoDigits(text, 8);
  const minute = twoDigits(text, 10);
  const second = twoDigits(text, 12);
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC takes 30 February for 2 March.
  return new Date(timeMs).getUTCDate() === day ? timeMs : null;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}
