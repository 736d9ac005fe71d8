import type { JsonPath } from '../base/json-number-text.ts';
import { fail, type Result } from '../base/result.ts';
import type { DecodedPacket, TrackerPacket } from './decoded-packet.ts';
import { type JsonPayload, readJsonPayload } from './json-payload.ts';
import { instantFromText } from './reading-time.ts';
import type { Refusal } from './refusal.ts';
import { decodeTeslaRecord, type TeslaRecordField } from './tesla-record.ts';
import { Findings, isFields, shown, type VendorFields } from './vendor-fields.ts';

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
    const fields = data.flatMap((datum, index) => datumFields(text, datum, index));
    return { vin, createdAt, isResend, fields };
  }
  const { Vin, CreatedAt, IsResend, ...values } = document as VendorFields & LoggerRecord;
  if (Vin === undefined) return null;
  const fields = Object.entries(values).map(([name, value]) => unwrapped(text, name, value, [name]));
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

function datumFields(json: string, datum: unknown, index: number): readonly TeslaRecordField[] {
  if (!isFields(datum) || typeof datum['key'] !== 'string') return [];
  return [unwrapped(json, datum['key'], datum['value'], ['data', index, 'value'])];
}

/** `{"doubleValue":1.5}` is 1.5 and `{"invalid":true}` is no value; anything else stands for itself. */
function unwrapped(json: string, name: string, value: unknown, path: JsonPath): TeslaRecordField {
  const [only, ...others] = isFields(value) ? Object.entries(value) : [];
  if (only === undefined || others.length > 0) return { name, value, json, path };
  const [kind, inner] = only;
  if (kind === 'invalid') return { name, value: null, json, path };
  if (!kind.endsWith('Value')) return { name, value, json, path };
  return { name, value: inner, json, path: [...path, kind] };
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
