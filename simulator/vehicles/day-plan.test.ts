import { expect, test } from 'vitest';
import { someTraits } from '../stand-in/some-traits.ts';
import { type DayPlan, dayPlanAt, isOnShift, nextChangeMs, type Planned, plannedMmBy } from './day-plan.ts';
import type { DemandFactor } from './demand-factor.ts';
import type { WorkPatternName } from './work-pattern.ts';

const HOUR_MS = 3_600_000;
const VEHICLES = 400;

const planned = (vehicle: string, pattern: WorkPatternName, change: Partial<Planned> = {}): Planned => ({
  seed: 11,
  vehicle,
  pattern,
  timeZone: 'Europe/London',
  openingMs: Date.parse('2026-03-02T00:00:00Z'),
  dailyTrend: 0,
  rangeMm: null,
  holidays: [],
  demandFactors: [],
  ...change,
});

/** The share of a fleet at work at an instant, in hundredths. */
function atWork(pattern: WorkPatternName, instant: string, change: Partial<Planned> = {}): number {
  const atMs = Date.parse(instant);
  const working = someTraits(pattern, VEHICLES).filter(({ id }) =>
    isOnShift(dayPlanAt(planned(id, pattern, change), atMs), atMs),
  );
  return Math.round((working.length * 100) / VEHICLES);
}

test('taxis peak on Saturday night, and it is Saturday’s drivers who drive into Sunday', () => {
  expect(atWork('taxi', '2026-03-07T23:30:00Z')).toBeGreaterThan(95);
  expect(atWork('taxi', '2026-03-08T00:30:00Z')).toBeGreaterThan(95);
  expect(atWork('taxi', '2026-03-03T11:00:00Z')).toBeLessThan(93);
  expect(atWork('taxi', '2026-03-03T23:30:00Z')).toBeLessThan(25);
  const changed = someTraits('taxi', VEHICLES).filter(({ id }) => {
    const [saturday, sunday] = ['2026-03-07T23:59:30Z', '2026-03-08T00:00:00Z'].map((instant) =>
      isOnShift(dayPlanAt(planned(id, 'taxi'), Date.parse(instant)), Date.parse(instant)),
    );
    return saturday !== sunday;
  });
  // One that only the very peak brings out may go home at midnight, but the fleet does not change.
  expect(changed.length).toBeLessThan(4);
});

test('parcel vans work by day, pool cars in the week, buses from early to late, and a parked vehicle never', () => {
  const shares = (pattern: WorkPatternName): number[] =>
    ['2026-03-03T03:00:00Z', '2026-03-03T11:00:00Z', '2026-03-03T20:30:00Z', '2026-03-08T11:00:00Z'].map(
      (instant) => Math.round(atWork(pattern, instant) / 10) * 10,
    );
  expect(shares('parcel')).toEqual([0, 100, 0, 10]);
  expect(shares('poolcar')).toEqual([0, 80, 0, 10]);
  expect(shares('bus')).toEqual([0, 80, 50, 50]);
  expect(shares('parked')).toEqual([0, 0, 0, 0]);
});

test('most fleets stand at night', () => {
  const patterns: WorkPatternName[] = ['private-hire', 'taxi', 'courier', 'car-club', 'field-service'];
  for (const pattern of patterns) expect(atWork(pattern, '2026-03-03T03:00:00Z')).toBeLessThan(15);
});

test('a holiday is like a Sunday, whether everybody has it off or the plan says so', () => {
  const weekday = atWork('parcel', '2026-12-18T11:00:00Z');
  expect(weekday).toBeGreaterThan(90);
  expect(atWork('parcel', '2026-12-25T11:00:00Z')).toBeLessThan(15);
  expect(atWork('parcel', '2026-05-04T11:00:00Z', { holidays: ['2026-05-04'] })).toBeLessThan(15);
  expect(atWork('parcel', '2026-05-05T11:00:00Z', { holidays: ['2026-05-04'] })).toBeGreaterThan(90);
});

test('a lockdown empties the streets from its first minute to its last, and no other', () => {
  const lockdown: DemandFactor = {
    fromMs: Date.parse('2026-03-03T10:30:00Z'),
    toMs: Date.parse('2026-03-03T14:00:00Z'),
    factor: 0.05,
  };
  const during = (instant: string): number => atWork('taxi', instant, { demandFactors: [lockdown] });
  expect(during('2026-03-03T10:29:59Z')).toBe(atWork('taxi', '2026-03-03T10:29:59Z'));
  expect(during('2026-03-03T10:30:00Z')).toBeLessThan(9);
  expect(during('2026-03-03T13:59:59Z')).toBeLessThan(9);
  expect(during('2026-03-03T14:00:00Z')).toBe(atWork('taxi', '2026-03-03T14:00:00Z'));
});

test('half the demand is about half the miles', () => {
  const milesAt = (factor: number): number =>
    someTraits('taxi', VEHICLES).reduce((sum, { id }) => {
      const demandFactors = [{ fromMs: 0, toMs: null, factor }];
      return (
        sum + dayPlanAt(planned(id, 'taxi', { demandFactors }), Date.parse('2026-03-03T12:00:00Z')).plannedMm
      );
    }, 0);
  expect(milesAt(0.5) / milesAt(1)).toBeGreaterThan(0.42);
  expect(milesAt(0.5) / milesAt(1)).toBeLessThan(0.58);
});

test('a small battery costs miles, because charging takes time', () => {
  const plan = (rangeMm: number | null): DayPlan =>
    dayPlanAt(planned('v-0003', 'courier', { rangeMm }), Date.parse('2026-03-03T12:00:00Z'));
  expect(plan(600_000_000).plannedMm).toBe(plan(null).plannedMm);
  expect(plan(40_000_000).plannedMm).toBeLessThan(0.8 * plan(null).plannedMm);
  expect(plan(40_000_000).plannedMm).toBeGreaterThan(0.5 * plan(null).plannedMm);
});

test('a day’s distance is spread over its hours at work, and its changes follow each other', () => {
  const plan = dayPlanAt(planned('v-0001', 'courier'), Date.parse('2026-03-03T12:00:00Z'));
  const [span] = plan.spans;
  const [fromMs, toMs] = span ?? [0, 0];
  expect(plan.spans).toHaveLength(1);
  expect(plannedMmBy(plan, fromMs)).toBe(0);
  expect(plannedMmBy(plan, (fromMs + toMs) / 2)).toBe(Math.floor(plan.plannedMm / 2));
  expect(plannedMmBy(plan, plan.toMs)).toBe(plan.plannedMm);
  expect([plan.fromMs, fromMs, toMs].map((instantMs) => nextChangeMs(plan, instantMs))).toEqual([
    fromMs,
    toMs,
    plan.toMs,
  ]);
});

test('a day of 23 hours and one of 25 are as long as they are', () => {
  const length = (day: string): number => {
    const plan = dayPlanAt(planned('v-0001', 'taxi'), Date.parse(`${day}T12:00:00Z`));
    expect(plan.spans.every(([fromMs, toMs]) => fromMs >= plan.fromMs && toMs <= plan.toMs)).toBe(true);
    return (plan.toMs - plan.fromMs) / HOUR_MS;
  };
  expect([length('2026-03-29'), length('2026-10-25')]).toEqual([23, 25]);
});
