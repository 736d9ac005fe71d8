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
