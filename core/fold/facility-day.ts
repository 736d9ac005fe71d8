import { type LocalDay, localDayOf } from '../base/calendar.ts';

/** The book is kept in British time: its currency is the pound. */
export const BOOK_TIME_ZONE = 'Europe/London';

/** The local day of an instant, by the book's clock. */
export function facilityDay(atMs: number): LocalDay {
  return localDayOf(atMs, BOOK_TIME_ZONE);
}
