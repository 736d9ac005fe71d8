import type { DistanceUnit } from '../../base/distance.ts';
import { flagOf, takePlace, vinOf } from '../json-fields.ts';
import { takeLabelledOdometer, takeLabelledRange } from '../labelled-distance.ts';
import type { Reading, ReadingDraft } from '../reading.ts';
import { Moments, readingsByTime } from '../readings-by-time.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  type NumberRange,
  numberFrom,
  shown,
  type VendorFields,
} from '../vendor-fields.ts';

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

/** The bodies of one moment's signals, by code. */
type Bodies = ReadonlyMap<string, VendorFields>;

/** Where a delivery's odometer stands, and the unit the vehicle is known to report in if it names none. */
interface OdometerSource {
  readonly json: string;
  readonly index: number;
  readonly knownUnit: DistanceUnit | undefined;
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
  const { moments, vin, odometerIndex } = sorted(findings, signals);
  const source = { json, index: odometerIndex, knownUnit };
  return readingsByTime(moments.oldestFirst(), device, vin, (reading, bodies) =>
    takeSignals(findings, reading, bodies, source),
  );
}

interface SortedSignals {
  readonly moments: Moments<VendorFields>;
  readonly vin: string | undefined;
  readonly odometerIndex: number;
}

function sorted(findings: Findings, signals: readonly unknown[]): SortedSignals {
  const moments = new Moments<VendorFields>();
  const seen = new Set<string>();
  let vin: string | undefined;
  let odometerIndex = -1;
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
    if (code === ODOMETER) odometerIndex = index;
    // Who the car is has no time: this signal comes with the time 0.
    if (code === VIN) vin = vinOf(body['value']);
    else moments.add(signalTime(findings, meta), code, body);
  }
  return { moments, vin, odometerIndex };
}

/** The status may be absent on success. */
function isError(status: unknown): boolean {
  return isFields(status) && status['value'] !== 'SUCCESS';
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
  bodies: Bodies,
  source: OdometerSource,
): void {
  const odometer = bodies.get(ODOMETER);
  if (odometer !== undefined) takeOdometer(findings, reading, odometer, source);
  const location = bodies.get(LOCATION);
  if (location !== undefined) takeLocation(findings, reading, location);
  takeBattery(findings, reading, bodies);
  const isLocked = flagOf(findings, LOCKED, bodies.get(LOCKED)?.['value']);
  if (isLocked !== undefined) reading.isLocked = isLocked;
}

function takeOdometer(
  findings: Findings,
  reading: ReadingDraft,
  { value, unit }: VendorFields,
  { json, index, knownUnit }: OdometerSource,
): void {
  const path = ['data', 'signals', index, 'body', 'value'];
  takeLabelledOdometer(findings, reading, { value, json, path }, unit, knownUnit);
}

function takeLocation(findings: Findings, reading: ReadingDraft, location: VendorFields): void {
  takePlace(findings, reading, location['latitude'], location['longitude']);
  const heading = numberFrom(findings, location['heading'], HEADING_DEGREES);
  if (heading !== undefined && reading.latitudeDegrees !== undefined) reading.headingDegrees = heading;
}

function takeBattery(findings: Findings, reading: ReadingDraft, bodies: Bodies): void {
  const level = numberFrom(findings, bodies.get(BATTERY)?.['value'], BATTERY_PERCENT);
  if (level !== undefined) reading.batteryPercent = level;
  const range = bodies.get(RANGE);
  if (range !== undefined) takeLabelledRange(findings, reading, range['value'], range['unit']);
  const isCharging = flagOf(findings, CHARGING, bodies.get(CHARGING)?.['value']);
  if (isCharging !== undefined) reading.isCharging = isCharging;
  const isPlugged = flagOf(findings, PLUGGED, bodies.get(PLUGGED)?.['value']);
  if (isPlugged !== undefined) reading.isPlugged = isPlugged;
}
