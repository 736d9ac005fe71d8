import { isVin } from '../device-id.ts';
import type { OdometerReading, Reading, ReadingDraft } from '../reading.ts';
import { isBeforeAnyTracker } from '../reading-time.ts';
import { withOdometers } from '../split-odometers.ts';
import { type OdometerIo, type TeltonikaModel, VIN_IDS } from './teltonika-io.ts';
import type { Reported } from './teltonika-reported.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  numberFrom,
  odometerFromText,
  RANGE_KM,
  shown,
  SPEED_KMH,
} from '../vendor-fields.ts';

/**
 * What a Teltonika record means, binary or JSON. One record has one time; odometers of other origins than the first
 * follow as readings of their own, because two series must never join. What is wrong with it stands in the findings.
 */
export function readingsOfRecord(
  findings: Findings,
  device: string,
  reported: Reported,
  model: TeltonikaModel,
): readonly Reading[] {
  const observedAtMs = recordTime(findings, reported.ts);
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  takeVin(reading, reported);
  takeVehicleState(findings, reading, reported, model);
  takePosition(findings, reading, reported, model);
  takeTractionBattery(findings, reading, reported, model);
  return withOdometers(reading, odometersIn(findings, reported, model));
}

/** Until the year 9999; beyond it a Date cannot be written as ISO 8601 with four digits. */
const RECORD_TIME: NumberRange = { name: 'ts', min: 0, max: Date.UTC(9999, 11, 31) };

/** Every record has a time. One without would be metered at receipt, which is wrong for a record that was buffered. */
function recordTime(findings: Findings, ts: unknown): number | null {
  const timeMs = numberFrom(findings, ts, RECORD_TIME);
  if (timeMs === undefined) findings.refuse('unexpected-shape', 'the record has no time ("ts")');
  else if (!Number.isInteger(timeMs))
    findings.refuse('unexpected-shape', `ts ${timeMs} is not whole milliseconds`);
  return timeMs ?? null;
}

/** A vehicle that does not tell its VIN leaves the element blank, or half filled: that is no VIN, and nothing wrong. */
function takeVin(reading: ReadingDraft, reported: Reported): void {
  for (const id of VIN_IDS) {
    const text = reported.io(id);
    if (typeof text !== 'string' || !isVin(text)) continue;
    reading.vin = text;
    return;
  }
}

const SATELLITES: NumberRange = { name: 'satellites', min: 0, max: 255 };
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -32_768, max: 65_535 };
const HDOP_TENTHS: NumberRange = { name: 'hdop', min: 0, max: 65_535 };

/** Comes after the speed, which says whether the receiver is awake. */
function takePosition(
  findings: Findings,
  reading: ReadingDraft,
  reported: Reported,
  model: TeltonikaModel,
): void {
  const satellites = numberFrom(findings, reported.sat, SATELLITES);
  if (satellites !== undefined) {
    reading.satellites = satellites;
    reading.hasGnssFix = satellites > 0;
  }
  if (isWithoutFix(reading, reported, model)) reading.hasGnssFix = false;
  takeCoordinates(findings, reading, reported);
  takeCourse(findings, reading, reported);
  const hdopTenths = numberFrom(findings, reported.io(182), HDOP_TENTHS);
  if (hdopTenths !== undefined) reading.hdop = hdopTenths / 10;
}

/**
 * The receiver itself says that it has no fix, whatever the number of satellites. A sleeping one measures no speed: some
 * families write its 3 for a fix while they drive.
 */
function isWithoutFix(reading: ReadingDraft, reported: Reported, model: TeltonikaModel): boolean {
  const state = model.gnssStateId === null ? undefined : reported.io(model.gnssStateId);
  if (state === undefined) return false;
  switch (Number(state)) {
    case 0:
    case 2:
      return true;
    case 3:
      return reading.speedKmh === undefined || reading.speedKmh === 0;
    default:
      return false;
  }
}

/** Without a fix, or at 0/0, it is the last known position or none: not a position (rule 8). */
function takeCoordinates(findings: Findings, reading: ReadingDraft, reported: Reported): void {
  const latitude = numberFrom(findings, reported.latitude, LATITUDE_DEGREES);
  const longitude = numberFrom(findings, reported.longitude, LONGITUDE_DEGREES);
  if (latitude === undefined || longitude === undefined) return;
  if (latitude === 0 && longitude === 0) reading.hasGnssFix = false;
  if (reading.hasGnssFix === false || isPrivate(reported)) return;
  reading.latitudeDegrees = latitude;
  reading.longitudeDegrees = longitude;
}

/** The driver has asked for private mode: the position is withheld, whatever the record says. */
function isPrivate(reported: Reported): boolean {
  return Number(reported.io(391)) === 1;
}

function takeCourse(findings: Findings, reading: ReadingDraft, reported: Reported): void {
  const altitude = numberFrom(findings, reported.alt, ALTITUDE_METRES);
  if (altitude !== undefined) reading.altitudeMetres = signed16(altitude);
  const heading = numberFrom(findings, reported.ang, HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
}

/** Gateways write two-byte signed values as unsigned: 65531 is −5. */
function signed16(value: number): number {
  return value > 32_767 ? value - 65_536 : value;
}

const SWITCH: NumberRange = { name: 'on/off', min: 0, max: 1 };
const MILLIVOLTS: NumberRange = { name: 'external voltage', min: 0, max: 65_535 };
const TRIP_METRES: NumberRange = { name: 'trip odometer', min: 0, max: 4_294_967_295 };

function takeVehicleState(
  findings: Findings,
  reading: ReadingDraft,
  reported: Reported,
  model: TeltonikaModel,
): void {
  const speed = numberFrom(findings, reported.sp ?? firstOf(reported, model.speedIds), SPEED_KMH);
  if (speed !== undefined) reading.speedKmh = speed;
  const ignition = numberFrom(findings, reported.io(239), SWITCH);
  if (ignition !== undefined) reading.isIgnitionOn = ignition === 1;
  const movement = numberFrom(findings, reported.io(240), SWITCH);
  if (movement !== undefined) reading.isMoving = movement === 1;
  const millivolts = numberFrom(findings, reported.io(66), MILLIVOLTS);
  if (millivolts !== undefined) reading.externalVolts = millivolts / 1000;
  const trackerBattery = numberFrom(findings, ioOf(reported, model.trackerBatteryId), BATTERY_PERCENT);
  if (trackerBattery !== undefined) reading.trackerBatteryPercent = trackerBattery;
  const trip = numberFrom(findings, reported.io(199), TRIP_METRES);
  if (trip !== undefined) reading.tripOdometerMetres = trip;
  const event = eventIn(reported, model);
  if (event !== undefined) reading.event = event;
}

function ioOf(reported: Reported, id: number | null): unknown {
  return id === null ? undefined : reported.io(id);
}

function firstOf(reported: Reported, ids: readonly number[]): unknown {
  for (const id of ids) if (reported.io(id) !== undefined) return reported.io(id);
  return undefined;
}

function eventIn(reported: Reported, model: TeltonikaModel): string | undefined {
  for (const { id, eventByValue, isNewsOnlyAsCause } of model.events) {
    const value = reported.io(id);
    if (value === undefined || (isNewsOnlyAsCause && Number(reported.evt) !== id)) continue;
    const event = eventByValue.get(Number(value));
    if (event !== undefined) return event;
  }
  return undefined;
}

function takeTractionBattery(
  findings: Findings,
  reading: ReadingDraft,
  reported: Reported,
  model: TeltonikaModel,
): void {
  if (model.tractionBatteryIds.length === 0) return;
  const level = numberFrom(findings, firstOf(reported, model.tractionBatteryIds), BATTERY_PERCENT);
  if (level !== undefined) reading.batteryPercent = level;
  const charging = numberFrom(findings, reported.io(410), SWITCH);
  if (charging !== undefined) reading.isCharging = charging === 1;
  const rangeKm = numberFrom(findings, reported.io(755) ?? reported.io(866), RANGE_KM);
  if (rangeKm !== undefined) reading.rangeMetres = rangeKm * 1000;
}

function odometersIn(
  findings: Findings,
  reported: Reported,
  model: TeltonikaModel,
): readonly OdometerReading[] {
  const odometers: OdometerReading[] = [];
  for (const io of model.odometers) {
    const value = reported.io(io.id);
    if (value === undefined || hasOrigin(odometers, io)) continue;
    const odometer = odometerOf(findings, value, io, reported);
    if (odometer !== undefined) odometers.push(odometer);
  }
  return odometers;
}

function hasOrigin(odometers: readonly OdometerReading[], { origin }: OdometerIo): boolean {
  for (const earlier of odometers) if (earlier.origin === origin) return true;
  return false;
}

function odometerOf(
  findings: Findings,
  value: unknown,
  io: OdometerIo,
  reported: Reported,
): OdometerReading | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return odometerFromText(findings, value, io.unit, io.origin);
  if (typeof value === 'number') {
    const rawText = reported.ioNumberText(io.id, value);
    return odometerFromText(findings, rawText, io.unit, io.origin);
  }
  findings.refuse('unexpected-shape', `odometer (IO ${io.id}) is ${shown(value)}, not a number`);
  return undefined;
}
