import type { JsonPath } from '../base/json-number-text.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { DecodedPacket, TrackerPacket } from './decoded-packet.ts';
import { isVinInTopic } from './device-id.ts';
import { type JsonPayload, readJsonPayload } from './json-payload.ts';
import type { ReadingDraft } from './reading.ts';
import { instantFromText, isBeforeAnyTracker } from './reading-time.ts';
import type { Refusal } from './refusal.ts';
import { isTeslaFieldName, takeTeslaField } from './tesla-fields.ts';
import { Findings, isFields, shown, type VendorFields } from './vendor-fields.ts';

/** One record: many fields of one vehicle at one time. */
interface TeslaRecord {
  readonly vin: unknown;
  readonly createdAt: unknown;
  readonly isResend: unknown;
  readonly values: readonly NamedValue[];
}

interface NamedValue {
  readonly name: string;
  readonly value: unknown;
  readonly path: JsonPath;
}

/**
 * Decodes a whole record of Tesla's telemetry server, as its Kafka or log output writes it. No topic is needed: the
 * record names the vehicle and, unlike a publish of one field, its time and whether it was sent again.
 */
export function decodeTeslaRecordJson({
  payload,
}: Pick<TrackerPacket, 'payload'>): Result<DecodedPacket, Refusal> {
  const json = readJsonPayload(payload);
  if (!json.ok) return json;
  const record = recordOf(json.value.document);
  if (record === null) {
    return fail({ reason: 'unexpected-shape', detail: `no record of fields: ${shown(json.value.document)}` });
  }
  const { vin } = record;
  if (typeof vin !== 'string' || !isVinInTopic(vin)) {
    return fail({ reason: 'bad-device-id', detail: `the record's vin ${shown(vin)} is none` });
  }
  return decodeRecord(vin, record, json.value);
}

function recordOf(document: unknown): TeslaRecord | null {
  if (!isFields(document)) return null;
  const { vin, createdAt, isResend, data } = document as VendorFields & KafkaRecord;
  if (Array.isArray(data)) return { vin, createdAt, isResend, values: data.flatMap(datumValue) };
  const { Vin, CreatedAt, IsResend, ...fields } = document as VendorFields & LoggerRecord;
  if (Vin === undefined) return null;
  const values = Object.entries(fields).map(([name, value]) => unwrapped(name, value, [name]));
  return { vin: Vin, createdAt: CreatedAt, isResend: IsResend, values };
}

interface KafkaRecord {
  readonly vin?: unknown;
  readonly createdAt?: unknown;
  readonly isResend?: unknown;
  readonly data?: unknown;
}

interface LoggerRecord {
  readonly Vin?: unknown;
  readonly CreatedAt?: unknown;
  readonly IsResend?: unknown;
}

function datumValue(datum: unknown, index: number): NamedValue[] {
  if (!isFields(datum) || typeof datum['key'] !== 'string') return [];
  return [unwrapped(datum['key'], datum['value'], ['data', index, 'value'])];
}

/** `{"doubleValue":1.5}` is 1.5 and `{"invalid":true}` is no value; anything else stands for itself. */
function unwrapped(name: string, value: unknown, path: JsonPath): NamedValue {
  const [only, ...others] = isFields(value) ? Object.entries(value) : [];
  if (only === undefined || others.length > 0) return { name, value, path };
  const [kind, inner] = only;
  if (kind === 'invalid') return { name, value: null, path };
  return kind.endsWith('Value') ? { name, value: inner, path: [...path, kind] } : { name, value, path };
}

function decodeRecord(
  vin: string,
  record: TeslaRecord,
  payload: JsonPayload,
): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const observedAtMs = recordTime(findings, record.createdAt);
  const reading: ReadingDraft = { device: vin, vin, observedAtMs };
  if (observedAtMs !== null && isBeforeAnyTracker(observedAtMs)) reading.isClockSuspect = true;
  if (record.isResend === true) reading.isBuffered = true;
  let isTaken = false;
  for (const { name, value, path } of record.values) {
    if (!isTeslaFieldName(name)) continue;
    isTaken = takeTeslaField(findings, reading, name, { value, json: payload.text, path }) || isTaken;
  }
  if (findings.refusal !== null) return fail(findings.refusal);
  return ok({
    provider: 'tesla-fleet-telemetry',
    kind: 'readings',
    device: vin,
    readings: isTaken ? [reading] : [],
  });
}

function recordTime(findings: Findings, createdAt: unknown): number | null {
  if (createdAt === undefined || createdAt === null) return null;
  const instantMs = typeof createdAt === 'string' ? instantFromText(createdAt) : null;
  if (instantMs === null) {
    findings.refuse(
      'unexpected-shape',
      `the record's time is ${shown(createdAt)}, not ISO 8601 with Z or an offset`,
    );
  }
  return instantMs;
}
