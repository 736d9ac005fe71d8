import type { DistanceUnit } from '../../base/distance.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isDeviceName } from '../device-id.ts';
import { flagOf, takePlace, vinOf } from '../json-fields.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import type { ReadingDraft } from '../reading.ts';
import { instantFromText, isBeforeAnyTracker } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { withOdometers } from '../split-odometers.ts';
import { traccarEvent } from './traccar-events.ts';
import { takeTraccarOdometers } from './traccar-odometers.ts';
import {
  BATTERY_PERCENT,
  Findings,
  HEADING_DEGREES,
  isFields,
  isNoValue,
  type NumberRange,
  numberFrom,
  shown,
  type VendorFields,
} from '../vendor-fields.ts';

const PROVIDER = 'traccar';

/** The server forwards all its devices on one topic: `positions`, or whatever ends in it. */
export function isTraccarTopic(topic: string): boolean {
  return topic === 'positions' || topic.endsWith('/positions');
}

/**
 * Decodes a position forwarded by a Traccar server, which has decoded the tracker's own message before us. Odometers of
 * several origins in one position are readings of their own.
 */
export function decodeTraccar(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  if (packet.topic !== '' && !isTraccarTopic(packet.topic))
    return refuse('unknown-topic', `${shown(packet.topic)} does not end in positions`);
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  const { document } = json.value;
  if (!isFields(document) || !isFields(document['device']))
    return refuse('unexpected-shape', `no {"position":{…},"device":{…}} in ${shown(document)}`);
  const { uniqueId } = document['device'];
  if (typeof uniqueId !== 'string' || !isDeviceName(uniqueId))
    return refuse('bad-device-id', `device.uniqueId is ${shown(uniqueId)}, and names no device`);
  const { position } = document;
  // Nulls are left out: a device that never had a position is forwarded without one.
  if (position === undefined || position === null) return decoded('status', uniqueId, []);
  if (!isFields(position)) return refuse('unexpected-shape', `position is ${shown(position)}, not an object`);
  return decodePosition(uniqueId, position, json.value, packet.context?.knownUnit);
}

function decodePosition(
  device: string,
  position: VendorFields,
  { text }: JsonPayload,
  knownUnit: DistanceUnit | undefined,
): Result<DecodedPacket, Refusal> {
  const attributes = position['attributes'] ?? {};
  if (!isFields(attributes))
    return refuse('unexpected-shape', `attributes are ${shown(attributes)}, not an object`);
  const findings = new Findings();
  const isValid = flagOf(findings, 'valid', position['valid']);
  const observedAtMs = readingTime(findings, position, isValid);
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  if (isValid !== undefined) reading.hasGnssFix = isValid;
  takeWhereabouts(findings, reading, position);
  takeAttributes(findings, reading, attributes);
  const odometers = takeTraccarOdometers(findings, reading, {
    protocol: position['protocol'],
    attributes,
    json: text,
    knownUnit,
  });
  if (findings.refusal !== null) return fail(findings.refusal);
  return decoded('readings', device, withOdometers(reading, odometers));
}

/**
 * The time of the fix. A report without one repeats the last position with its old time, so then it is the time of the
 * device's message, or none. The server's own time is when it heard of it, and never when it was read.
 */
function readingTime(
  findings: Findings,
  position: VendorFields,
  isValid: boolean | undefined,
): number | null {
  const fixTimeMs = instantOf(findings, 'fixTime', position['fixTime']);
  const deviceTimeMs = instantOf(findings, 'deviceTime', position['deviceTime']);
  return isValid === false ? deviceTimeMs : (fixTimeMs ?? deviceTimeMs);
}

function instantOf(findings: Findings, name: string, time: unknown): number | null {
  if (isNoValue(time)) return null;
  const instantMs = typeof time === 'string' ? instantFromText(time) : null;
  if (instantMs === null)
    findings.refuse('unexpected-shape', `${name} is ${shown(time)}, not ISO 8601 with Z or an offset`);
  return instantMs;
}

const SPEED_KNOTS: NumberRange = { name: 'speed in knots', min: 0, max: 270 };
const KMH_PER_KNOT = 1.852;
/** A thousandth of a km/h: finer than any tracker, coarser than the noise of two conversions. */
const SPEED_STEPS_PER_KMH = 1_000;
const ALTITUDE_METRES: NumberRange = { name: 'altitude', min: -32_768, max: 65_535 };

function takeWhereabouts(findings: Findings, reading: ReadingDraft, position: VendorFields): void {
  takePlace(findings, reading, position['latitude'], position['longitude']);
  const altitude = numberFrom(findings, position['altitude'], ALTITUDE_METRES);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
  const heading = numberFrom(findings, position['course'], HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const knots = numberFrom(findings, position['speed'], SPEED_KNOTS);
  if (knots !== undefined)
    reading.speedKmh = Math.round(knots * KMH_PER_KNOT * SPEED_STEPS_PER_KMH) / SPEED_STEPS_PER_KMH;
}

/** `charge` is left out: it says whether the tracker's own battery is being charged, not the car's. */
function takeAttributes(findings: Findings, reading: ReadingDraft, attributes: VendorFields): void {
  const vin = vinOf(attributes['vin']);
  if (vin !== undefined) reading.vin = vin;
  const isIgnitionOn = flagOf(findings, 'ignition', attributes['ignition']);
  if (isIgnitionOn !== undefined) reading.isIgnitionOn = isIgnitionOn;
  const isMoving = flagOf(findings, 'motion', attributes['motion']);
  if (isMoving !== undefined) reading.isMoving = isMoving;
  const power = numberFrom(findings, attributes['power'], POWER);
  if (power !== undefined && power <= SUPPLY_VOLTS_MAX) reading.externalVolts = power;
  const trackerBattery = numberFrom(findings, attributes['batteryLevel'], BATTERY_PERCENT);
  if (trackerBattery !== undefined) reading.trackerBatteryPercent = trackerBattery;
  const event = traccarEvent(findings, attributes['alarm']);
  if (event !== undefined) reading.event = event;
}

/** Volts from most devices; from some millivolts or a percentage, so what is no vehicle's supply is left out. */
const POWER: NumberRange = { name: 'power', min: 0, max: 1_000_000 };
const SUPPLY_VOLTS_MAX = 60;

function decoded(
  kind: DecodedPacket['kind'],
  device: string,
  readings: DecodedPacket['readings'],
): Result<DecodedPacket, Refusal> {
  return ok({ provider: PROVIDER, kind, device, readings });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
