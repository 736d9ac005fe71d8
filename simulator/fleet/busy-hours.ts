import { addDays, localDayOf, startOfDayMs } from '../../core/base/calendar.ts';

const HOUR_MS = 3_600_000;
/** Local hours in which nearly every shift has begun and hardly one has ended. */
const BUSY_FROM_HOUR = 8.5;
const BUSY_TO_HOUR = 15;
const LATE_MORNING_HOUR = 11;

/** The instant itself when a fleet is busy then, otherwise the late morning of the last day that had one. */
export function busyMs(instantMs: number, timeZone: string): number {
  const day = localDayOf(instantMs, timeZone);
  const hour = (instantMs - startOfDayMs(day, timeZone)) / HOUR_MS;
  if (hour >= BUSY_FROM_HOUR && hour < BUSY_TO_HOUR) return instantMs;
  const busyDay = hour < BUSY_FROM_HOUR ? addDays(day, -1) : day;
  return startOfDayMs(busyDay, timeZone) + LATE_MORNING_HOUR * HOUR_MS;
}
