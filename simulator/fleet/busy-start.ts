import { addDays, localDayOf, startOfDayMs } from '../../core/base/calendar.ts';

const HOUR_MS = 3_600_000;
/** Local hours in which nearly every shift has begun and hardly one has ended. */
const BUSY_FROM_HOUR = 8.5;
const BUSY_TO_HOUR = 15;
const LATE_MORNING_HOUR = 11;

/**
 * The instant itself when the fleet is busy then, otherwise 11:00 of the last day that had one: a demonstration
 * opened at night would otherwise show parked cars. Never after the instant asked for.
 */
export function busyStartMs(askedMs: number, timeZone: string): number {
  const day = localDayOf(askedMs, timeZone);
  const hour = (askedMs - startOfDayMs(day, timeZone)) / HOUR_MS;
  if (hour >= BUSY_FROM_HOUR && hour < BUSY_TO_HOUR) return askedMs;
  const busyDay = hour < BUSY_FROM_HOUR ? addDays(day, -1) : day;
  return startOfDayMs(busyDay, timeZone) + LATE_MORNING_HOUR * HOUR_MS;
}
