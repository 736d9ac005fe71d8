import { type JsonPath, numberTextAt } from '../base/json-number-text.ts';
import type { ReadingDraft } from './reading.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  isNoValue,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  numberFrom,
  odometerFromText,
  shown,
} from './vendor-fields.ts';

/** A field's value as parsed, and where it stands in which JSON text: an odometer is taken from its spelling. */
export interface TeslaValue {
  readonly value: unknown;
  readonly json: string;
  readonly path: JsonPath;
}

/** Takes one field into the reading; true when it gave something. */
type TakeField = (findings: Findings, reading: ReadingDraft, field: TeslaValue) => boolean;

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
const TAKE_BY_FIELD: Readonly<Record<string, TakeField>> = {
  Odometer: takeOdometer,
  VehicleSpeed: takeSpeed,
  Location: takeLocation,
  GpsHeading: takeHeading,
  Soc: takeBattery,
  BatteryLevel: takeBattery,
  RatedRange: takeRange,
  Gear: takeGear,
  DetailedChargeState: takeChargeState,
  Locked: takeLocked,
};

/** The fields are members of an enum that grows with the firmware: a name we do not know is no fault, a malformed one is. */
const FIELD_NAME = /^[A-Z][A-Za-z0-9_]{0,63}$/;

export function isTeslaFieldName(name: string): boolean {
  return FIELD_NAME.test(name);
}

/** Takes a field's value into the reading. False when there is nothing to take: an invalid value, a field we do not use. */
export function takeTeslaField(
  findings: Findings,
  reading: ReadingDraft,
  name: string,
  field: TeslaValue,
): boolean {
  const take = Object.hasOwn(TAKE_BY_FIELD, name) ? TAKE_BY_FIELD[name] : undefined;
  return take !== undefined && !isNoValue(field.value) && take(findings, reading, field);
}

function takeOdometer(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const { value } = field;
  if (typeof value !== 'number' && typeof value !== 'string') {
    findings.refuse('unexpected-shape', `Odometer is ${shown(value)}, neither a number nor a number as text`);
    return false;
  }
  const rawText = typeof value === 'string' ? value : numberTextAt(field.json, field.path, value);
  const odometer = odometerFromText(findings, rawText, 'mi', 'vehicle');
  if (odometer !== undefined) reading.odometer = odometer;
  return odometer !== undefined;
}

function takeSpeed(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const mph = numberFrom(findings, field.value, SPEED_MPH);
  if (mph !== undefined) reading.speedKmh = Math.round(mph * SPEED_STEPS_PER_MPH) / SPEED_STEPS_PER_KMH;
  return mph !== undefined;
}

function takeHeading(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const heading = numberFrom(findings, field.value, HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  return heading !== undefined;
}

function takeBattery(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const percent = numberFrom(findings, field.value, BATTERY_PERCENT);
  if (percent !== undefined) reading.batteryPercent = percent;
  return percent !== undefined;
}

function takeRange(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const miles = numberFrom(findings, field.value, RANGE_MILES);
  if (miles !== undefined) reading.rangeMetres = Math.round(miles * METRES_PER_MILE);
  return miles !== undefined;
}

/** `(37.412374 N, 122.145867 W)`: how older firmware writes a location when the server has not converted it. */
const LOCATION_TEXT = /^\((\d+(?:\.\d+)?) ([NS]), (\d+(?:\.\d+)?) ([EW])\)$/;

function takeLocation(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const place = placeOf(field.value);
  if (place === null) {
    findings.refuse('unexpected-shape', `Location is ${shown(field.value)}, not a latitude and a longitude`);
    return false;
  }
  const latitude = numberFrom(findings, place.latitude, LATITUDE_DEGREES);
  const longitude = numberFrom(findings, place.longitude, LONGITUDE_DEGREES);
  if (latitude === undefined || longitude === undefined) return false;
  if (latitude === 0 && longitude === 0) {
    reading.hasGnssFix = false;
    return true;
  }
  reading.latitudeDegrees = latitude;
  reading.longitudeDegrees = longitude;
  return true;
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

function takeGear(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  const state = enumMember(findings, field.value, 'ShiftState');
  const gear = GEAR_BY_STATE.get(state);
  if (gear !== undefined) reading.gear = gear;
  return gear !== undefined;
}

function takeChargeState(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
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

function takeLocked(findings: Findings, reading: ReadingDraft, field: TeslaValue): boolean {
  if (field.value !== true && field.value !== false) {
    findings.refuse('unexpected-shape', `Locked is ${shown(field.value)}, neither true nor false`);
    return false;
  }
  reading.isLocked = field.value;
  return true;
}
