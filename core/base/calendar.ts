import { Temporal } from 'temporal-polyfill';

/** A local calendar day, "2026-03-29". */
export type LocalDay = string;

const midnights = new Map<string, number>();
const DAYS_REMEMBERED_MAX = 20_000;

/** The instant a local day starts, in epoch milliseconds; from the time-zone database, never 24-hour arithmetic (B1). */
export function startOfDayMs(day: LocalDay, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  if (midnights.size >= DAYS_REMEMBERED_MAX) midnights.clear();
  const instant = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
  midnights.set(key, instant);
  return instant;
}

/** The local day an instant falls in. */
export function localDayOf(instantMs: number, timeZone: string): LocalDay {
  return Temporal.Instant.fromEpochMilliseconds(instantMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: LocalDay, count: number): LocalDay {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** The month day k of an anchor: anchor + `months`, the day clamped to the month, always counted from the anchor (B1). */
export function addMonths(anchor: LocalDay, months: number): LocalDay {
  return Temporal.PlainDate.from(anchor).add({ months }, { overflow: 'constrain' }).toString();
}

/** How many days lie between two local days: 1 from one day to the next. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** How many days the local day's month has. */
export function daysInMonth(day: LocalDay): number {
  return Temporal.PlainDate.from(day).daysInMonth;
}

/** True for a time zone the bundled database knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}
