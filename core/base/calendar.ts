import { Temporal } from 'temporal-polyfill';
import { assert } from './assert.ts';

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
  // Every packet of a new day asks; midnights are remembered, which the time-zone database does not do.
  let day = utcDay(instantMs);
  while (instantMs < startOfDayMs(day, timeZone)) day = addDays(day, -1);
  for (let next = addDays(day, 1); instantMs >= startOfDayMs(next, timeZone); next = addDays(day, 1))
    day = next;
  return day;
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: LocalDay, count: number): LocalDay {
  return utcDay(utcMs(day) + count * UTC_DAY_MS);
}

/** All days of UTC are as long as each other, so that days can be counted in it, whatever the zone they are of. */
const UTC_DAY_MS = 86_400_000;
const DAY_LENGTH = '2026-03-29'.length;

function utcMs(day: LocalDay): number {
  const ms = Date.parse(day);
  assert(!Number.isNaN(ms), () => `"${day}" is no day`);
  return ms;
}

function utcDay(ms: number): LocalDay {
  return new Date(ms).toISOString().slice(0, DAY_LENGTH);
}

/** The month day k of an anchor: anchor + `months`, the day clamped to the month, always counted from the anchor (B1). */
export function addMonths(anchor: LocalDay, months: number): LocalDay {
  return Temporal.PlainDate.from(anchor).add({ months }, { overflow: 'constrain' }).toString();
}

/** How many days lie between two local days: 1 from one day to the next. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return (utcMs(to) - utcMs(from)) / UTC_DAY_MS;
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
