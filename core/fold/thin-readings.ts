import { addDays, type LocalDay, localDayOf, startOfDayMs } from '../base/calendar.ts';
import { billingPeriod, billingPeriodOf } from '../billing/billing-period.ts';
import type { Series } from '../metering/series.ts';
import { thinSpans, type TimeSpan } from '../metering/thin-series.ts';
import { currentAssignment } from './describe-vehicle.ts';
import type { VehicleState, World } from './world.ts';

/**
 * Thins a series once a local day, with the first reading after midnight, so that the work comes as readings come and
 * never all at once. Today and yesterday stay whole; the days before keep the readings around their midnights; of a
 * billing period that another whole one has followed, just those around its bounds stay.
 */
export function thinWhenDue(world: World, vehicle: VehicleState | null, series: Series, nowMs: number): void {
  const { archive } = world;
  if (archive === null || nowMs < series.thinDueMs) return;
  const { zone, anchor } = calendarOf(world, vehicle);
  const plan = planAt(zone, anchor, nowMs);
  const fromMs = Math.min(series.wholeFromMs, plan.days.at.startMs);
  thinSpans(series, fromMs, plan.days.untilMs, plan.days.spanAt, archive);
  const periodsFromMs = Math.min(fromMs, plan.periods.at.startMs);
  thinSpans(series, periodsFromMs, plan.periods.untilMs, plan.periods.spanAt, archive);
  series.wholeFromMs = plan.days.untilMs;
  series.thinDueMs = plan.today.endMs;
}

/** The calendar by which a vehicle is billed; days of UTC and calendar months for one that is not. */
function calendarOf(world: World, vehicle: VehicleState | null): { zone: string; anchor: LocalDay } {
  const assignment = vehicle === null ? null : currentAssignment(world, vehicle);
  const account = assignment === null ? undefined : world.contracts[assignment.contract];
  return account === undefined
    ? { zone: 'UTC', anchor: '2020-01-01' }
    : { zone: account.exact.timezone, anchor: account.contract.anchor };
}

/** Spans that follow each other until an instant; `at` is the last one, which nearly every question is about. */
interface Spans {
  readonly untilMs: number;
  readonly at: TimeSpan;
  readonly spanAt: (ms: number) => TimeSpan;
}

/** What is thinned on a local day. */
interface Plan {
  readonly today: TimeSpan;
  readonly days: Spans;
  readonly periods: Spans;
}

/** Calendar arithmetic is slow, and on one day it comes to the same for all of a contract. */
const plans = new Map<string, Plan>();
const PLANS_REMEMBERED_MAX = 1_000;

function planAt(zone: string, anchor: LocalDay, nowMs: number): Plan {
  const key = `${zone} ${anchor}`;
  const known = plans.get(key);
  if (known !== undefined && holds(known.today, nowMs)) return known;
  if (plans.size >= PLANS_REMEMBERED_MAX) plans.clear();
  const plan = planOf(zone, anchor, localDayOf(nowMs, zone));
  plans.set(key, plan);
  return plan;
}

function planOf(zone: string, anchor: LocalDay, today: LocalDay): Plan {
  const between = (from: LocalDay, to: LocalDay): TimeSpan => ({
    startMs: startOfDayMs(from, zone),
    endMs: startOfDayMs(to, zone),
  });
  const dayFrom = (day: LocalDay): TimeSpan => between(day, addDays(day, 1));
  const { index } = billingPeriodOf(anchor, today);
  const before = billingPeriod(anchor, index - 2);
  return {
    today: dayFrom(today),
    days: spansTo(dayFrom(addDays(today, -2)), (ms) => dayFrom(localDayOf(ms, zone))),
    periods: spansTo(between(before.startDay, before.endDay), (ms) => {
      const { startDay, endDay } = billingPeriodOf(anchor, localDayOf(ms, zone));
      return between(startDay, endDay);
    }),
  };
}

function spansTo(last: TimeSpan, otherAt: (ms: number) => TimeSpan): Spans {
  return {
    untilMs: last.endMs,
    at: last,
    spanAt: (ms) => (holds(last, ms) ? last : otherAt(ms)),
  };
}

function holds({ startMs, endMs }: TimeSpan, ms: number): boolean {
  return ms >= startMs && ms < endMs;
}
