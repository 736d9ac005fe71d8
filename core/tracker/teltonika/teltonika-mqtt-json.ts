import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isImei } from '../device-id.ts';
import { readJsonPayload, readTextPayload } from '../json-payload.ts';
import type { Refusal } from '../refusal.ts';
import { teltonikaModel, type TeltonikaModel } from './teltonika-io.ts';
import { readPlainRecord } from './teltonika-plain-record.ts';
import { readingsOfRecord } from './teltonika-record.ts';
import { type Reported, reportedFromFields } from './teltonika-reported.ts';
import { Findings, isFields, shown, type VendorFields } from '../vendor-fields.ts';

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
  splitPosition(findings, reported);
  const readings = readingsOfRecord(findings, device, reported, model);
  return findings.refusal === null
    ? ok({ provider: PROVIDER, kind: 'readings', device, readings })
    : fail(findings.refusal);
}

/** `"lat,lon"`, latitude first, unlike in the binary records. */
function splitPosition(findings: Findings, reported: Reported): void {
  const latlng = reported.latlng;
  if (latlng === undefined || latlng === null || latlng === '') return;
  const comma = typeof latlng === 'string' ? latlng.indexOf(',') : -1;
  if (typeof latlng !== 'string' || comma < 0) {
    findings.refuse('unexpected-shape', `latlng is ${shown(latlng)}, not "latitude,longitude"`);
    return;
  }
  reported.latitude = latlng.slice(0, comma);
  reported.longitude = latlng.slice(comma + 1);
}
