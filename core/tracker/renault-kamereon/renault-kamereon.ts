import { numberTextAt } from '../../base/json-number-text.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isVinInTopic } from '../device-id.ts';
import { readJsonPayload, readTextPayload } from '../json-payload.ts';
import type { OdometerReading, ReadingDraft } from '../reading.ts';
import { instantFromText, isBeforeAnyTracker } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { levelAfter } from '../topic-levels.ts';
import {
  BATTERY_PERCENT,
  Findings,
  HEADING_DEGREES,
  isFields,
  isNoValue,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  numberFrom,
  odometerFromText,
  RANGE_KM,
  shown,
  type VendorFields,
} from '../vendor-fields.ts';

const PROVIDER = 'renault-kamereon';

/**
 * The maker's interface is polled over HTTPS and has no topics: the bridge publishes each body on one of ours,
 * `kamereon/<VIN>/<resource>`, because the body does not say which resource it is.
 */
export function isKamereonTopic(topic: string): boolean {
  return resourceStart(topic) >= 0;
}

const PREFIX = 'kamereon/';

/** Where the third level starts; -1 when there is none, or one more. */
function resourceStart(topic: string): number {
  if (!topic.startsWith(PREFIX)) return -1;
  const resourceAt = levelAfter(topic, PREFIX.length);
  return resourceAt >= 0 && levelAfter(topic, resourceAt) < 0 ? resourceAt : -1;
}

/** Decodes an answer of the Kamereon interface, published by the bridge on `kamereon/<VIN>/<resource>`. */
export function decodeRenaultKamereon(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  if (packet.topic === '') return decodeEndpoint(packet.context?.resource ?? '', packet.payload);
  const resourceAt = resourceStart(packet.topic);
  if (resourceAt < 0) {
    return refuse('unknown-topic', `${shown(packet.topic)} is not kamereon/<VIN>/<resource>`);
  }
  const vin = packet.topic.slice(PREFIX.length, resourceAt - 1);
  const resource = packet.topic.slice(resourceAt);
  if (!isVinInTopic(vin))
    return refuse('bad-device-id', `${shown(vin)} stands where the topic has the VIN, and is none`);
  return decodeKamereonBody(packet.payload, resource, vin);
}

/** `cockpit`, or the path that was polled: `kca/car-adapter/v2/cars/<VIN>/cockpit`, where `{vin}` may stand for the VIN. */
function decodeEndpoint(endpoint: string, payload: Uint8Array): Result<DecodedPacket, Refusal> {
  const levels = endpoint.split('/');
  const vin = levels[levels.lastIndexOf('cars') + 1];
  const isVinGiven = levels.includes('cars') && vin !== undefined && isVinInTopic(vin);
  return decodeKamereonBody(payload, levels.at(-1) ?? '', isVinGiven ? vin : null);
}

/** Decodes a body on its own. `vin` is the vehicle that was asked for; null takes the one the body names. */
export function decodeKamereonBody(
  payload: Uint8Array,
  resource: string,
  vin: string | null,
): Result<DecodedPacket, Refusal> {
  const data = readData(payload);
  if (!data.ok) return data;
  const { fields, text } = data.value;
  const device = vehicleOf(vin, fields['id']);
  if (!device.ok) return device;
  const attributes = fields['attributes'] ?? {};
  if (!isFields(attributes)) {
    return refuse('unexpected-shape', `attributes are ${shown(attributes)}, not an object`);
  }
  // A valid empty answer, whichever resource was asked for.
  if (Object.keys(attributes).length === 0) return decoded(device.value, 'readings', []);
  if (!Object.hasOwn(TAKE_BY_RESOURCE, resource)) {
    return refuse('unknown-resource', `no resource of this feed is called ${shown(resource)}`);
  }
  return decodeAttributes(device.value, TAKE_BY_RESOURCE[resource] ?? null, { fields: attributes, text });
}

/** The vehicle asked for, which the body must not contradict: an answer filed under another car would be billed to it. */
function vehicleOf(asked: string | null, named: unknown): Result<string, Refusal> {
  if (asked !== null && named !== undefined && named !== asked) {
    const detail = `the topic is about ${shown(asked)}, the body about ${shown(named)}`;
    return fail({ reason: 'bad-device-id', detail });
  }
  const device = asked ?? named;
  if (typeof device === 'string' && isVinInTopic(device)) return ok(device);
  return fail({ reason: 'bad-device-id', detail: `the body's id ${shown(device)} is no VIN` });
}

function decoded(
  device: string,
  kind: DecodedPacket['kind'],
  readings: DecodedPacket['readings'],
): Result<DecodedPacket, Refusal> {
  return ok({ provider: PROVIDER, kind, device, readings });
}

/** What a resource says, and the text it was parsed from. */
interface KamereonAttributes {
  readonly fields: VendorFields;
  readonly text: string;
}

/** The body's `data`. An answer with `errors`, or the gateway's HTML page, is the feed's failure and not a reading of 0. */
function readData(payload: Uint8Array): Result<KamereonAttributes, Refusal> {
  const json = readJsonPayload(payload);
  if (!json.ok) return isHtml(payload) ? vendorError('the gateway answered with an HTML page') : json;
  const { document, text } = json.value;
  if (!isFields(document)) return unexpected(`the body is ${shown(document)}, not an object`);
  const errors = document['errors'];
  if (Array.isArray(errors) && errors.length > 0) return vendorError(errorText(errors[0]));
  const data = document['data'];
  return isFields(data)
    ? ok({ fields: data, text })
    : unexpected(`the body has no "data" object: ${shown(document)}`);
}

function isHtml(payload: Uint8Array): boolean {
  const text = readTextPayload(payload);
  return text.ok && text.value.trimStart().startsWith('<');
}

function errorText(error: unknown): string {
  return isFields(error) ? `${shown(error['errorCode'])}: ${shown(error['errorMessage'])}` : shown(error);
}

function vendorError(detail: string): { readonly ok: false; readonly error: Refusal } {
  return fail({ reason: 'vendor-error', detail });
}

function unexpected(detail: string): { readonly ok: false; readonly error: Refusal } {
  return fail({ reason: 'unexpected-shape', detail });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}

/** Takes a resource's attributes into the reading; true when they gave something. */
type TakeResource = (findings: Findings, reading: ReadingDraft, attributes: KamereonAttributes) => boolean;

/** Every resource we know. The last ones hold nothing a reading has room for, so they are a status. */
const TAKE_BY_RESOURCE: Readonly<Record<string, TakeResource | null>> = {
  cockpit: takeCockpit,
  'battery-status': takeBattery,
  location: takeLocation,
  'lock-status': takeLock,
  'hvac-status': null,
  'charge-mode': null,
  charges: null,
  pressure: null,
  'res-state': null,
};

function decodeAttributes(
  device: string,
  take: TakeResource | null,
  attributes: KamereonAttributes,
): Result<DecodedPacket, Refusal> {
  if (take === null) return decoded(device, 'status', []);
  const findings = new Findings();
  const observedAtMs = readingTime(findings, attributes.fields);
  const reading: ReadingDraft = { device, vin: device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  const isTaken = take(findings, reading, attributes);
  if (findings.refusal !== null) return fail(findings.refusal);
  return decoded(device, 'readings', isTaken ? [reading] : []);
}

/** Most odometers come without a time: null, and never the time of the poll in its place. */
function readingTime(findings: Findings, attributes: VendorFields): number | null {
  const time = attributes['timestamp'] ?? attributes['lastUpdateTime'];
  if (isNoValue(time)) return null;
  const instantMs = typeof time === 'string' ? instantFromText(time) : null;
  if (instantMs === null) {
    findings.refuse('unexpected-shape', `the time is ${shown(time)}, not ISO 8601 with Z or an offset`);
  }
  return instantMs;
}

function takeCockpit(findings: Findings, reading: ReadingDraft, attributes: KamereonAttributes): boolean {
  const odometer = odometerOf(findings, attributes);
  if (odometer !== undefined) reading.odometer = odometer;
  return odometer !== undefined;
}

/** Kilometres, whole ones on newer cars and with two decimals on older ones. */
function odometerOf(findings: Findings, { fields, text }: KamereonAttributes): OdometerReading | undefined {
  const mileage = fields['totalMileage'];
  if (isNoValue(mileage)) return undefined;
  if (typeof mileage === 'string') return odometerFromText(findings, mileage, 'km', 'vehicle');
  if (typeof mileage === 'number') {
    const rawText = numberTextAt(text, ['data', 'attributes', 'totalMileage'], mileage);
    return odometerFromText(findings, rawText, 'km', 'vehicle');
  }
  findings.refuse('unexpected-shape', `totalMileage is ${shown(mileage)}, not a number`);
  return undefined;
}

const ANY_STATUS = { name: 'status', min: -2_147_483_648, max: 2_147_483_647 };
const CHARGING = 1;
const CHARGING_UNAVAILABLE = -1.1;

function takeBattery(findings: Findings, reading: ReadingDraft, { fields }: KamereonAttributes): boolean {
  const percent = numberFrom(findings, fields['batteryLevel'], BATTERY_PERCENT);
  if (percent !== undefined) reading.batteryPercent = percent;
  const rangeKm = numberFrom(findings, fields['batteryAutonomy'], RANGE_KM);
  if (rangeKm !== undefined) reading.rangeMetres = Math.round(rangeKm * 1000);
  const plug = numberFrom(findings, fields['plugStatus'], ANY_STATUS);
  // −1 is an error and −2147483648 unknown: neither says whether the cable is in.
  if (plug === 0 || plug === 1) reading.isPlugged = plug === 1;
  const charging = numberFrom(findings, fields['chargingStatus'], ANY_STATUS);
  // Planned, ended, waiting, flap open and feeding the house are all not charging: only 1.0 is.
  if (charging !== undefined && charging !== CHARGING_UNAVAILABLE) reading.isCharging = charging === CHARGING;
  return [percent, rangeKm, reading.isPlugged, reading.isCharging].some((value) => value !== undefined);
}

function takeLocation(findings: Findings, reading: ReadingDraft, { fields }: KamereonAttributes): boolean {
  const latitude = numberFrom(findings, fields['gpsLatitude'], LATITUDE_DEGREES);
  const longitude = numberFrom(findings, fields['gpsLongitude'], LONGITUDE_DEGREES);
  if (latitude === undefined || longitude === undefined) return false;
  if (latitude === 0 && longitude === 0) {
    reading.hasGnssFix = false;
    return true;
  }
  reading.latitudeDegrees = latitude;
  reading.longitudeDegrees = longitude;
  const heading = numberFrom(findings, fields['gpsDirection'], HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  return true;
}

function takeLock(findings: Findings, reading: ReadingDraft, { fields }: KamereonAttributes): boolean {
  const status = fields['lockStatus'];
  if (isNoValue(status)) return false;
  if (status !== 'locked' && status !== 'unlocked') {
    findings.refuse('unexpected-shape', `lockStatus is ${shown(status)}, neither locked nor unlocked`);
    return false;
  }
  reading.isLocked = status === 'locked';
  return true;
}
