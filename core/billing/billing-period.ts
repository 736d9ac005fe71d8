import { addMonths, type LocalDay } from '../base/calendar.ts';

/** Rule B1: period k is [anchor + k months, anchor + (k+1) months), in local days, always counted from the anchor. */
export interface BillingPeriod {
  readonly index: number;
  readonly startDay: LocalDay;
  /** The first day of the next period. */
  readonly endDay: LocalDay;
}

export function billingPeriod(anchor: LocalDay, index: number): BillingPeriod {
  return { index, startDay: addMonths(anchor, index), endDay: addMonths(anchor, index + 1) };
}

/** The period a local day falls in; negative before the anchor. */
export function billingPeriodOf(anchor: LocalDay, day: LocalDay): BillingPeriod {
  const months = monthNumber(day) - monthNumber(anchor);
  const guess = billingPeriod(anchor, months);
  return day < guess.startDay ? billingPeriod(anchor, months - 1) : guess;
}

function monthNumber(day: LocalDay): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
