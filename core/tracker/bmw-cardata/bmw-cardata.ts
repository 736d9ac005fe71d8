import type { DistanceUnit } from '../../base/distance.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { type BmwSource, isBmwDescriptor, takeBmwDescriptors } from './bmw-cardata-descriptors.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isVin } from '../device-id.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import { instantFromText } from '../reading-time.ts';
import { Moments, readingsByTime } from '../readings-by-time.ts';
import type { Refusal } from '../refusal.ts';
import {
  Findings,
  isFields,
  isNoValue,
  type NumberRange,
  numberFrom,
  shown,
  type VendorFields,
} from '../vendor-fields.ts';

const PROVIDER = 'bmw-cardata';

/** What a topic says: which car, and what the payload is. */
type BmwTopic =
  | { readonly payload: 'message'; readonly vin: string }
  | { readonly payload: 'property'; readonly vin: string; readonly property: string }
  | { readonly payload: 'bridge-status' };

/** True for the maker's own topic, `<GCID>/<VIN>`, and for those of the bridges that publish it again. */
export function isBmwTopic(topic: string): boolean {
  const slashAt = topic.indexOf('/');
  if (slashAt <= 0) return false;
  // Two levels could be anybody's, unless the second is a VIN.
  if (slashAt === topic.lastIndexOf('/')) return topic === BRIDGE_STATUS || isVin(topic.slice(slashAt + 1));
  return topic.startsWith('bmw/') && bmwTopic(topic) !== null;
}

const BRIDGE_STATUS = 'bmw/status';

function bmwTopic(topic: string): BmwTopic | null {
  if (topic === BRIDGE_STATUS) return { payload: 'bridge-status' };
  const levels = topic.split('/');
  const [base, branch = '', vin = '', property = ''] = levels;
  if (levels.length === 2) return { payload: 'message', vin: branch };
  if (levels.length !== 4 || base !== 'bmw') return null;
  if (branch === 'raw') return { payload: 'message', vin };
  return branch === 'vehicles' ? { payload: 'property', vin, property } : null;
}

/**
 * Decodes a message of BMW's and MINI's own feed. Every descriptor has its own time, so a message may give several
 * readings. An odometer without a unit is evidence only, unless the context says in which unit the car reports.
 */
export function decodeBmwCarData(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  // Tried by hand without a topic, a message names its car itself.
  const topic = packet.topic === '' ? ({ payload: 'message', vin: null } as const) : bmwTopic(packet.topic);
  if (topic === null)
    return refuse('unknown-topic', `${shown(packet.topic)} is not <GCID>/<VIN> or one of a bridge`);
  if (topic.payload !== 'bridge-status' && topic.vin !== null && !isVin(topic.vin)) {
    return refuse('bad-device-id', `${shown(topic.vin)} stands where the topic has the VIN, and is none`);
  }
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  const knownUnit = packet.context?.knownUnit;
  switch (topic.payload) {
    case 'bridge-status':
      return decodeBridgeStatus(json.value.document);
    case 'property':
      return decodeProperty(topic.vin, topic.property, json.value, knownUnit);
    case 'message':
      return decodeMessage(topic.vin, json.value, knownUnit);
  }
}

/** The bridge's own connection: it names no car. */
function decodeBridgeStatus(document: unknown): Result<DecodedPacket, Refusal> {
  if (typeof document !== 'boolean')
    return refuse('unexpected-shape', `the status is ${shown(document)}, neither true nor false`);
  return ok({ provider: PROVIDER, kind: 'status', device: '', readings: [] });
}

/** One descriptor on a topic of its own; its time, where it has one, is in Unix seconds. */
function decodeProperty(
  vin: string,
  property: string,
  { document, text }: JsonPayload,
  knownUnit: DistanceUnit | undefined,
): Result<DecodedPacket, Refusal> {
  if (!isFields(document))
    return refuse('unexpected-shape', `the property is ${shown(document)}, not an object`);
  const findings = new Findings();
  const moments = new Moments<VendorFields>();
  const seconds = numberFrom(findings, document['timestamp'], UNIX_SECONDS);
  moments.add(seconds === undefined ? null : Math.round(seconds * 1000), property, document);
  return decoded(findings, vin, moments, { json: text, pathOf: () => ['value'], knownUnit });
}

/** Until the year 9999; beyond it a Date cannot be written as ISO 8601 with four digits. */
const UNIX_SECONDS: NumberRange = { name: 'timestamp', min: 0, max: Date.UTC(9999, 11, 31) / 1000 };

function decodeMessage(
  asked: string | null,
  { document, text }: JsonPayload,
  knownUnit: DistanceUnit | undefined,
): Result<DecodedPacket, Refusal> {
  if (!isFields(document) || !isFields(document['data']))
    return refuse('unexpected-shape', `no {"vin":…,"data":{…}} in ${shown(document)}`);
  const vin = vehicleOf(asked, document['vin']);
  if (!vin.ok) return vin;
  const findings = new Findings();
  const moments = new Moments<VendorFields>();
  const data = document['data'];
  for (const name of Object.keys(data)) {
    if (isBmwDescriptor(name)) addDescriptor(findings, moments, name, data[name]);
  }
  const pathOf: BmwSource['pathOf'] = (name) => ['data', name, 'value'];
  return decoded(findings, vin.value, moments, { json: text, pathOf, knownUnit });
}

/** The topic's car, which the body must not contradict: a message filed under another car would be billed to it. */
function vehicleOf(asked: string | null, named: unknown): Result<string, Refusal> {
  const vin = asked ?? named;
  if (typeof vin !== 'string' || !isVin(vin))
    return fail({ reason: 'bad-device-id', detail: `the body's vin ${shown(vin)} is no VIN` });
  if (named === undefined || named === vin) return ok(vin);
  const detail = `the topic is about ${shown(vin)}, the body about ${shown(named)}`;
  return fail({ reason: 'bad-device-id', detail });
}

function addDescriptor(
  findings: Findings,
  moments: Moments<VendorFields>,
  name: string,
  descriptor: unknown,
): void {
  if (descriptor === null) return;
  if (!isFields(descriptor)) {
    findings.refuse('unexpected-shape', `${name} is ${shown(descriptor)}, not an object`);
    return;
  }
  moments.add(descriptorTime(findings, name, descriptor['timestamp']), name, descriptor);
}

/** The descriptor's own time or none: the message's time is when it was sent, which may be hours later. */
function descriptorTime(findings: Findings, name: string, time: unknown): number | null {
  if (isNoValue(time)) return null;
  const instantMs = typeof time === 'string' ? instantFromText(time) : null;
  if (instantMs === null)
    findings.refuse(
      'unexpected-shape',
      `the time of ${name} is ${shown(time)}, not ISO 8601 with Z or an offset`,
    );
  return instantMs;
}

function decoded(
  findings: Findings,
  vin: string,
  moments: Moments<VendorFields>,
  source: BmwSource,
): Result<DecodedPacket, Refusal> {
  const readings = readingsByTime(moments.oldestFirst(), vin, vin, (reading, descriptors) =>
    takeBmwDescriptors(findings, reading, descriptors, source),
  );
  return findings.refusal === null
    ? ok({ provider: PROVIDER, kind: 'readings', device: vin, readings })
    : fail(findings.refusal);
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
