/** A reading from before this was taken by a tracker whose clock was not set: no feed of ours is older. */
const EARLIEST_CREDIBLE_MS = Date.UTC(2010, 0, 1);

/** True for a time that only an unset clock gives (1970, 1980, 2004 are the usual ones). */
export function isBeforeAnyTracker(observedAtMs: number): boolean {
  return observedAtMs < EARLIEST_CREDIBLE_MS;
}

/** `2026-01-01T09:06:48+01:00`: a date, a time to the second at least, and Z or an offset, without which it is no instant. */
const INSTANT_TEXT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})$/;

/** The instant an ISO 8601 text names, in epoch milliseconds; the offset is applied. Null for a text that names none. */
export function instantFromText(text: string): number | null {
  return instantFromPlainText(text) ?? instantFromAnyText(text);
}

/**
 * The spelling nearly every feed uses, `2026-01-01T09:06:48Z` with or without milliseconds, read in place, thirty times
 * as fast. Null for all others, and for what may be no instant: the days after the 28th, the years before 1000.
 */
function instantFromPlainText(text: string): number | null {
  const zoneAt = text.charCodeAt(19) === POINT ? 23 : 19;
  if (!hasPlainMarks(text, zoneAt)) return null;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const day = digitsAt(text, 8, 2);
  const hour = digitsAt(text, 11, 2);
  const minute = digitsAt(text, 14, 2);
  const second = digitsAt(text, 17, 2);
  const millisecond = zoneAt === 23 ? digitsAt(text, 20, 3) : 0;
  const isDay = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  if (!isDay || !isTime || millisecond < 0) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

const POINT = 0x2e;
const DASH = 0x2d;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

function hasPlainMarks(text: string, zoneAt: number): boolean {
  return (
    isZuluAt(text, zoneAt) &&
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === LETTER_T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  );
}

function isZuluAt(text: string, zoneAt: number): boolean {
  if (text.length === zoneAt + 1) return text.charCodeAt(zoneAt) === LETTER_Z;
  return text.length === zoneAt + 6 && text.endsWith('+00:00');
}

/** The number that `count` digits from `at` spell; negative when one of them is none. */
function digitsAt(text: string, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function instantFromAnyText(text: string): number | null {
  const match = INSTANT_TEXT.exec(text);
  if (match === null) return null;
  const [, day = '', time = '', zone = ''] = match;
  if (!isCalendarDay(day)) return null;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const instantMs = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(instantMs) ? null : instantMs;
}

/** Date.parse takes 30 February for 2 March; a feed that sends one is not to be believed. */
function isCalendarDay(day: string): boolean {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(day);
}
