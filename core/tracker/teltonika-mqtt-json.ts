import { fail, ok, type Result } from '../base/result.ts';
import type { DecodedPacket, TrackerPacket } from './decoded-packet.ts';
import { isImei } from './device-id.ts';
import { readJsonPayload, readTextPayload } from './json-payload.ts';
import type { OdometerReading, Reading, ReadingDraft } from './reading.ts';
import { isBeforeAnyTracker } from './reading-time.ts';
import type { Refusal } from './refusal.ts';
import { type OdometerIo, teltonikaModel, type TeltonikaModel } from './teltonika-io.ts';
import { readPlainRecord } from './teltonika-plain-record.ts';
import { type Reported, reportedFromFields } from './teltonika-reported.ts';
import {
  BATTERY_PERCENT,
  Findings,
  HEADING_DEGREES,
  isFields,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  numberFrom,
  odometerFromText,
  RANGE_KM,
  shown,
  SPEED_KMH,
  type VendorFields,
} from './vendor-fields.ts';

const PROVIDER = 'teltonika-mqtt-json';

/** Where a Teltonika topic ends: `…/teltonika/<IMEI>/data` or `…/commands`. The payload names no device; the topic must. */
interface TeltonikaTopic {
  readonly imei: string;
  readonly channel: string;
}

/** True for a topic laid out as Teltonika's, whatever its IMEI is worth. */
export function isTeltonikaTopic(topic: string): boolean {
  return imeiStart(topic) > 0;
}

/**
 * Decodes a Teltonika MQTT JSON packet, of the device itself or of a gateway that turns binary records into JSON.
 * One record, so one time; odometers of other origins than the first follow as readings of their own, because two
 * series must never join. The context's model picks the meaning of the IO ids where model families differ.
 */
export function decodeTeltonikaMqttJson(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topic = teltonikaTopic(packet.topic);
  if (topic === null) return refuse('unknown-topic', `${shown(packet.topic)} is not …/teltonika/<IMEI>/data`);
  const { imei, channel } = topic;
  if (!isImei(imei)) return refuse('bad-device-id', `an IMEI has 15 digits; the topic has ${shown(imei)}`);
  if (channel === 'commands') return decodeCommand(imei, packet.payload);
  if (channel === 'data') return decodeData(imei, packet.payload, teltonikaModel(packet.context?.model));
  return refuse('unknown-resource', `the topic ends in ${shown(channel)}, not in data or commands`);
}

function teltonikaTopic(topic: string): TeltonikaTopic | null {
  const imeiAt = imeiStart(topic);
  if (imeiAt < 0) return null;
  const slashAt = topic.lastIndexOf('/');
  return { imei: topic.slice(imeiAt, slashAt), channel: topic.slice(slashAt + 1) };
}

const LITERAL = 'teltonika/';

/** Where the level after the literal `teltonika` starts when one more level follows it; else -1. */
function imeiStart(topic: string): number {
  const imeiAt = topic.lastIndexOf('/', topic.lastIndexOf('/') - 1) + 1;
  const literalAt = imeiAt - LITERAL.length;
  if (literalAt < 0 || !topic.startsWith(LITERAL, literalAt)) return -1;
  return literalAt === 0 || topic[literalAt - 1] === '/' ? imeiAt : -1;
}

/** What we or another program told the device, as JSON or plain text: nothing to meter, but text it must be. */
function decodeCommand(imei: string, payload: Uint8Array): Result<DecodedPacket, Refusal> {
  const text = readTextPayload(payload);
  return text.ok ? command(imei) : text;
}

function command(imei: string): Result<DecodedPacket, Refusal> {
  return ok({ provider: PROVIDER, kind: 'command', device: imei, readings: [] });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}

function reportedFields(document: unknown): VendorFields | null {
  if (!isFields(document) || !isFields(document['state'])) return null;
  const reported = document['state']['reported'];
  return isFields(reported) ? reported : null;
}

function decodeData(
  imei: string,
  payload: Uint8Array,
  model: TeltonikaModel,
): Result<DecodedPacket, Refusal> {
  const plain = readPlainRecord(payload);
  return plain === null ? decodeAnyData(imei, payload, model) : decodeRecord(imei, plain, model);
}

/** Whatever JSON.parse makes of the payload. What is read the quick way comes out the same here: a test holds the two together. */
export function decodeAnyData(
  imei: string,
  payload: Uint8Array,
  model: TeltonikaModel,
): Result<DecodedPacket, Refusal> {
  const json = readJsonPayload(payload);
  if (!json.ok) return json;
  const { document, text } = json.value;
  const reported = reportedFields(document);
  if (reported !== null && reported['ts'] !== undefined)
    return decodeRecord(imei, reportedFromFields(reported, text), model);
  if (isCommandAnswer(document, reported)) return command(imei);
  return reported === null
    ? refuse('unexpected-shape', `no {"state":{"reported":{…}}} in ${shown(document)}`)
    : refuse('unexpected-shape', 'the record has no time ("ts")');
}

/** `{"RSP":"…"}` of the device itself, or `command_response` among what a bridge reports. */
function isCommandAnswer(document: unknown, reported: VendorFields | null): boolean {
  if (reported !== null) return reported['command_response'] !== undefined;
  return isFields(document) && document['RSP'] !== undefined;
}

function decodeRecord(
  device: string,
  reported: Reported,
  model: TeltonikaModel,
): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const observedAtMs = recordTime(findings, reported.ts);
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  takePosition(findings, reading, reported);
  takeVehicleState(findings, reading, reported, model);
  takeTractionBattery(findings, reading, reported, model);
  const readings = withOdometers(reading, odometersIn(findings, reported, model));
  return findings.refusal === null
    ? ok({ provider: PROVIDER, kind: 'readings', device, readings })
    : fail(findings.refusal);
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

const SATELLITES: NumberRange = { name: 'satellites', min: 0, max: 255 };
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -32_768, max: 65_535 };
const HDOP_TENTHS: NumberRange = { name: 'hdop', min: 0, max: 65_535 };

function takePosition(findings: Findings, reading: ReadingDraft, reported: Reported): void {
  const satellites = numberFrom(findings, reported.sat, SATELLITES);
  if (satellites !== undefined) {
    reading.satellites = satellites;
    reading.hasGnssFix = satellites > 0;
  }
  takeCoordinates(findings, reading, reported);
  takeCourse(findings, reading, reported);
  const hdopTenths = numberFrom(findings, reported.io(182), HDOP_TENTHS);
  if (hdopTenths !== undefined) reading.hdop = hdopTenths / 10;
}

/** `"lat,lon"`, latitude first. No satellites, or 0/0, is the last known position or none: not a position (rule 8). */
function takeCoordinates(findings: Findings, reading: ReadingDraft, reported: Reported): void {
  const latlng = reported.latlng;
  if (latlng === undefined || latlng === null || latlng === '') return;
  const comma = typeof latlng === 'string' ? latlng.indexOf(',') : -1;
  if (typeof latlng !== 'string' || comma < 0) {
    findings.refuse('unexpected-shape', `latlng is ${shown(latlng)}, not "latitude,longitude"`);
    return;
  }
  const latitude = numberFrom(findings, latlng.slice(0, comma), LATITUDE_DEGREES);
  const longitude = numberFrom(findings, latlng.slice(comma + 1), LONGITUDE_DEGREES);
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
  const trackerBattery = numberFrom(findings, reported.io(113), BATTERY_PERCENT);
  if (trackerBattery !== undefined) reading.trackerBatteryPercent = trackerBattery;
  const trip = numberFrom(findings, reported.io(199), TRIP_METRES);
  if (trip !== undefined) reading.tripOdometerMetres = trip;
  const event = eventIn(reported, model);
  if (event !== undefined) reading.event = event;
}

function firstOf(reported: Reported, ids: readonly number[]): unknown {
  for (const id of ids) if (reported.io(id) !== undefined) return reported.io(id);
  return undefined;
}

function eventIn(reported: Reported, model: TeltonikaModel): string | undefined {
  for (const { id, eventByValue } of model.events) {
    const value = reported.io(id);
    const event = value === undefined ? undefined : eventByValue.get(Number(value));
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
    if (value === undefined || odometers.some((earlier) => earlier.origin === io.origin)) continue;
    const odometer = odometerOf(findings, value, io, reported);
    if (odometer !== undefined) odometers.push(odometer);
  }
  return odometers;
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

function withOdometers(main: ReadingDraft, odometers: readonly OdometerReading[]): readonly Reading[] {
  const [first, ...others] = odometers;
  if (first === undefined) return [main];
  main.odometer = first;
  if (others.length === 0) return [main];
  const { device, observedAtMs, isClockSuspect } = main;
  const suspect = isClockSuspect === true ? { isClockSuspect } : {};
  return [main, ...others.map((odometer) => ({ device, observedAtMs, ...suspect, odometer }))];
}
