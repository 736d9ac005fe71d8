import type { JsonPath } from '../../base/json-number-text.ts';
import type { OdometerOrigin } from '../../protocol/book.ts';
import { flagOf, odometerOf, takePlace, vinOf } from '../json-fields.ts';
import type { OdometerReading, Reading, ReadingDraft } from '../reading.ts';
import { withOdometers } from '../split-odometers.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isFields,
  type NumberRange,
  numberFrom,
  SPEED_KMH,
  type VendorFields,
} from '../vendor-fields.ts';

/** A flat message and its JSON text, which still has every digit of its mileages. */
export interface FlespiMessage {
  readonly fields: VendorFields;
  readonly json: string;
  /** The one value of a message that has no keys; a message with keys has each value under its own. */
  readonly path: JsonPath | null;
}

/** Unix seconds, fractional down to a microsecond, until the year 9999: later dates have no four-digit year. */
const UNIX_SECONDS: NumberRange = { name: 'timestamp', min: 0, max: Date.UTC(9999, 11, 31) / 1000 };

/** A time in Unix seconds as epoch milliseconds; null where there is none. */
export function timeOfSeconds(findings: Findings, value: unknown): number | null {
  const seconds = numberFrom(findings, value, UNIX_SECONDS);
  return seconds === undefined ? null : Math.round(seconds * 1000);
}

/** Every message has a time. One without would be metered at receipt, which is wrong for a message that was stored. */
export function timeOfMessage(findings: Findings, value: unknown): number | null {
  const timeMs = timeOfSeconds(findings, value);
  if (timeMs === null) findings.refuse('unexpected-shape', 'the message has no time ("timestamp")');
  return timeMs;
}

/**
 * Takes a message into a reading that has its device and time; mileages of further origins follow as readings of their
 * own. A key is there only if the device sent it: what is absent is neither 0 nor false.
 */
export function takeFlespiMessage(
  findings: Findings,
  reading: ReadingDraft,
  message: FlespiMessage,
): readonly Reading[] {
  const { fields } = message;
  takePosition(findings, reading, fields);
  takeState(findings, reading, fields);
  takeEvent(reading, fields);
  return withOdometers(reading, odometersIn(findings, message));
}

/** The keys of a position: flat in the message, or in an object of its own. */
const FLAT = {
  valid: 'position.valid',
  satellites: 'position.satellites',
  hdop: 'position.hdop',
  latitude: 'position.latitude',
  longitude: 'position.longitude',
  altitude: 'position.altitude',
  direction: 'position.direction',
  speed: 'position.speed',
} as const;

type PositionKeys = Readonly<Record<keyof typeof FLAT, string>>;

const NESTED: PositionKeys = {
  valid: 'valid',
  satellites: 'satellites',
  hdop: 'hdop',
  latitude: 'latitude',
  longitude: 'longitude',
  altitude: 'altitude',
  direction: 'direction',
  speed: 'speed',
};

const SATELLITES: NumberRange = { name: 'satellites', min: 0, max: 255 };
const HDOP: NumberRange = { name: 'hdop', min: 0, max: 10_000 };
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -32_768, max: 65_535 };

/** Some feeds carry both forms; then the flat one is read, and nothing of the other. */
function takePosition(findings: Findings, reading: ReadingDraft, message: VendorFields): void {
  const { position } = message;
  if (isFields(position) && message[FLAT.latitude] === undefined)
    takePositionFields(findings, reading, position, NESTED);
  else takePositionFields(findings, reading, message, FLAT);
}

/** Without `position.valid` a position is valid, unless its own satellites, HDOP or 0/0 say that there is no fix. */
function takePositionFields(
  findings: Findings,
  reading: ReadingDraft,
  fields: VendorFields,
  keys: PositionKeys,
): void {
  const isValid = flagOf(findings, 'position.valid', fields[keys.valid]);
  if (isValid !== undefined) reading.hasGnssFix = isValid;
  const satellites = numberFrom(findings, fields[keys.satellites], SATELLITES);
  if (satellites !== undefined) reading.satellites = satellites;
  const hdop = numberFrom(findings, fields[keys.hdop], HDOP);
  if (hdop !== undefined) reading.hdop = hdop;
  if (satellites === 0 || hdop === 0) reading.hasGnssFix = false;
  takePlace(findings, reading, fields[keys.latitude], fields[keys.longitude]);
  const altitude = numberFrom(findings, fields[keys.altitude], ALTITUDE_METRES);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
  const heading = numberFrom(findings, fields[keys.direction], HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const speed = numberFrom(findings, fields[keys.speed], SPEED_KMH);
  if (speed !== undefined) reading.speedKmh = speed;
}

const EXTERNAL_VOLTS: NumberRange = { name: 'external voltage', min: 0, max: 1_000 };

/** `battery.*` is the tracker's own battery, and `external.powersource.*` the 12 V side: neither is the car's charge. */
function takeState(findings: Findings, reading: ReadingDraft, fields: VendorFields): void {
  const vin = vinOf(fields['vehicle.vin']);
  if (vin !== undefined) reading.vin = vin;
  const isIgnitionOn = flagOf(findings, 'engine.ignition.status', fields['engine.ignition.status']);
  if (isIgnitionOn !== undefined) reading.isIgnitionOn = isIgnitionOn;
  const isMoving = flagOf(findings, 'movement.status', fields['movement.status']);
  if (isMoving !== undefined) reading.isMoving = isMoving;
  const volts = numberFrom(findings, fields['external.powersource.voltage'], EXTERNAL_VOLTS);
  if (volts !== undefined) reading.externalVolts = volts;
  const trackerBattery = numberFrom(findings, fields['battery.level'], BATTERY_PERCENT);
  if (trackerBattery !== undefined) reading.trackerBatteryPercent = trackerBattery;
  const isBuffered = flagOf(findings, 'message.buffered.status', fields['message.buffered.status']);
  if (isBuffered !== undefined) reading.isBuffered = isBuffered;
}

/** The gravest first: a reading carries one event. Devices send false all day; only true is one. */
const EVENTS: readonly (readonly [string, string])[] = [
  ['shock.event.trigger', 'shock'],
  ['towing.event.trigger', 'tow'],
  ['towing.alarm.status', 'tow'],
  ['gsm.jamming.event.trigger', 'jamming'],
  ['alarm.event.trigger', 'alarm'],
  ['harsh.braking.event.trigger', 'harsh-braking'],
  ['harsh.acceleration.event.trigger', 'harsh-acceleration'],
  ['harsh.cornering.event.trigger', 'harsh-cornering'],
  ['geofence.event.enter', 'geofence-enter'],
  ['geofence.event.exit', 'geofence-exit'],
];

function takeEvent(reading: ReadingDraft, fields: VendorFields): void {
  for (const [key, event] of EVENTS) {
    if (fields[key] !== true) continue;
    reading.event = event;
    return;
  }
}

/**
 * Kilometres, the gateway's unit for every mileage; the preferred first. `vehicle.mileage` does not say who counted it,
 * the vehicle or the device. It is named 'vehicle' so that it is never joined with the two counters that do say: three
 * keys, three origins, three series. The mileage of a segment is no odometer and is left out.
 */
const MILEAGES: readonly { readonly key: string; readonly origin: OdometerOrigin }[] = [
  { key: 'can.vehicle.mileage', origin: 'can' },
  { key: 'vehicle.mileage', origin: 'vehicle' },
  { key: 'gnss.vehicle.mileage', origin: 'tracker' },
  // The older name of the one before.
  { key: 'gps.vehicle.mileage', origin: 'tracker' },
];

function odometersIn(findings: Findings, { fields, json, path }: FlespiMessage): readonly OdometerReading[] {
  const odometers: OdometerReading[] = [];
  for (const { key, origin } of MILEAGES) {
    const value = fields[key];
    if (value === undefined || odometers.some((earlier) => earlier.origin === origin)) continue;
    const odometer = odometerOf(findings, key, { value, json, path: path ?? [key] }, 'km', origin);
    if (odometer !== undefined) odometers.push(odometer);
  }
  return odometers;
}
