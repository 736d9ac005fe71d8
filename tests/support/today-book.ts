import { writeFileSync } from 'node:fs';
import { localDayOf, startOfDayMs } from '../../core/base/calendar.ts';
import type { Book } from '../../core/protocol/book.ts';
import { aBook, TESLA } from './a-book.ts';

/** The registration `aBook` gives its first vehicle. */
export const REGISTRATION = 'MP26 AAA';

/**
 * A book of one Tesla at 30p a mile, handed over at 1,000 miles when today began in London: whatever it drives until now
 * is today's, however the miles are spread between two readings.
 */
export function todaysBook(): Book {
  const midnightMs = startOfDayMs(localDayOf(Date.now(), 'Europe/London'), 'Europe/London');
  return aBook([TESLA], { start: new Date(midnightMs).toISOString(), ratePence: '30' });
}

export function writeTodaysBook(file: string): void {
  writeFileSync(file, JSON.stringify(todaysBook()));
}
