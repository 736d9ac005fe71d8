import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isVinInTopic } from '../device-id.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import type { ReadingDraft } from '../reading.ts';
import type { Refusal } from '../refusal.ts';
import { isTeslaFieldName, takeTeslaField } from './tesla-fields.ts';
import { isLevel, levelBefore } from '../topic-levels.ts';
import { Findings, isFields, shown } from '../vendor-fields.ts';

const PROVIDER = 'tesla-fleet-telemetry';

/** What stands to the right of the VIN in a topic, and the VIN. */
interface TeslaTopic {
  readonly vin: string;
  readonly channel: 'v' | 'alert' | 'alert-history' | 'error' | 'connectivity';
  /** The field, alert or error; empty for connectivity. */
  readonly name: string;
}

/** True for a topic laid out as Tesla's, whatever its VIN and field are worth. */
export function isTeslaTopic(topic: string): boolean {
  return teslaTopic(topic) !== null;
}

/**
 * Decodes one publish of Tesla's telemetry server: one field of one vehicle. Odometer and speed are in miles, also on
 * a car that shows kilometres. No field carries a time, so a reading has none (rule M2b).
 */
export function decodeTeslaFleetTelemetry(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topic = teslaTopic(packet.topic);
  if (topic === null)
    return refuse('unknown-topic', `${shown(packet.topic)} is not <base>/<VIN>/v/<Field> or a sibling`);
  if (!isVinInTopic(topic.vin)) {
    return refuse('bad-device-id', `${shown(topic.vin)} stands where the topic has the VIN, and is none`);
  }
  if (topic.channel === 'v' && !isTeslaFieldName(topic.name)) {
    return refuse('unknown-resource', `no field of this feed is called ${shown(topic.name)}`);
  }
  const json = readJsonPayload(packet.payload);
  if (!json.ok) return json;
  return topic.channel === 'v' ? decodeField(topic, json.value) : decodeStatus(topic, json.value.document);
}

/** Parsed from the right, because the base in front is configuration and may hold slashes itself. */
function teslaTopic(topic: string): TeslaTopic | null {
  const nameAt = topic.lastIndexOf('/') + 1;
  const branchAt = levelBefore(topic, nameAt);
  const vinAt = levelBefore(topic, branchAt);
  if (isLevel(topic, vinAt, branchAt, 'alerts')) {
    const channel = ALERT_CHANNELS.get(topic.slice(nameAt));
    if (channel !== undefined)
      return addressed(topic, levelBefore(topic, vinAt), vinAt, channel, branchAt, nameAt);
  }
  if (isLevel(topic, branchAt, nameAt, 'v')) return addressed(topic, vinAt, branchAt, 'v', nameAt);
  if (isLevel(topic, branchAt, nameAt, 'errors')) return addressed(topic, vinAt, branchAt, 'error', nameAt);
  if (topic.slice(nameAt) !== 'connectivity') return null;
  return addressed(topic, branchAt, nameAt, 'connectivity', topic.length);
}

const ALERT_CHANNELS: ReadonlyMap<string, TeslaTopic['channel']> = new Map([
  ['current', 'alert'],
  ['history', 'alert-history'],
]);

/** Null when the topic starts at the VIN: there is always a base in front of it. */
function addressed(
  topic: string,
  vinAt: number,
  vinNext: number,
  channel: TeslaTopic['channel'],
  nameAt: number,
  nameNext = topic.length + 1,
): TeslaTopic | null {
  if (vinAt === 0) return null;
  return { vin: topic.slice(vinAt, vinNext - 1), channel, name: topic.slice(nameAt, nameNext - 1) };
}

function decodeField(topic: TeslaTopic, payload: JsonPayload): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const reading: ReadingDraft = { device: topic.vin, vin: topic.vin, observedAtMs: null };
  const isTaken = takeTeslaField(findings, reading, topic.name, {
    value: payload.document,
    json: payload.text,
    path: [],
  });
  if (findings.refusal !== null) return fail(findings.refusal);
  return ok({ provider: PROVIDER, kind: 'readings', device: topic.vin, readings: isTaken ? [reading] : [] });
}

/** Alerts, errors and connectivity tell about the vehicle's systems and carry no reading; their shape is still checked. */
function decodeStatus(topic: TeslaTopic, document: unknown): Result<DecodedPacket, Refusal> {
  const problem = statusProblem(topic.channel, document);
  if (problem !== null) return refuse('unexpected-shape', problem);
  const status: DecodedPacket = { provider: PROVIDER, kind: 'status', device: topic.vin, readings: [] };
  const isOnline = topic.channel === 'connectivity' ? isOnlineIn(document) : undefined;
  return ok(isOnline === undefined ? status : { ...status, isOnline });
}

/** The only word of the feed on whether the vehicle can be reached; a silent one may just have nothing new to say. */
function isOnlineIn(document: unknown): boolean | undefined {
  const status = isFields(document) ? document['Status'] : undefined;
  return status === 'CONNECTED' || status === 'DISCONNECTED' ? status === 'CONNECTED' : undefined;
}

const CONNECTIVITY_STATUSES: readonly unknown[] = ['UNKNOWN', 'CONNECTED', 'DISCONNECTED'];

function statusProblem(channel: TeslaTopic['channel'], document: unknown): string | null {
  if (channel === 'alert-history') {
    const isHistory = Array.isArray(document) && document.every(isFields);
    return isHistory ? null : `an alert history is a list of objects, not ${shown(document)}`;
  }
  if (!isFields(document)) return `the payload is ${shown(document)}, not an object`;
  if (channel !== 'connectivity' || CONNECTIVITY_STATUSES.includes(document['Status'])) return null;
  return `Status is ${shown(document['Status'])}, none of ${CONNECTIVITY_STATUSES.join(', ')}`;
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
