import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, PacketContext, TrackerPacket } from '../decoded-packet.ts';
import { readJsonPayload } from '../json-payload.ts';
import { takeLabelledOdometer } from '../labelled-distance.ts';
import type { ReadingDraft } from '../reading.ts';
import { instantFromText, isBeforeAnyTracker } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { signalReadings } from './smartcar-signals.ts';
import { Findings, isFields, isNoValue, shown, type VendorFields } from '../vendor-fields.ts';

const PROVIDER = 'smartcar';

/**
 * The aggregator speaks HTTPS and has no topics: the bridge publishes each webhook body, and each item of a batch
 * answer, on one of ours, `smartcar/<vehicle id>`.
 */
export function isSmartcarTopic(topic: string): boolean {
  return topic.startsWith(PREFIX) && !topic.includes('/', PREFIX.length);
}

const PREFIX = 'smartcar/';

/** The aggregator's own name of a vehicle, a UUID; not the VIN. */
const VEHICLE_ID = /^[0-9A-Za-z_-]{1,64}$/;

/**
 * Decodes a webhook body or an item of a batch answer; the shape says which it is. Every signal of a webhook has its
 * own time, so a delivery may give several readings. One marked as a test is refused: nothing of it may be billed.
 */
export function decodeSmartcar(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const { topic, context } = packet;
  if (topic !== '' && !isSmartcarTopic(topic))
    return refuse('unknown-topic', `${shown(topic)} is not smartcar/<vehicle id>`);
  const asked = topic === '' ? null : topic.slice(PREFIX.length);
  if (asked !== null && !VEHICLE_ID.test(asked))
    return refuse('bad-device-id', `${shown(asked)} stands where the topic has the vehicle id, and is none`);
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  const { document, text } = json.value;
  if (!isFields(document)) return refuse('unexpected-shape', `the body is ${shown(document)}, not an object`);
  if (document['eventType'] !== undefined) return decodeWebhook(asked, document, text, context);
  if (document['path'] !== undefined) return decodeBatchItem(asked ?? '', document, text, context);
  return refuse('unexpected-shape', `neither an eventType nor a path in ${shown(document)}`);
}

function decodeWebhook(
  asked: string | null,
  document: VendorFields,
  text: string,
  context: PacketContext | undefined,
): Result<DecodedPacket, Refusal> {
  const { eventType, meta, data } = document;
  if (isFields(meta) && meta['mode'] === 'TEST')
    return refuse('test-message', 'the delivery is marked as a test (meta.mode)');
  if (!isFields(data)) return refuse('unexpected-shape', `data is ${shown(data)}, not an object`);
  // The challenge is answered over HTTPS by who receives the webhook; it is about no vehicle.
  if (eventType === 'VERIFY') return decoded('status', asked ?? '', []);
  const device = vehicleOf(asked, data['vehicle']);
  if (!device.ok) return device;
  if (eventType === 'VEHICLE_ERROR') return decoded('status', device.value, []);
  if (eventType !== 'VEHICLE_STATE')
    return refuse('unexpected-shape', `no event of this feed is called ${shown(eventType)}`);
  const findings = new Findings();
  const readings = signalReadings(findings, device.value, data['signals'], text, context?.knownUnit);
  return findings.refusal === null ? decoded('readings', device.value, readings) : fail(findings.refusal);
}

/** The topic's vehicle, which the body must not contradict: a delivery filed under another would be billed to it. */
function vehicleOf(asked: string | null, vehicle: unknown): Result<string, Refusal> {
  const named = isFields(vehicle) ? vehicle['id'] : undefined;
  if (typeof named !== 'string' || !VEHICLE_ID.test(named))
    return fail({ reason: 'bad-device-id', detail: `data.vehicle.id is ${shown(named)}, no vehicle id` });
  if (asked === null || asked === named) return ok(named);
  const detail = `the topic is about ${shown(asked)}, the body about ${shown(named)}`;
  return fail({ reason: 'bad-device-id', detail });
}

/** One answer of a batch request. The body says neither vehicle nor unit: the topic and a header do. */
function decodeBatchItem(
  device: string,
  item: VendorFields,
  text: string,
  context: PacketContext | undefined,
): Result<DecodedPacket, Refusal> {
  const { path, code, body } = item;
  if (code !== undefined && code !== 200)
    return refuse('vendor-error', `${shown(path)} was answered with ${shown(code)}: ${shown(body)}`);
  if (path !== '/odometer')
    return refuse('unknown-resource', `of batch answers only /odometer is read, not ${shown(path)}`);
  if (!isFields(body)) return refuse('unexpected-shape', `the body is ${shown(body)}, not an object`);
  const findings = new Findings();
  const observedAtMs = dataTime(findings, headerOf(item, context, 'sc-data-age'));
  const reading: ReadingDraft = { device, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  const distance = { value: body['distance'], json: text, path: ['body', 'distance'] };
  const label = unitLabel(findings, headerOf(item, context, 'sc-unit-system'));
  takeLabelledOdometer(findings, reading, distance, label, context?.knownUnit);
  if (findings.refusal !== null) return fail(findings.refusal);
  const isTaken = reading.odometer !== undefined || reading.unlabelledOdometer !== undefined;
  return decoded('readings', device, isTaken ? [reading] : []);
}

/** A header of the item itself, whatever its capitals, or of the answer the item came in. */
function headerOf(item: VendorFields, context: PacketContext | undefined, name: string): unknown {
  const headers = item['headers'];
  if (isFields(headers)) {
    for (const key of Object.keys(headers)) if (key.toLowerCase() === name) return headers[key];
  }
  return context?.headers?.[name];
}

/** When the car told its maker; without it there is no reading time, and the time of the poll is not one. */
function dataTime(findings: Findings, header: unknown): number | null {
  if (isNoValue(header)) return null;
  const instantMs = typeof header === 'string' ? instantFromText(header) : null;
  if (instantMs === null)
    findings.refuse('unexpected-shape', `sc-data-age is ${shown(header)}, not ISO 8601 with Z or an offset`);
  return instantMs;
}

function unitLabel(findings: Findings, system: unknown): 'km' | 'mi' | undefined {
  if (system === 'metric') return 'km';
  if (system === 'imperial') return 'mi';
  if (!isNoValue(system))
    findings.refuse('unexpected-shape', `sc-unit-system is ${shown(system)}, neither metric nor imperial`);
  return undefined;
}

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
