import { addDays, type LocalDay, localDayOf, startOfDayMs } from '../../core/base/calendar.ts';
import { busyMs } from './busy-hours.ts';
import type { FleetVehicle } from './fleet-vehicle.ts';
import { demoFleet } from './demo-fleet.ts';

/** What makes a run: the same plan gives the same fleet, second for second. */
export interface FleetPlanInput {
  readonly seed: number;
  readonly vehicles: number;
  readonly timeZone: string;
  /** When live driving begins, epoch milliseconds; cut to a whole second. */
  readonly startMs: number;
  /** Days before it that are passed at speed. */
  readonly historyDays: number;
  /** True when the fleet is to be seen at work whatever the hour: its drivers then live by another clock. */
  readonly isAlwaysBusy: boolean;
  /** Local days on which fleets work as on a Sunday, beside Christmas and New Year. */
  readonly holidays?: readonly LocalDay[];
}

/** A plan worked out: when the story opens, when it goes live, and with which vehicles. */
export interface FleetPlan {
  readonly seed: number;
  readonly timeZone: string;
  /** The instant of the opening readings: a local midnight when there is history, otherwise the start. */
  readonly openingMs: number;
  readonly liveMs: number;
  /**
   * Drivers work by the time of day plus this. Nought for a story told by its own clock; otherwise such that live
   * driving begins in busy hours, because a demonstration opened at night would show parked cars.
   */
  readonly workShiftMs: number;
  /** None when left out. */
  readonly holidays?: readonly LocalDay[];
  readonly fleet: readonly FleetVehicle[];
}

export function fleetPlan(input: FleetPlanInput): FleetPlan {
  const liveMs = Math.floor(input.startMs / 1_000) * 1_000;
  const firstDay = addDays(localDayOf(liveMs, input.timeZone), -input.historyDays);
  return {
    seed: input.seed,
    timeZone: input.timeZone,
    openingMs: input.historyDays > 0 ? startOfDayMs(firstDay, input.timeZone) : liveMs,
    liveMs,
    workShiftMs: input.isAlwaysBusy ? busyMs(liveMs, input.timeZone) - liveMs : 0,
    holidays: input.holidays ?? [],
    fleet: demoFleet(input.seed, input.vehicles),
  };
}
