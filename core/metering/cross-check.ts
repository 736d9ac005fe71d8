import { MICROMETRES_PER_MILE, MICROMETRES_PER_METRE } from '../base/distance.ts';
import { DEFAULT_LIMITS, farthestMicrometres } from './acceptance-scan.ts';
import { greatCircleMicrometres, type Position } from './great-circle.ts';
import {
  odometerUnitsVerdict,
  STUCK_MICROMETRES,
  type UnitsVerdict,
  WINDOW_MICROMETRES,
} from './odometer-units-verdict.ts';

/**
 * Rule M12 for one vehicle: the distance between its positions beside that of its odometer, over one window at a time.
 * Plain values, that a snapshot keeps. Distances are whole micrometres.
 */
export interface CrossCheck {
  /** Where the next distance is measured from. */
  anchor: (Position & { readonly atMs: number }) | null;
  gpsMicrometres: number;
  /** Some of it was driven out of sight, and is known as a straight line only. */
  isSparse: boolean;
  /** Null until it was heard. */
  odometer: WindowOdometer | null;
}

/** The odometer at the window's beginning, and the last value heard. */
interface WindowOdometer {
  readonly fromMs: number;
  readonly fromMicrometres: number;
  readonly atMs: number;
  readonly micrometres: number;
}

export interface CheckedWindow {
  readonly verdict: UnitsVerdict;
  readonly odometerMicrometres: number;
  readonly gpsMicrometres: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export function newCrossCheck(): CrossCheck {
  return { anchor: null, gpsMicrometres: 0, isSparse: false, odometer: null };
}

/** Between positions further apart than this the road may have wound: their distance says too little. */
const OUT_OF_SIGHT_MS = 5 * 60_000;

/** A parked vehicle's positions wander about this far; summed, they would be a journey. */
const WANDER_MICROMETRES = 50 * MICROMETRES_PER_METRE;

/**
 * Takes a position with a fix. One not newer than the last is passed over; a hop further than a vehicle can drive is not
 * summed, and measuring goes on from where it led. Nothing is summed before the odometer was heard.
 */
export function notePosition(check: CrossCheck, position: Position, atMs: number): void {
  const { latitudeDegrees, longitudeDegrees } = position;
  const { anchor } = check;
  if (anchor !== null && atMs <= anchor.atMs) return;
  const hop = anchor === null ? 0 : greatCircleMicrometres(anchor, position);
  if (anchor !== null && hop < WANDER_MICROMETRES) {
    check.anchor = { ...anchor, atMs };
    return;
  }
  check.anchor = { latitudeDegrees, longitudeDegrees, atMs };
  if (anchor === null || check.odometer === null) return;
  if (hop <= farthestMicrometres(atMs - anchor.atMs, DEFAULT_LIMITS)) check.gpsMicrometres += hop;
  if (atMs - anchor.atMs > OUT_OF_SIGHT_MS) check.isSparse = true;
}

/**
 * Takes a value of the odometer, also an unchanged one, and closes the window when it holds enough. Windows close here
 * only: positions come more often, and an odometer that was not heard meanwhile does not stand still. One older than the
 * last is passed over; one more than a mile below it is of another instrument and begins a new window.
 */
export function noteOdometer(check: CrossCheck, micrometres: number, atMs: number): CheckedWindow | null {
  const { odometer } = check;
  if (odometer !== null && atMs < odometer.atMs) return null;
  if (odometer === null || micrometres < odometer.micrometres - MICROMETRES_PER_MILE) {
    beginWindow(check, micrometres, atMs);
    return null;
  }
  const highest = Math.max(micrometres, odometer.micrometres);
  check.odometer = { ...odometer, atMs, micrometres: highest };
  const odometerMicrometres = highest - odometer.fromMicrometres;
  const { gpsMicrometres, isSparse } = check;
  const isStuck = odometerMicrometres === 0 && gpsMicrometres >= STUCK_MICROMETRES;
  if (!isStuck && Math.max(odometerMicrometres, gpsMicrometres) < WINDOW_MICROMETRES) return null;
  beginWindow(check, highest, atMs);
  const verdict = isSparse ? 'insufficient' : odometerUnitsVerdict(odometerMicrometres, gpsMicrometres);
  return { verdict, odometerMicrometres, gpsMicrometres, fromMs: odometer.fromMs, toMs: atMs };
}

function beginWindow(check: CrossCheck, micrometres: number, atMs: number): void {
  check.odometer = { fromMs: atMs, fromMicrometres: micrometres, atMs, micrometres };
  check.gpsMicrometres = 0;
  check.isSparse = false;
}
