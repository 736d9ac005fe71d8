import { writeFileSync } from 'node:fs';
import { localDayOf, startOfDayMs } from '../../core/base/calendar.ts';
import { aBook, TESLA } from './a-book.ts';

/** The registration `aBook` gives its first vehicle. */
export const REGISTRATION = 'MP26 AAA';

/**
 * Writes a book of one Tesla at 30p a mile, handed over at 1,000 miles when today began in London: whatever it drives
 * until now is today's, however the miles are spread between two readings.
 */
export function writeTodaysBook(file: string): void {
  const midnightMs = startOfDayMs(localDayOf(Date.now(), 'Europe/London'), 'Europe/London');
  const book = aBook([TESLA], { start: new Date(midnightMs).toISOString(), ratePence: '30' });
  writeFileSync(file, JSON.stringify(book));
}
