import type { Result } from '../../base/result.ts';
import { readUtf8 } from '../../base/utf8.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import type { Refusal } from '../refusal.ts';
import { ProtobufReader, WIRE } from './tesla-protobuf-reader.ts';
import { decodeTeslaRecord, type TeslaRecordField } from './tesla-record.ts';
import { Findings, type NumberRange, numberFrom } from '../vendor-fields.ts';

/**
 * Decodes a record as the vehicle itself writes it: the protobuf message `Payload`. It names its vehicle and its time,
 * so no topic is needed. Fields and kinds of value we do not use are skipped; a length that does not fit is refused.
 */
export function decodeTeslaProtobuf({
  payload,
}: Pick<TrackerPacket, 'payload'>): Result<DecodedPacket, Refusal> {
  const findings = new Findings();
  const message = new ProtobufReader(findings, payload);
  const fields: TeslaRecordField[] = [];
  let vin = '';
  let createdAtMs: number | null = null;
  let isResend = false;
  while (message.next()) {
    const { field } = message;
    if (field === 1 && isLaidOut(findings, message, WIRE.bytes)) takeDatum(findings, message, fields);
    if (field === 2 && isLaidOut(findings, message, WIRE.bytes)) createdAtMs = instantIn(findings, message);
    if (field === 3 && isLaidOut(findings, message, WIRE.bytes)) vin = textIn(findings, message);
    if (field === 4 && isLaidOut(findings, message, WIRE.varint)) isResend = message.varint !== 0;
  }
  // What has broken the bytes explains a missing VIN, not the other way round.
  if (findings.refusal !== null) return { ok: false, error: findings.refusal };
  return decodeTeslaRecord(findings, { vin, createdAtMs, isResend, fields });
}

function isLaidOut(findings: Findings, { field, wireType }: ProtobufReader, due: number): boolean {
  if (wireType === due) return true;
  findings.refuse('unexpected-shape', `field ${field} has the wire type ${wireType}, not ${due}`);
  return false;
}

/** The numbers of the fields we use in the enum of all fields; the names are those of the MQTT topics. */
const NAME_BY_NUMBER: ReadonlyMap<number, string> = new Map([
  [4, 'VehicleSpeed'],
  [5, 'Odometer'],
  [8, 'Soc'],
  [10, 'Gear'],
  [21, 'Location'],
  [22, 'GpsState'],
  [23, 'GpsHeading'],
  [32, 'RatedRange'],
  [42, 'BatteryLevel'],
  [59, 'Locked'],
  [179, 'DetailedChargeState'],
]);

function takeDatum(findings: Findings, message: ProtobufReader, fields: TeslaRecordField[]): void {
  const datum = message.inner();
  let key = 0;
  let value: unknown = undefined;
  while (datum.next()) {
    if (datum.field === 1 && isLaidOut(findings, datum, WIRE.varint)) key = datum.varint;
    if (datum.field === 2 && isLaidOut(findings, datum, WIRE.bytes)) value = valueIn(findings, datum);
  }
  const name = NAME_BY_NUMBER.get(key);
  if (name !== undefined) fields.push({ name, value: asTold(name, value), json: '', path: [] });
}

/** An odometer is taken from its decimal text; what is no number at all is left to its text as well. */
function asTold(name: string, value: unknown): unknown {
  const isText = typeof value === 'number' && (name === 'Odometer' || !Number.isFinite(value));
  return isText ? String(value) : value;
}

/** How one member of the value's union is laid out and read. */
interface ValueKind {
  readonly wireType: number;
  readonly read: (findings: Findings, message: ProtobufReader) => unknown;
}

const KIND_BY_FIELD: ReadonlyMap<number, ValueKind> = new Map<number, ValueKind>([
  [1, { wireType: WIRE.bytes, read: textIn }],
  [2, { wireType: WIRE.varint, read: (_findings, { varint }) => varint }],
  [3, { wireType: WIRE.varint, read: (_findings, { varint }) => varint }],
  [4, { wireType: WIRE.fixed32, read: (_findings, message) => singleText(message.float()) }],
  // Minus nothing is nothing, as in decimal text.
  [5, { wireType: WIRE.fixed64, read: (_findings, message) => message.double() + 0 }],
  [6, { wireType: WIRE.varint, read: (_findings, { varint }) => varint !== 0 }],
  [7, { wireType: WIRE.bytes, read: locationIn }],
  [9, { wireType: WIRE.varint, read: (_findings, { varint }) => SHIFT_STATES[varint] }],
  [10, { wireType: WIRE.varint, read: () => null }],
  [32, { wireType: WIRE.varint, read: (_findings, { varint }) => CHARGE_STATES[varint] }],
]);

const SHIFT_STATES = ['Unknown', 'Invalid', 'P', 'R', 'N', 'D', 'SNA'].map((name) => `ShiftState${name}`);
const CHARGE_STATES = [
  'Unknown',
  'Disconnected',
  'NoPower',
  'Starting',
  'Charging',
  'Complete',
  'Stopped',
].map((name) => `DetailedChargeState${name}`);

/** The member of the union that is set: the last one, as everywhere in protobuf. Undefined for one we do not use. */
function valueIn(findings: Findings, message: ProtobufReader): unknown {
  const union = message.inner();
  let value: unknown = undefined;
  while (union.next()) {
    const kind = KIND_BY_FIELD.get(union.field);
    const isRead = kind !== undefined && isLaidOut(findings, union, kind.wireType);
    value = isRead ? kind.read(findings, union) : undefined;
  }
  return value;
}

/** A coordinate that is not there is 0: protobuf leaves a 0 out. */
function locationIn(findings: Findings, message: ProtobufReader): unknown {
  const location = message.inner();
  let latitude = 0;
  let longitude = 0;
  while (location.next()) {
    if (location.field === 1 && isLaidOut(findings, location, WIRE.fixed64)) latitude = location.double();
    if (location.field === 2 && isLaidOut(findings, location, WIRE.fixed64)) longitude = location.double();
  }
  return { latitude, longitude };
}

/** From the year 1 to the year 9999, as protobuf has it. */
const SECONDS: NumberRange = {
  name: "the record's time in seconds",
  min: -62_135_596_800,
  max: 253_402_300_799,
};
const NANOSECONDS: NumberRange = { name: "the record's nanoseconds", min: 0, max: 999_999_999 };

function instantIn(findings: Findings, message: ProtobufReader): number | null {
  const instant = message.inner();
  let seconds = 0;
  let nanoseconds = 0;
  while (instant.next()) {
    if (instant.field === 1 && isLaidOut(findings, instant, WIRE.varint)) seconds = instant.varint;
    if (instant.field === 2 && isLaidOut(findings, instant, WIRE.varint)) nanoseconds = instant.varint;
  }
  const isInRange =
    numberFrom(findings, seconds, SECONDS) !== undefined &&
    numberFrom(findings, nanoseconds, NANOSECONDS) !== undefined;
  return isInRange ? seconds * 1_000 + Math.floor(nanoseconds / 1_000_000) : null;
}

function textIn(findings: Findings, message: ProtobufReader): string {
  const text = readUtf8(message.value());
  if (text === null) findings.refuse('unexpected-shape', `the text in field ${message.field} is not UTF-8`);
  return text ?? '';
}

/** The shortest decimal that is this number in single precision: "37.1", where the double nearest to it has 17 digits. */
function singleText(value: number): string {
  for (let digits = 1; digits < SINGLE_DIGITS_MAX; digits += 1) {
    const nearest = Number(value.toPrecision(digits));
    if (Math.fround(nearest) === value) return String(nearest);
  }
  return String(Number(value.toPrecision(SINGLE_DIGITS_MAX)));
}

/** Nine digits tell any two single-precision numbers apart. */
const SINGLE_DIGITS_MAX = 9;
