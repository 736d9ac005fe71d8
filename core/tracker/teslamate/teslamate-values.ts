import { takePlace } from '../json-fields.ts';
import type { ReadingDraft } from '../reading.ts';
import { flagAs, gearAs, kilometresAs, numberAs, takeOdometerKm, type TakeText } from '../text-values.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  type NumberRange,
  shown,
  SPEED_KMH,
  type VendorFields,
} from '../vendor-fields.ts';

const ELEVATION_METRES: NumberRange = { name: 'elevation', min: -1_000, max: 20_000 };
const GEAR_BY_WORD: ReadonlyMap<string, string> = new Map(['P', 'R', 'N', 'D'].map((word) => [word, word]));

/**
 * The keys that say something a reading holds. Of the three ranges the estimated one is used, and of the two battery
 * levels the one the driver sees. `latitude` and `longitude` are not: each is half a place, which nobody can draw, and
 * the same fix comes whole in `location`. Nor is `power`: a reading has no room for it, and its unit is disputed.
 */
export const TAKE_BY_KEY: ReadonlyMap<string, TakeText> = new Map<string, TakeText>([
  ['odometer', takeOdometerKm],
  ['speed', numberAs('speedKmh', SPEED_KMH)],
  ['location', takeLocation],
  ['heading', numberAs('headingDegrees', HEADING_DEGREES)],
  ['elevation', numberAs('altitudeMetres', ELEVATION_METRES)],
  ['battery_level', numberAs('batteryPercent', BATTERY_PERCENT)],
  ['est_battery_range_km', kilometresAs('rangeMetres')],
  ['charging_state', takeChargingState],
  ['plugged_in', flagAs('isPlugged', 'plugged_in', 'true', 'false')],
  ['locked', flagAs('isLocked', 'locked', 'true', 'false')],
  ['shift_state', gearAs('shift_state', GEAR_BY_WORD)],
]);

function takeLocation(findings: Findings, reading: ReadingDraft, text: string): boolean {
  const place = placeOf(text);
  if (place === null) {
    findings.refuse('unexpected-shape', `location is ${shown(text)}, not a latitude and a longitude`);
    return false;
  }
  takePlace(findings, reading, place['latitude'], place['longitude']);
  return reading.latitudeDegrees !== undefined || reading.hasGnssFix === false;
}

function placeOf(text: string): VendorFields | null {
  try {
    const document: unknown = JSON.parse(text);
    return isFields(document) ? document : null;
  } catch {
    return null;
  }
}

/** Energy flows in one of them only. */
const CHARGING_STATES: ReadonlySet<string> = new Set([
  'Charging',
  'Disconnected',
  'Stopped',
  'NoPower',
  'Complete',
  'Starting',
]);

function takeChargingState(findings: Findings, reading: ReadingDraft, text: string): boolean {
  if (!CHARGING_STATES.has(text)) {
    findings.refuse(
      'unexpected-shape',
      `charging_state is ${shown(text)}, none of ${[...CHARGING_STATES].join(', ')}`,
    );
    return false;
  }
  reading.isCharging = text === 'Charging';
  return true;
}
