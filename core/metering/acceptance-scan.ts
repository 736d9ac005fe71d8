import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import type { ReadingStatus } from './reading-status.ts';

/** How far a vehicle may plausibly go: settings per vehicle class (rule M5). */
export interface DrivingLimits {
  readonly milesPerHourMax: number;
  readonly milesPerDayMax: number;
}

export const DEFAULT_LIMITS: DrivingLimits = { milesPerHourMax: 110, milesPerDayMax: 1_000 };

/** What the scan knows after a reading: the last accepted one, and the fault it is following, if any. */
export interface ScanState {
  acceptedAtMs: number;
  acceptedMicrometres: number;
  /** Last quarantined reading since a jump; null when the last judged reading was no part of such a run. */
  run: { atMs: number; micrometres: number } | null;
}

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 86_400_000;
const TOLERANCE_MICROMETRES = MICROMETRES_PER_MILE / 2;

export function scanFrom(atMs: number, micrometres: number): ScanState {
  return { acceptedAtMs: atMs, acceptedMicrometres: micrometres, run: null };
}

/**
 * Rule M5: judges the next reading of a series in order and moves the state. A reading that continues a quarantined
 * one stays quarantined however long one waits; only a decision ends such a run.
 */
export function judgeReading(
  state: ScanState,
  atMs: number,
  micrometres: number,
  limits: DrivingLimits,
): ReadingStatus {
  const status = statusOf(state, atMs, micrometres, limits);
  if (status === 'accepted') {
    state.acceptedAtMs = atMs;
    state.acceptedMicrometres = micrometres;
    state.run = null;
  } else if (status === 'jump' || (status === 'rollback' && state.run !== null)) {
    state.run = { atMs, micrometres };
  }
  return status;
}

function statusOf(state: ScanState, atMs: number, micrometres: number, limits: DrivingLimits): ReadingStatus {
  if (state.run !== null && continuesReading(state.run, { atMs, micrometres }, limits)) return 'jump';
  const distance = micrometres - state.acceptedMicrometres;
  if (distance < -MICROMETRES_PER_MILE) return 'rollback';
  if (distance < 0) return 'jitter';
  return distance > farthestMicrometres(atMs - state.acceptedAtMs, limits) ? 'jump' : 'accepted';
}

/** At most a mile below the other reading, at most the limit above it. */
export function continuesReading(
  last: { readonly atMs: number; readonly micrometres: number },
  { atMs, micrometres }: { readonly atMs: number; readonly micrometres: number },
  limits: DrivingLimits,
): boolean {
  const distance = micrometres - last.micrometres;
  return distance >= -MICROMETRES_PER_MILE && distance <= farthestMicrometres(atMs - last.atMs, limits);
}

/** min(speed limit × t, daily limit × started days) + half a mile, for a time of `elapsedMs` ≥ 0. */
export function farthestMicrometres(elapsedMs: number, limits: DrivingLimits): number {
  const days = Math.max(1, Math.ceil(elapsedMs / MS_PER_DAY));
  const byDay = limits.milesPerDayMax * days;
  const bySpeed = (limits.milesPerHourMax * elapsedMs) / MS_PER_HOUR;
  return Math.min(byDay, bySpeed) * MICROMETRES_PER_MILE + TOLERANCE_MICROMETRES;
}
