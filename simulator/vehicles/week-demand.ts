import { must } from '../../core/base/assert.ts';

/** The share of a fleet at work, 0 to 1, at each full hour of a local day: 24 numbers, joined by straight lines. */
export type DayDemand = readonly number[];

/** A week of them. A holiday is like a Sunday. */
export interface WeekDemand {
  /** Monday to Thursday. */
  readonly weekday: DayDemand;
  readonly friday: DayDemand;
  readonly saturday: DayDemand;
  readonly sunday: DayDemand;
}

const DAYS_A_WEEK = 7;

/** Demand at a local hour of a day, 0 to 24, fractions allowed. `weekday` counts from 0 for Monday; 6 is Sunday. */
export function demandAtHour(week: WeekDemand, weekday: number, nextWeekday: number, hour: number): number {
  const before = Math.min(Math.floor(hour), 23);
  const from = hourly(dayOf(week, weekday), before);
  const to = before === 23 ? hourly(dayOf(week, nextWeekday), 0) : hourly(dayOf(week, weekday), before + 1);
  return from + (to - from) * (hour - before);
}

/** Hours at work of one vehicle in an ordinary week, on the average of the fleet. */
export function hoursAWeek(week: WeekDemand): number {
  let hours = 0;
  for (let weekday = 0; weekday < DAYS_A_WEEK; weekday += 1) {
    for (let hour = 0; hour < 24; hour += 1) {
      hours += demandAtHour(week, weekday, (weekday + 1) % DAYS_A_WEEK, hour + 0.5);
    }
  }
  return hours;
}

function dayOf(week: WeekDemand, weekday: number): DayDemand {
  if (weekday === 6) return week.sunday;
  if (weekday === 5) return week.saturday;
  return weekday === 4 ? week.friday : week.weekday;
}

function hourly(day: DayDemand, hour: number): number {
  return must(day[hour], 'a day of demand has 24 hours');
}
