import { flagOf, odometerOf, takePlace, vinOf } from '../json-fields.ts';
import type { ReadingDraft } from '../reading.ts';
import { isBeforeAnyTracker } from '../reading-time.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isNoValue,
  type NumberRange,
  numberFrom,
  SPEED_KMH,
  type VendorFields,
} from '../vendor-fields.ts';

/** 0 is no time; after the year 9999 a Date has no four-digit year, and the number is milliseconds by mistake. */
const FIX_TIME_S: NumberRange = { name: 'tst', min: 1, max: Date.UTC(9999, 11, 31) / 1_000 };
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -1_000, max: 20_000 };
const SUPPLY_VOLTS: NumberRange = { name: 'supply voltage', min: 0, max: 60 };
/** −1 is what phones write for a speed they do not know. */
const SPEED_OR_UNKNOWN: NumberRange = { ...SPEED_KMH, min: -1 };

/** Letters of the bridge, where small and capital ones are different things. */
const EVENT_BY_TRIGGER: ReadonlyMap<unknown, string> = new Map([
  ['!', 'tow'],
  ['e', 'unplugged'],
  ['h', 'harsh-driving'],
]);
const IGNITION_BY_TRIGGER: ReadonlyMap<unknown, boolean> = new Map([
  ['i', true],
  ['I', false],
]);
/** A sign of life: the time is now, the position is from earlier. */
const PING = 'p';

/** One `location` as a reading; `text` is the message as sent, for the odometer's digits. */
export function readOwnTracksLocation(
  findings: Findings,
  device: string,
  fields: VendorFields,
  text: string,
): ReadingDraft {
  const reading = timedReading(findings, device, fields);
  const { lat, lon } = fields as PlaceFields;
  if (isNoValue(lat) || isNoValue(lon)) {
    findings.refuse('unexpected-shape', 'the location has no latitude and longitude');
  }
  if (fields['t'] === PING) reading.hasGnssFix = false;
  takePlace(findings, reading, lat, lon);
  takeMotion(findings, reading, fields);
  takeVehicleState(findings, reading, fields);
  // Kilometres the tracker counted itself. A phone has none, and none is worked out from its positions.
  const field = { value: fields['odometer'], json: text, path: ['odometer'] };
  const odometer = odometerOf(findings, 'odometer', field, 'km', 'tracker');
  if (odometer !== undefined) reading.odometer = odometer;
  return reading;
}

/** Where a region was entered or left: a fix like any other when it says where and when; else nothing to hold. */
export function readOwnTracksTransition(
  findings: Findings,
  device: string,
  fields: VendorFields,
): readonly ReadingDraft[] {
  const { lat, lon } = fields as PlaceFields;
  if (isNoValue(fields['tst']) || isNoValue(lat) || isNoValue(lon)) return [];
  const reading = timedReading(findings, device, fields);
  takePlace(findings, reading, lat, lon);
  return [reading];
}

interface PlaceFields {
  readonly lat?: unknown;
  readonly lon?: unknown;
}

function timedReading(findings: Findings, device: string, fields: VendorFields): ReadingDraft {
  const seconds = numberFrom(findings, fields['tst'], FIX_TIME_S);
  if (seconds === undefined) findings.refuse('unexpected-shape', 'the message has no time ("tst")');
  const observedAtMs = seconds === undefined ? null : Math.round(seconds * 1_000);
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  return reading;
}

function takeMotion(findings: Findings, reading: ReadingDraft, fields: VendorFields): void {
  const altitude = numberFrom(findings, fields['alt'], ALTITUDE_METRES);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
  const heading = numberFrom(findings, fields['cog'], HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const speed = numberFrom(findings, fields['vel'], SPEED_OR_UNKNOWN);
  // With an old position the speed is old as well, and would show a parked car as moving.
  if (speed !== undefined && speed >= 0 && fields['t'] !== PING) reading.speedKmh = speed;
}

function takeVehicleState(findings: Findings, reading: ReadingDraft, fields: VendorFields): void {
  const percent = numberFrom(findings, fields['batt'], BATTERY_PERCENT);
  if (percent !== undefined) reading.trackerBatteryPercent = percent;
  const volts = numberFrom(findings, fields['uext'], SUPPLY_VOLTS);
  if (volts !== undefined) reading.externalVolts = volts;
  const ignition = flagOf(findings, 'ign', fields['ign']) ?? IGNITION_BY_TRIGGER.get(fields['t']);
  if (ignition !== undefined) reading.isIgnitionOn = ignition;
  const moving = flagOf(findings, 'motion', fields['motion']);
  if (moving !== undefined) reading.isMoving = moving;
  const event = flagOf(findings, 'tow', fields['tow']) === true ? 'tow' : EVENT_BY_TRIGGER.get(fields['t']);
  if (event !== undefined) reading.event = event;
  const vin = vinOf(fields['vin']);
  if (vin !== undefined) reading.vin = vin;
}
