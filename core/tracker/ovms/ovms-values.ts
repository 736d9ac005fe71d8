import { isVin } from '../device-id.ts';
import type { ReadingDraft } from '../reading.ts';
import { flagAs, gearAs, kilometresAs, numberAs, takeOdometerKm, type TakeText } from '../text-values.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  SPEED_KMH,
} from '../vendor-fields.ts';

const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -1_000, max: 20_000 };
const SATELLITES: NumberRange = { name: 'satellites', min: 0, max: 255 };
const HDOP: NumberRange = { name: 'hdop', min: 0, max: 1_000 };
const VOLTS: NumberRange = { name: '12 V voltage', min: 0, max: 60 };
const TRIP_KM: NumberRange = { name: 'trip in km', min: 0, max: 1_000_000 };

/** The feed numbers directions rather than gears: 1 is forward. */
const GEAR_BY_NUMBER: ReadonlyMap<string, string> = new Map([
  ['-1', 'R'],
  ['0', 'N'],
  ['1', 'D'],
]);

/**
 * The metrics that say something a reading holds, each in its native unit whatever the owner's display shows. Of the
 * two ranges the estimated one is used. Power is not: a reading has no room for it, and its sign is the other way
 * round. Everything that begins with `x` is a car module's own.
 */
export const TAKE_BY_METRIC: ReadonlyMap<string, TakeText> = new Map<string, TakeText>([
  // Six significant digits: whole kilometres from 100,000 on, and "1.05e+06" from a million.
  ['v/p/odometer', takeOdometerKm],
  ['v/p/trip', kilometresAs('tripOdometerMetres', TRIP_KM)],
  ['v/p/latitude', coordinateAs('latitudeDegrees', LATITUDE_DEGREES)],
  ['v/p/longitude', coordinateAs('longitudeDegrees', LONGITUDE_DEGREES)],
  ['v/p/direction', numberAs('headingDegrees', HEADING_DEGREES)],
  ['v/p/altitude', numberAs('altitudeMetres', ALTITUDE_METRES)],
  ['v/p/speed', numberAs('speedKmh', SPEED_KMH)],
  ['v/p/gpsspeed', numberAs('speedKmh', SPEED_KMH)],
  ['v/p/gpslock', flagAs('hasGnssFix', 'v.p.gpslock', 'yes', 'no')],
  ['v/p/gpshdop', numberAs('hdop', HDOP)],
  ['v/p/satcount', numberAs('satellites', SATELLITES)],
  ['v/b/soc', numberAs('batteryPercent', BATTERY_PERCENT)],
  ['v/b/range/est', kilometresAs('rangeMetres')],
  ['v/b/12v/voltage', numberAs('externalVolts', VOLTS)],
  ['v/c/charging', flagAs('isCharging', 'v.c.charging', 'yes', 'no')],
  ['v/e/on', flagAs('isIgnitionOn', 'v.e.on', 'yes', 'no')],
  ['v/e/gear', gearAs('v.e.gear', GEAR_BY_NUMBER)],
  ['v/e/locked', flagAs('isLocked', 'v.e.locked', 'yes', 'no')],
  ['v/vin', takeVin],
]);

/**
 * Latitude and longitude are topics of their own, so a reading has just the one that came; who joins two of them must
 * know that they are not of one moment. Exactly 0 is what a receiver shows before its first fix.
 */
function coordinateAs(key: 'latitudeDegrees' | 'longitudeDegrees', range: NumberRange): TakeText {
  const take = numberAs(key, range);
  return (findings, reading, text) => Number(text) !== 0 && take(findings, reading, text);
}

/** Car modules that cannot read the VIN send whatever they have instead; only a VIN is one. */
function takeVin(_findings: Findings, reading: ReadingDraft, text: string): boolean {
  if (!isVin(text)) return false;
  reading.vin = text;
  return true;
}

/** What an event says about the vehicle's state; every other event says nothing a reading holds. */
export const STATE_BY_EVENT: ReadonlyMap<string, OvmsState> = new Map<string, OvmsState>([
  ['vehicle.on', { isIgnitionOn: true }],
  ['vehicle.off', { isIgnitionOn: false }],
  ['vehicle.charge.start', { isCharging: true }],
  ['vehicle.charge.stop', { isCharging: false }],
  ['vehicle.charge.finished', { isCharging: false }],
  ['vehicle.locked', { isLocked: true }],
  ['vehicle.unlocked', { isLocked: false }],
  // A parked car that moves without being driven: towed, or stolen on a flatbed.
  ['location.alert.flatbed.moved', { event: 'tow' }],
]);

/** Alerts go out beside the events, under shorter names. */
export const STATE_BY_ALERT: ReadonlyMap<string, OvmsState> = new Map<string, OvmsState>([
  ['flatbed.moved', { event: 'tow' }],
]);

export interface OvmsState {
  readonly isIgnitionOn?: boolean;
  readonly isCharging?: boolean;
  readonly isLocked?: boolean;
  readonly event?: string;
}
