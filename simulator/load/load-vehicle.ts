import { must } from '../../core/base/assert.ts';
import { imeiOf } from '../fleet/identities.ts';
import { teltonikaTracker } from '../trackers/teltonika-mqtt-json.ts';
import { DEMO_PACE, type Tracker, type TrackerPublish, type TrackerView } from '../trackers/tracker.ts';

/** Every vehicle of a load drives at this speed for ever: millimetres a millisecond are metres a second. */
const SPEED_MM_PER_MS = 5;
/** Odometers stood at nought then, give or take the vehicle's own start. */
const ODOMETER_EPOCH_MS = Date.UTC(2025, 0, 1);
const START_MM = 100_000_000;
const VEHICLES_APART_MM = 1_000_000;
const STARTS = 1_000;
/** Up a straight road and back. */
const ROAD_MM = 10_000_000;
const SOUTH_END_E6 = 57_650_000;
const LONGITUDE_E6 = 11_900_000;
const LONGITUDE_STEP_E6 = 200;
const MM_PER_MICRO_DEGREE = 111.32;

/**
 * The odometer is a function of the time alone: a second run an hour later goes on where the hour would have brought
 * it, a record that was kept for a day fits between those around it, and a meter has no reason to doubt any of them.
 */
export function loadOdometerMm(index: number, atMs: number): number {
  return (
    START_MM + (index % STARTS) * VEHICLES_APART_MM + Math.round((atMs - ODOMETER_EPOCH_MS) * SPEED_MM_PER_MS)
  );
}

/** One vehicle of a load, with its tracker. The device names are those of the book (`loadBook`). */
export class LoadVehicle {
  readonly device: string;
  readonly #index: number;
  readonly #tracker: Tracker;
  #lastMs = 0;

  constructor(index: number) {
    this.#index = index;
    this.device = imeiOf(index);
    this.#tracker = teltonikaTracker(this.device, DEMO_PACE);
  }

  /** The record made now, or `ageMs` ago. Records made now never share a millisecond: each is one of its own. */
  publish(nowMs: number, ageMs: number): TrackerPublish {
    const wholeMs = Math.floor(nowMs);
    if (ageMs === 0) this.#lastMs = Math.max(wholeMs, this.#lastMs + 1);
    const view = this.#viewAt(ageMs === 0 ? this.#lastMs : wholeMs - ageMs);
    return must(this.#tracker.report(view, 'final')[0], 'a tracker that is asked answers');
  }

  /** The tracker is never wrong, and drives where its odometer says. */
  #viewAt(atMs: number): TrackerView {
    const odometerMm = loadOdometerMm(this.#index, atMs);
    const alongMm = odometerMm % (2 * ROAD_MM);
    const isNorthbound = alongMm < ROAD_MM;
    const northMm = isNorthbound ? alongMm : 2 * ROAD_MM - alongMm;
    return {
      atMs,
      latitudeE6: SOUTH_END_E6 + Math.round(northMm / MM_PER_MICRO_DEGREE),
      longitudeE6: LONGITUDE_E6 + (this.#index % STARTS) * LONGITUDE_STEP_E6,
      headingDegrees: isNorthbound ? 0 : 180,
      speedMmPerS: SPEED_MM_PER_MS * 1_000,
      odometerMm,
      rangeMm: 300_000_000,
      batteryPercent: 80,
      isOn: true,
      isCharging: false,
      isDoorOpen: false,
      isLocked: true,
      impactMilliG: 0,
      clockMs: atMs,
      hasFix: true,
      fixMs: atMs,
      satellites: 11,
      labelUnit: 'km',
      signal: null,
    };
  }
}
