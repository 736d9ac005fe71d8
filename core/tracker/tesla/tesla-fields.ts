import { flagOf, type JsonField, odometerOf, takePlace } from '../json-fields.ts';
import type { ReadingDraft } from '../reading.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  isNoValue,
  type NumberRange,
  numberFrom,
  shown,
} from '../vendor-fields.ts';

/** Takes one field into the reading; true when it gave something. */
type TakeField = (findings: Findings, reading: ReadingDraft, field: JsonField) => boolean;

/** A ten-thousandth of a km/h: the noise of the multiplication goes, the last digit sent stays. */
const SPEED_STEPS_PER_KMH = 10_000;
const SPEED_STEPS_PER_MPH = 16_093.44;
const METRES_PER_MILE = 1609.344;
const SPEED_MPH: NumberRange = { name: 'speed in mph', min: 0, max: 310 };
const RANGE_MILES: NumberRange = { name: 'range in miles', min: 0, max: 3_000 };

/**
 * The fields of the feed that say something a reading holds. Of the three ranges RatedRange is the one used; of the
 * two charge states the newer. SettingDistanceUnit is what the screen shows, never the unit of the feed.
 */
const TAKE_BY_FIELD: ReadonlyMap<string, TakeField> = new Map([
  ['Odometer', takeOdometer],
  ['VehicleSpeed', takeSpeed],
  ['Location', takeLocation],
  ['GpsHeading', takeHeading],
  ['GpsState', takeFix],
  ['Soc', takeStateOfCharge],
  ['BatteryLevel', takeBatteryLevel],
  ['RatedRange', takeRange],
  ['Gear', takeGear],
  ['DetailedChargeState', takeChargeState],
  ['Locked', takeLocked],
]);

/** The fields are members of an enum that grows with the firmware: a name we do not know is no fault, a malformed one is. */
const FIELD_NAME = /^[A-Z][A-Za-z0-9_]{0,63}$/;

export function isTeslaFieldName(name: string): boolean {
  return TAKE_BY_FIELD.has(name) || FIELD_NAME.test(name);
}

/** True for a field that says something a reading holds; the feed has hundreds of others. */
export function isUsedTeslaField(name: string): boolean {
  return TAKE_BY_FIELD.has(name);
}

/** Takes a field's value into the reading. False when there is nothing to take: an invalid value, a field we do not use. */
export function takeTeslaField(
  findings: Findings,
  reading: ReadingDraft,
  name: string,
  field: JsonField,
): boolean {
  const take = TAKE_BY_FIELD.get(name);
  return take !== undefined && !isNoValue(field.value) && take(findings, reading, field);
}

function takeOdometer(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const odometer = odometerOf(findings, 'Odometer', field, 'mi', 'vehicle');
  if (odometer !== undefined) reading.odometer = odometer;
  return odometer !== undefined;
}

function takeSpeed(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const mph = numberFrom(findings, field.value, SPEED_MPH);
  if (mph !== undefined) reading.speedKmh = Math.round(mph * SPEED_STEPS_PER_MPH) / SPEED_STEPS_PER_KMH;
  return mph !== undefined;
}

function takeHeading(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const heading = numberFrom(findings, field.value, HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  return heading !== undefined;
}

/** Without a fix the location is the last known one; what else but true and false this field holds is not documented. */
function takeFix(_findings: Findings, reading: ReadingDraft, { value }: JsonField): boolean {
  if (value !== true && value !== false) return false;
  reading.hasGnssFix = value && reading.hasGnssFix !== false;
  if (!reading.hasGnssFix) {
    delete reading.latitudeDegrees;
    delete reading.longitudeDegrees;
  }
  return true;
}

/** What the driver sees, so it wins over the battery's own level when a record has both, whichever comes first. */
function takeStateOfCharge(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const percent = numberFrom(findings, field.value, BATTERY_PERCENT);
  if (percent !== undefined) reading.batteryPercent = percent;
  return percent !== undefined;
}

function takeBatteryLevel(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const percent = numberFrom(findings, field.value, BATTERY_PERCENT);
  if (percent !== undefined) reading.batteryPercent ??= percent;
  return percent !== undefined;
}

function takeRange(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const miles = numberFrom(findings, field.value, RANGE_MILES);
  if (miles !== undefined) reading.rangeMetres = Math.round(miles * METRES_PER_MILE);
  return miles !== undefined;
}

/** `(37.412374 N, 122.145867 W)`: how older firmware writes a location when the server has not converted it. */
const LOCATION_TEXT = /^\((\d+(?:\.\d+)?) ([NS]), (\d+(?:\.\d+)?) ([EW])\)$/;

function takeLocation(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const place = placeOf(field.value);
  if (place === null) {
    findings.refuse('unexpected-shape', `Location is ${shown(field.value)}, not a latitude and a longitude`);
    return false;
  }
  takePlace(findings, reading, place.latitude, place.longitude);
  return reading.latitudeDegrees !== undefined || reading.hasGnssFix === false;
}

interface Place {
  readonly latitude: unknown;
  readonly longitude: unknown;
}

function placeOf(value: unknown): Place | null {
  if (isFields(value)) return { latitude: value['latitude'], longitude: value['longitude'] };
  const match = typeof value === 'string' ? LOCATION_TEXT.exec(value) : null;
  if (match === null) return null;
  const [, latitude, northSouth, longitude, eastWest] = match;
  return {
    latitude: Number(latitude) * (northSouth === 'S' ? -1 : 1),
    longitude: Number(longitude) * (eastWest === 'W' ? -1 : 1),
  };
}

/** Park, reverse, neutral, drive; Invalid, SNA and Unknown, and members added later, name no gear. */
const GEAR_BY_STATE: ReadonlyMap<string, string> = new Map([
  ['ShiftStateP', 'P'],
  ['ShiftStateR', 'R'],
  ['ShiftStateN', 'N'],
  ['ShiftStateD', 'D'],
]);

function takeGear(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const state = enumMember(findings, field.value, 'ShiftState');
  const gear = GEAR_BY_STATE.get(state);
  if (gear !== undefined) reading.gear = gear;
  return gear !== undefined;
}

function takeChargeState(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const state = enumMember(findings, field.value, 'DetailedChargeState');
  if (state === '' || state === 'DetailedChargeStateUnknown') return false;
  reading.isCharging = state === 'DetailedChargeStateCharging';
  return true;
}

/** The member's full name, as the server writes it; '' and a refusal for anything else. */
function enumMember(findings: Findings, value: unknown, enumName: string): string {
  if (typeof value === 'string' && value.startsWith(enumName)) return value;
  findings.refuse('unexpected-shape', `${shown(value)} is no member of ${enumName}`);
  return '';
}

function takeLocked(findings: Findings, reading: ReadingDraft, field: JsonField): boolean {
  const locked = flagOf(findings, 'Locked', field.value);
  if (locked !== undefined) reading.isLocked = locked;
  return locked !== undefined;
}
