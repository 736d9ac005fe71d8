import { localDayOf, type LocalDay, startOfDayMs, addDays } from '../../core/base/calendar.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import { type Range, type WorkPattern, workPatterns, type WorkPatternName } from './work-pattern.ts';

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
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A trend ends somewhere: no business shrinks to nothing, or doubles, in a demonstration. */
const TREND_LIMITS: Range = [0.7, 1.3];

/** The plan of the local day an instant falls in. */
export function dayPlanAt(planned: Planned, instantMs: number): DayPlan {
  const day = localDayOf(instantMs, planned.timeZone);
  const fromMs = startOfDayMs(day, planned.timeZone);
  const toMs = startOfDayMs(addDays(day, 1), planned.timeZone);
  const pattern = workPatterns[planned.pattern];
  const chance = randomStream(planned.seed, planned.vehicle, 'day', day);
  const isNight = randomStream(planned.seed, planned.vehicle, 'night').next() < pattern.nightShare;
  const spans = workingSpans(pattern, chance, isNight, isWeekend(day)).map(
    ([fromHour, toHour]) => [fromMs + fromHour * HOUR_MS, Math.min(fromMs + toHour * HOUR_MS, toMs)] as const,
  );
  return { day, fromMs, toMs, spans, plannedMm: plannedMm(planned, pattern, chance, fromMs, spans) };
}

/** True while the plan has the vehicle at work. */
export function isOnShift(plan: DayPlan, instantMs: number): boolean {
  return plan.spans.some(([fromMs, toMs]) => instantMs >= fromMs && instantMs < toMs);
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

function workingSpans(
  pattern: WorkPattern,
  chance: RandomStream,
  isNight: boolean,
  isWeekend: boolean,
): readonly Range[] {
  const isWorking = chance.next() < (isWeekend ? pattern.weekendShare : pattern.weekdayShare);
  const start = Math.round(drawn(chance, pattern.startHour) * 60) / 60;
  const hours = drawn(chance, isWeekend ? pattern.weekendShiftHours : pattern.shiftHours);
  if (!isWorking) return [];
  if (!isNight) return [[start, Math.round((start + hours) * 60) / 60]];
  // The night worker's hours: from midnight to the early morning, and again from the evening on.
  return [
    [0, 5.5],
    [24 - Math.round((hours - 5.5) * 60) / 60, 24],
  ];
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
  return Math.floor(hours * pattern.shiftKmh * 1e6 * trend * drawn(chance, [0.8, 1.2]));
}

function isWeekend(day: LocalDay): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
