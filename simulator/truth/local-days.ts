import { must } from '../../core/base/assert.ts';
import { addDays, type LocalDay, localDayOf, startOfDayMs } from '../../core/base/calendar.ts';

/** A local day as instants, [from, to). */
export interface DayBounds {
  readonly day: LocalDay;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The local days of a zone; instants of one day are asked many times before those of the next. */
export class LocalDays {
  private readonly timeZone: string;
  private current: DayBounds | null = null;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  at(instantMs: number): DayBounds {
    const { current } = this;
    if (current !== null && instantMs >= current.fromMs && instantMs < current.toMs) return current;
    this.current = boundsOf(localDayOf(instantMs, this.timeZone), this.timeZone);
    return this.current;
  }
}

/** All local days that an interval touches, in order. */
export function daysOver(fromMs: number, toMs: number, timeZone: string): readonly DayBounds[] {
  const days = [boundsOf(localDayOf(fromMs, timeZone), timeZone)];
  for (;;) {
    const last = must(days.at(-1), 'an interval touches a day');
    if (last.toMs >= toMs) return days;
    days.push(boundsOf(addDays(last.day, 1), timeZone));
  }
}

function boundsOf(day: LocalDay, timeZone: string): DayBounds {
  return { day, fromMs: startOfDayMs(day, timeZone), toMs: startOfDayMs(addDays(day, 1), timeZone) };
}
