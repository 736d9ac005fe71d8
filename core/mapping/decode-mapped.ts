import { fail, ok, type Result } from '../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../tracker/decoded-packet.ts';
import { isDeviceName } from '../tracker/device-id.ts';
import type { Reading } from '../tracker/reading.ts';
import type { Refusal } from '../tracker/refusal.ts';
import { Findings, shown } from '../tracker/vendor-fields.ts';
import { ExactNumbers } from './exact-numbers.ts';
import { valueOf } from './expression.ts';
import type { Mapping, MessageRules } from './mapping.ts';
import { type PayloadDocument, readPayload } from './read-payload.ts';
import { takeReadings } from './take-readings.ts';
import { namesIn, type TopicNames } from './topic-pattern.ts';

/** True for a topic that one of the mapping's messages comes in on. */
export function isMappedTopic({ messages }: Mapping, topic: string): boolean {
  for (const { topic: pattern } of messages) if (namesIn(pattern, topic) !== null) return true;
  return false;
}

/** Decodes a packet as its mapping file says, under the rules of every decoder: one impossible value refuses all of it. */
export function decodeMapped(mapping: Mapping, packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  // The first message of the file that takes the topic.
  for (const message of mapping.messages) {
    const names = namesIn(message.topic, packet.topic);
    if (names !== null) return decodeMessage(mapping, message, names, packet.payload);
  }
  return refuse('unknown-topic', `${shown(packet.topic)} is no topic of ${mapping.provider}`);
}

function decodeMessage(
  { provider }: Mapping,
  message: MessageRules,
  names: TopicNames,
  bytes: Uint8Array,
): Result<DecodedPacket, Refusal> {
  const payload = readPayload(message.payload, bytes);
  if (!payload.ok) return payload;
  const device = deviceOf(message, names, payload.value.document);
  if (!device.ok) return device;
  const { scope } = names;
  if (scope !== null && !isName(scope))
    return refuse('bad-device-id', `${shown(scope)} stands where the topic has the account, and is none`);
  const readings = readingsIn(message, device.value, payload.value);
  if (!readings.ok) return readings;
  return ok(decoded(provider, device.value, scope, readings.value));
}

function decoded(
  provider: Mapping['provider'],
  device: string,
  scope: string | null,
  found: readonly Reading[] | null,
): DecodedPacket {
  const kind = found === null ? 'status' : 'readings';
  const readings = found ?? NO_READINGS;
  return scope === null ? { provider, kind, device, readings } : { provider, kind, device, scope, readings };
}

const NO_READINGS: readonly Reading[] = [];

function refuse(reason: Refusal['reason'], detail: string): { readonly ok: false; readonly error: Refusal } {
  return fail({ reason, detail });
}

/** The device by topic, by payload, or by both: then they must agree, or a reading would be billed to another vehicle. */
function deviceOf(
  { device, payload }: MessageRules,
  names: TopicNames,
  document: unknown,
): Result<string, Refusal> {
  if (device === null) return deviceNamed(names.device, 'stands where the topic has the device');
  const lines: readonly unknown[] =
    payload.format === 'csv' && Array.isArray(document) ? document : [document];
  const found = lines.map((line) => valueOf(device, line, document));
  const [first] = found;
  if (first?.ok === false) return refuse('unexpected-shape', `device: ${first.error}`);
  const named = typeof first?.value === 'number' ? String(first.value) : first?.value;
  if (found.some((other) => !other.ok || other.value !== first?.value))
    return refuse('bad-device-id', 'the lines of the packet are about several devices');
  if (names.device !== null && named !== names.device) {
    const detail = `the topic is about ${shown(names.device)}, the packet about ${shown(named)}`;
    return refuse('bad-device-id', detail);
  }
  return deviceNamed(named, 'stands where the packet has the device');
}

function deviceNamed(name: unknown, where: string): Result<string, Refusal> {
  return typeof name === 'string' && isName(name)
    ? ok(name)
    : refuse('bad-device-id', `${shown(name)} ${where}, and is none`);
}

/** A name that came in a packet must not look like two levels of a topic. */
function isName(text: string): boolean {
  return isDeviceName(text) && !text.includes('/');
}

/** Oldest first; null when the mapping passes over every record of the packet. */
function readingsIn(
  message: MessageRules,
  device: string,
  { document, json }: PayloadDocument,
): Result<readonly Reading[] | null, Refusal> {
  const exact = json !== null && message.needsExactNumbers ? new ExactNumbers(json, document) : null;
  const findings = new Findings();
  const readings: Reading[] = [];
  if (message.records === null && message.payload.format !== 'csv') {
    const packet = { record: document, document, json, exact };
    const isTaken = takeReadings(findings, message, device, packet, readings);
    if (findings.refusal !== null) return fail(findings.refusal);
    return ok(isTaken ? withOneClock(readings) : null);
  }
  const records = recordsIn(message, document);
  if (!records.ok) return records;
  let taken = 0;
  for (const record of records.value) {
    const isTaken = takeReadings(findings, message, device, { record, document, json, exact }, readings);
    if (isTaken) taken += 1;
    if (findings.refusal !== null) return fail(findings.refusal);
  }
  const isPassedOver = taken === 0 && records.value.length > 0;
  return ok(isPassedOver ? null : withOneClock(readings.sort(compareTimes)));
}

function compareTimes(a: Reading, b: Reading): number {
  return (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0);
}

/** A clock that was not set for one record of a packet was not set for the others. */
function withOneClock(readings: readonly Reading[]): readonly Reading[] {
  const isSuspect = readings.some(({ isClockSuspect }) => isClockSuspect === true);
  return isSuspect ? readings.map((reading) => ({ ...reading, isClockSuspect: true })) : readings;
}

/** A gateway's longest backlog in one packet; more would keep every other vehicle waiting. */
const RECORDS_MAX = 1_000;

function recordsIn(
  { records, payload }: MessageRules,
  document: unknown,
): Result<readonly unknown[], Refusal> {
  const list = records === null ? ok(document) : valueOf(records, document, document);
  if (!list.ok) return refuse('unexpected-shape', `records: ${list.error}`);
  if (!Array.isArray(list.value))
    return refuse('unexpected-shape', `records are ${shown(list.value)}, not a list`);
  const found: readonly unknown[] = list.value;
  if (found.length > RECORDS_MAX)
    return refuse('unexpected-shape', `${found.length} records; ${RECORDS_MAX} are the most of a packet`);
  const wrong = payload.format === 'json' ? found.findIndex((record) => !isRecord(record)) : -1;
  return wrong < 0
    ? ok(found)
    : refuse('unexpected-shape', `a record is ${shown(found[wrong])}, neither an object nor a list`);
}

function isRecord(record: unknown): boolean {
  return typeof record === 'object' && record !== null;
}
