import { localDayOf, type LocalDay, startOfDayMs, addDays } from '../../core/base/calendar.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import { type DemandFactor, demandFactorAt } from './demand-factor.ts';
import { demandAtHour } from './week-demand.ts';
import { type Range, type WorkPattern, workPattern, type WorkPatternName } from './work-pattern.ts';

/** One local day of one vehicle: when it works, and how far it goes when nobody watches its streets. */
export interface DayPlan {
  readonly day: LocalDay;
  readonly fromMs: number;
  readonly toMs: number;
  /** Working spans, in order, inside the day; none on a day off. */
  readonly spans: readonly (readonly [number, number])[];
  readonly plannedMm: number;
}

/** What a day's plan depends on. Nothing else: another vehicle's coming or going changes no day of this one. */
export interface Planned {
  readonly seed: number;
  readonly vehicle: string;
  readonly pattern: WorkPatternName;
  readonly timeZone: string;
  /** When the story of the fleet begins; `dailyTrend` counts from it. */
  readonly openingMs: number;
  /** Part by which business changes a day: -0.01 loses a hundredth a day. */
  readonly dailyTrend: number;
  /** How far the battery goes; null when the vehicle drives on without it. */
  readonly rangeMm: number | null;
  /** Local days that are like a Sunday; the days everybody has off are known. */
  readonly holidays: readonly LocalDay[];
  readonly demandFactors: readonly DemandFactor[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A trend ends somewhere: no business shrinks to nothing, or doubles, in a demonstration. */
const TREND_LIMITS: Range = [0.7, 1.3];
/** Drivers change at this hour, when fewest are out: a Saturday night is driven by Saturday's. */
const CHANGE_HOUR = 5;
/** Month and day. */
const HOLIDAYS_OF_ALL = new Set(['01-01', '12-25', '12-26']);
const SUNDAY = 6;
/** What is in the battery in the morning, and what a stop at a rapid charger costs in time, for a day by plan. */
const MORNING_CHARGE_SHARE = 0.82;
const HOURS_A_FULL_CHARGE = 1;

/** The plan of the local day an instant falls in. */
export function dayPlanAt(planned: Planned, instantMs: number): DayPlan {
  const day = localDayOf(instantMs, planned.timeZone);
  const fromMs = startOfDayMs(day, planned.timeZone);
  const toMs = startOfDayMs(addDays(day, 1), planned.timeZone);
  const pattern = workPattern(planned.pattern);
  const chance = randomStream(planned.seed, planned.vehicle, 'day', day);
  const spans = workingSpans(planned, pattern, { day, fromMs, toMs }, eagerness(chance));
  return { day, fromMs, toMs, spans, plannedMm: plannedMm(planned, pattern, chance, fromMs, spans) };
}

/** True while the plan has the vehicle at work. */
export function isOnShift(plan: DayPlan, instantMs: number): boolean {
  return plan.spans.some(([fromMs, toMs]) => instantMs >= fromMs && instantMs < toMs);
}

/** The next instant at which the vehicle begins or ends work, or the day does. */
export function nextChangeMs(plan: DayPlan, instantMs: number): number {
  return plan.spans.flat().find((changeMs) => changeMs > instantMs) ?? plan.toMs;
}

/** How much of the planned distance lies behind an instant of the day, evenly over the working spans; whole millimetres. */
export function plannedMmBy(plan: DayPlan, instantMs: number): number {
  let workedMs = 0;
  let totalMs = 0;
  for (const [fromMs, toMs] of plan.spans) {
    totalMs += toMs - fromMs;
    workedMs += Math.min(Math.max(instantMs - fromMs, 0), toMs - fromMs);
  }
  return totalMs === 0 ? 0 : Math.floor((plan.plannedMm * workedMs) / totalMs);
}

/** A value drawn evenly from a range. */
export function drawn(chance: RandomStream, [from, to]: Range): number {
  return from + chance.next() * (to - from);
}

/** The demand from which a vehicle works, evenly between 0 and 1: of a fleet, as many work as the demand says. */
function eagerness(chance: RandomStream): number {
  return chance.next();
}

/** The spans in which demand is above what brings the vehicle out: yesterday's draw until drivers change, then today's. */
function workingSpans(
  planned: Planned,
  pattern: WorkPattern,
  bounds: Pick<DayPlan, 'day' | 'fromMs' | 'toMs'>,
  todays: number,
): readonly (readonly [number, number])[] {
  const { day, fromMs, toMs } = bounds;
  const yesterdays = eagerness(randomStream(planned.seed, planned.vehicle, 'day', addDays(day, -1)));
  const weekday = weekdayOf(day, planned.holidays);
  const nextWeekday = weekdayOf(addDays(day, 1), planned.holidays);
  const changeMs = fromMs + CHANGE_HOUR * HOUR_MS;
  const spans: [number, number][] = [];
  for (const [startMs, endMs] of stretches(fromMs, toMs, planned.demandFactors)) {
    const factor = demandFactorAt(planned.demandFactors, startMs);
    const surplusAt = (atMs: number): number =>
      demandAtHour(pattern.demand, weekday, nextWeekday, Math.min((atMs - fromMs) / HOUR_MS, 24)) * factor -
      (startMs < changeMs ? yesterdays : todays);
    addSpan(spans, positivePart(startMs, surplusAt(startMs), endMs, surplusAt(endMs)));
  }
  return spans;
}

/** A day cut at its hours, where the demand bends, and where a factor begins or ends. */
function stretches(fromMs: number, toMs: number, factors: readonly DemandFactor[]): [number, number][] {
  const cuts = new Set<number>([toMs]);
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) cuts.add(atMs);
  for (const edgeMs of factors.flatMap((factor) => [factor.fromMs, factor.toMs ?? toMs])) {
    if (edgeMs > fromMs && edgeMs < toMs) cuts.add(edgeMs);
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(1).map((endMs, i) => [ordered[i] ?? fromMs, endMs]);
}

/** Where a straight line is above nought, to the minute; null when nowhere. */
function positivePart(
  startMs: number,
  atStart: number,
  endMs: number,
  atEnd: number,
): readonly [number, number] | null {
  if (atStart <= 0 && atEnd <= 0) return null;
  const crossing = (): number => {
    const exactMs = startMs + ((endMs - startMs) * atStart) / (atStart - atEnd);
    return Math.min(endMs, Math.max(startMs, Math.round(exactMs / MINUTE_MS) * MINUTE_MS));
  };
  const span = [atStart > 0 ? startMs : crossing(), atEnd > 0 ? endMs : crossing()] as const;
  return span[0] < span[1] ? span : null;
}

function addSpan(spans: [number, number][], span: readonly [number, number] | null): void {
  if (span === null) return;
  const before = spans.at(-1);
  if (before?.[1] === span[0]) before[1] = span[1];
  else spans.push([...span]);
}

function plannedMm(
  planned: Planned,
  pattern: WorkPattern,
  chance: RandomStream,
  fromMs: number,
  spans: readonly (readonly [number, number])[],
): number {
  const hours = spans.reduce((sum, [from, to]) => sum + (to - from), 0) / HOUR_MS;
  const daysIn = Math.max(0, (fromMs - planned.openingMs) / DAY_MS);
  const trend = Math.min(TREND_LIMITS[1], Math.max(TREND_LIMITS[0], 1 + planned.dailyTrend * daysIn));
  const wantedMm = hours * pattern.shiftKmh * 1e6 * trend * drawn(chance, [0.8, 1.2]);
  return Math.floor(withCharging(wantedMm, planned.rangeMm, pattern.shiftKmh * 1e6));
}

/** What is beyond the morning's charge is driven only in the time that charging leaves. */
function withCharging(wantedMm: number, rangeMm: number | null, mmAnHour: number): number {
  const freeMm = rangeMm === null ? Infinity : rangeMm * MORNING_CHARGE_SHARE;
  if (rangeMm === null || wantedMm <= freeMm) return wantedMm;
  return freeMm + ((wantedMm - freeMm) * rangeMm) / (rangeMm + mmAnHour * HOURS_A_FULL_CHARGE);
}

/** 0 for Monday to 6 for Sunday, and 6 for a holiday. */
function weekdayOf(day: LocalDay, holidays: readonly LocalDay[]): number {
  if (HOLIDAYS_OF_ALL.has(day.slice(5)) || holidays.includes(day)) return SUNDAY;
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}
