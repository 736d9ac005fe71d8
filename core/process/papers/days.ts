import { Temporal } from 'temporal-polyfill';
import { addDays, type LocalDay } from '../../base/calendar.ts';

/** Days and moments in words. The names are our own: a runtime's would change with its language data. */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "31 March 2026". */
export function dayText(day: LocalDay): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return `${dayOfMonth} ${month} ${year}`;
}

/** The days from `fromDay` up to the day before `endDay`: "1–31 March 2026", "15 March – 14 April 2026". */
export function daysText(fromDay: LocalDay, endDay: LocalDay): string {
  return bothDaysText(fromDay, addDays(endDay, -1));
}

/** The same, where the last day is named itself. */
export function bothDaysText(firstDay: LocalDay, lastDay: LocalDay): string {
  if (firstDay === lastDay) return dayText(firstDay);
  const first = partsOf(firstDay);
  const last = partsOf(lastDay);
  if (first.year !== last.year) return `${dayText(firstDay)} – ${dayText(lastDay)}`;
  if (first.month !== last.month) return `${first.dayOfMonth} ${first.month} – ${dayText(lastDay)}`;
  return `${first.dayOfMonth}–${dayText(lastDay)}`;
}

/** Epoch milliseconds on the clocks of a time zone: "4 April 2026, 00:00:05 (UTC+01:00)". */
export function momentText(atMs: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'second' });
  return `${dayText(local.toPlainDate().toString())}, ${time} (UTC${local.offset})`;
}

function partsOf(day: LocalDay): {
  readonly year: number;
  readonly month: string;
  readonly dayOfMonth: number;
} {
  const date = Temporal.PlainDate.from(day);
  return { year: date.year, month: MONTHS[date.month - 1] ?? '', dayOfMonth: date.day };
}
