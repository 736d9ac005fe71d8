import type { JsonPath } from '../../base/json-number-text.ts';
import { fail, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { type JsonPayload, readJsonPayload } from '../json-payload.ts';
import { instantFromText } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { decodeTeslaRecord, type TeslaRecordField } from './tesla-record.ts';
import { isUsedTeslaField } from './tesla-fields.ts';
import { Findings, isFields, shown, type VendorFields } from '../vendor-fields.ts';

/** A record as its JSON has it; nothing in it has been looked at yet. */
interface WrittenRecord {
  readonly vin: unknown;
  readonly createdAt: unknown;
  readonly isResend: unknown;
  readonly fields: readonly TeslaRecordField[];
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
  const record = recordIn(json.value);
  if (record === null) {
    return fail({ reason: 'unexpected-shape', detail: `no record of fields: ${shown(json.value.document)}` });
  }
  const { vin, createdAt, isResend, fields } = record;
  const findings = new Findings();
  const createdAtMs = recordTime(findings, createdAt);
  return decodeTeslaRecord(findings, { vin, createdAtMs, isResend: isResend === true, fields });
}

function recordIn({ document, text }: JsonPayload): WrittenRecord | null {
  if (!isFields(document)) return null;
  const { vin, createdAt, isResend, data } = document as VendorFields & KafkaRecord;
  if (Array.isArray(data)) {
    return { vin, createdAt, isResend, fields: datumFields(text, data) };
  }
  const { Vin, CreatedAt, IsResend, ...values } = document as VendorFields & LoggerRecord;
  if (Vin === undefined) return null;
  const fields = Object.keys(values)
    .filter(isUsedTeslaField)
    .map((name) => unwrapped(text, name, values[name], [name]));
  return { vin: Vin, createdAt: CreatedAt, isResend: IsResend, fields };
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

/** A record may hold hundreds of fields, of which we use a few. */
function datumFields(json: string, data: readonly unknown[]): readonly TeslaRecordField[] {
  const fields: TeslaRecordField[] = [];
  for (const [index, datum] of data.entries()) {
    if (!isFields(datum)) continue;
    const { key, value } = datum as VendorFields & Datum;
    if (typeof key === 'string' && isUsedTeslaField(key))
      fields.push(unwrapped(json, key, value, ['data', index, 'value']));
  }
  return fields;
}

interface Datum {
  readonly key?: unknown;
  readonly value?: unknown;
}

/** `{"doubleValue":1.5}` is 1.5 and `{"invalid":true}` is no value; anything else stands for itself. */
function unwrapped(json: string, name: string, value: unknown, path: JsonPath): TeslaRecordField {
  const kinds = isFields(value) ? Object.keys(value) : [];
  const [kind] = kinds;
  if (!isFields(value) || kind === undefined || kinds.length > 1) return { name, value, json, path };
  if (kind === 'invalid') return { name, value: null, json, path };
  if (!kind.endsWith('Value')) return { name, value, json, path };
  return { name, value: value[kind], json, path: [...path, kind] };
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
