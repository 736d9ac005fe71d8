import type { DistanceUnit } from '../base/distance.ts';
import { flagOf, type JsonField, takePlace, vinOf } from './json-fields.ts';
import { takeLabelledOdometer, takeLabelledRange } from './labelled-distance.ts';
import type { Reading, ReadingDraft } from './reading.ts';
import { Moments, readingsByTime } from './readings-by-time.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  type NumberRange,
  numberFrom,
  shown,
  type VendorFields,
} from './vendor-fields.ts';

const ODOMETER = 'odometer-traveleddistance';
const BATTERY = 'tractionbattery-stateofcharge';
const RANGE = 'tractionbattery-range';
const CHARGING = 'charge-ischarging';
const PLUGGED = 'charge-ischargingcableconnected';
const LOCKED = 'closure-islocked';
const LOCATION = 'location-preciselocation';
const VIN = 'vehicleidentification-vin';

/** The signals that say something a reading holds; the 12 V battery's percentage is not the traction battery's. */
const CODES: ReadonlySet<string> = new Set([
  ODOMETER,
  BATTERY,
  RANGE,
  CHARGING,
  PLUGGED,
  LOCKED,
  LOCATION,
  VIN,
]);

/** A signal's body, and its value with the place where it stands in the delivery. */
interface Signal extends JsonField {
  readonly body: VendorFields;
}

/**
 * The readings in a delivery's signals, one a moment, oldest first. A signal's time is the car's; when the aggregator
 * fetched it is no reading time. A signal with an error is no reading, and no 0.
 */
export function signalReadings(
  findings: Findings,
  device: string,
  signals: unknown,
  json: string,
  knownUnit: DistanceUnit | undefined,
): readonly Reading[] {
  if (!Array.isArray(signals)) {
    findings.refuse('unexpected-shape', `data.signals is ${shown(signals)}, not a list`);
    return [];
  }
  const { moments, vin } = sorted(findings, signals, json);
  const identity = vin === undefined ? { device } : { device, vin };
  return readingsByTime(moments.oldestFirst(), identity, (reading, fieldByCode) =>
    takeSignals(findings, reading, fieldByCode, knownUnit),
  );
}

function sorted(
  findings: Findings,
  signals: readonly unknown[],
  json: string,
): { readonly moments: Moments<Signal>; readonly vin: string | undefined } {
  const moments = new Moments<Signal>();
  const seen = new Set<string>();
  let vin: string | undefined;
  for (const [index, signal] of signals.entries()) {
    const code = isFields(signal) ? signal['code'] : undefined;
    if (!isFields(signal) || typeof code !== 'string') {
      findings.refuse('unexpected-shape', `signal ${index} is ${shown(signal)}, without a code`);
      break;
    }
    const { body, meta } = signal;
    if (!CODES.has(code) || isError(signal['status']) || !isFields(body)) continue;
    // A delivery names each signal once; of two odometers nobody could say which is meant.
    if (seen.has(code)) {
      findings.refuse('unexpected-shape', `the signal ${code} is there twice`);
      break;
    }
    seen.add(code);
    const { value } = body;
    // Who the car is has no time: this signal comes with the time 0.
    if (code === VIN) vin = vinOf(value);
    else moments.add(signalTime(findings, meta), code, { value, body, json, path: pathOf(index) });
  }
  return { moments, vin };
}

/** The status may be absent on success. */
function isError(status: unknown): boolean {
  return isFields(status) && status['value'] !== 'SUCCESS';
}

function pathOf(index: number): JsonField['path'] {
  return ['data', 'signals', index, 'body', 'value'];
}

/** Until the year 9999; beyond it a Date cannot be written as ISO 8601 with four digits. */
const OEM_TIME: NumberRange = { name: 'oemUpdatedAt', min: 0, max: Date.UTC(9999, 11, 31) };

/** Null where it is missing, or 0: that is how the aggregator writes a time it has not been told. */
function signalTime(findings: Findings, meta: unknown): number | null {
  const timeMs = isFields(meta) ? numberFrom(findings, meta['oemUpdatedAt'], OEM_TIME) : undefined;
  if (timeMs === undefined || timeMs === 0) return null;
  if (!Number.isInteger(timeMs))
    findings.refuse('unexpected-shape', `oemUpdatedAt ${timeMs} is not whole milliseconds`);
  return timeMs;
}

function takeSignals(
  findings: Findings,
  reading: ReadingDraft,
  signals: ReadonlyMap<string, Signal>,
  knownUnit: DistanceUnit | undefined,
): void {
  const odometer = signals.get(ODOMETER);
  if (odometer !== undefined)
    takeLabelledOdometer(findings, reading, odometer, odometer.body['unit'], knownUnit);
  const location = signals.get(LOCATION)?.body;
  if (location !== undefined) takeLocation(findings, reading, location);
  takeBattery(findings, reading, signals);
  const isLocked = flagOf(findings, LOCKED, signals.get(LOCKED)?.value);
  if (isLocked !== undefined) reading.isLocked = isLocked;
}

function takeLocation(findings: Findings, reading: ReadingDraft, location: VendorFields): void {
  takePlace(findings, reading, location['latitude'], location['longitude']);
  const heading = numberFrom(findings, location['heading'], HEADING_DEGREES);
  if (heading !== undefined && reading.latitudeDegrees !== undefined) reading.headingDegrees = heading;
}

function takeBattery(findings: Findings, reading: ReadingDraft, signals: ReadonlyMap<string, Signal>): void {
  const level = numberFrom(findings, signals.get(BATTERY)?.value, BATTERY_PERCENT);
  if (level !== undefined) reading.batteryPercent = level;
  const range = signals.get(RANGE);
  if (range !== undefined) takeLabelledRange(findings, reading, range.value, range.body['unit']);
  const isCharging = flagOf(findings, CHARGING, signals.get(CHARGING)?.value);
  if (isCharging !== undefined) reading.isCharging = isCharging;
  const isPlugged = flagOf(findings, PLUGGED, signals.get(PLUGGED)?.value);
  if (isPlugged !== undefined) reading.isPlugged = isPlugged;
}
