import { fail, ok, type Result } from '../../base/result.ts';
import { isRawTopic, rawDeviceOf, type RawTransport, transportOfTopic } from '../../protocol/raw-topic.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isImei } from '../device-id.ts';
import type { Reading } from '../reading.ts';
import type { Refusal } from '../refusal.ts';
import { readBinaryRecords } from './teltonika-binary-records.ts';
import { hexOf, uint16At, uint32At } from './teltonika-bytes.ts';
import { countOf, type DataField, dataFieldRefusal, layoutOf } from './teltonika-codec.ts';
import { teltonikaCrc } from './teltonika-crc.ts';
import {
  FRAME_BYTES_AROUND,
  FRAME_HEAD_BYTES,
  imeiAt,
  imeiOfLogin,
  isZero,
  KEEP_ALIVE,
  LOGIN_BYTES,
} from './teltonika-framing.ts';
import { teltonikaModel, type TeltonikaModel } from './teltonika-io.ts';
import { readingsOfRecord } from './teltonika-record.ts';
import { Findings, shown } from '../vendor-fields.ts';

const PROVIDER = 'teltonika';

/** True for the topics that binary packets are journalled under, whatever their IMEI is worth. */
export function isTeltonikaRawTopic(topic: string): boolean {
  return isRawTopic(topic, PROVIDER);
}

/**
 * Decodes a Teltonika binary packet: a login or a frame from a TCP connection, or a UDP datagram. Without a topic the
 * transport comes from the context or from the bytes, and a TCP frame, which names no device, has the device ''.
 * `reply` is what makes the device forget the records; a refused packet has none, so the device sends it again.
 */
export function decodeTeltonika(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const { topic, payload } = packet;
  const device = topic === '' ? '' : rawDeviceOf(topic, PROVIDER);
  if (device === null)
    return refuse('unknown-topic', `${shown(topic)} is not $tcp/teltonika/<IMEI> or $udp/teltonika/<IMEI>`);
  if (topic !== '' && !isImei(device))
    return refuse('bad-device-id', `an IMEI has 15 digits; the topic has ${shown(device)}`);
  if (payload.length === 1 && payload[0] === KEEP_ALIVE) return saidNothing('ping', device);
  const model = teltonikaModel(packet.context?.model);
  if (transportOf(packet) === 'udp') return decodeDatagram(payload, device, model);
  return isZero(payload, 0, Math.min(4, payload.length))
    ? decodeFrame(payload, device, model)
    : decodeLogin(payload, device);
}

function transportOf({ topic, payload, context }: TrackerPacket): RawTransport {
  const transport = topic === '' ? context?.transport : transportOfTopic(topic);
  if (transport === 'tcp' || transport === 'udp') return transport;
  return payload[DATAGRAM_MARK_AT] === DATAGRAM_MARK && uint16At(payload, 0) > 0 ? 'udp' : 'tcp';
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}

function saidNothing(kind: 'ping' | 'command', device: string): Result<DecodedPacket, Refusal> {
  return ok({ provider: PROVIDER, kind, device, readings: [] });
}

/** 000F and 15 digits. A refused login is answered with 00 by who listens. */
function decodeLogin(payload: Uint8Array, device: string): Result<DecodedPacket, Refusal> {
  const digits = uint16At(payload, 0);
  const isWhole = payload.length === digits + 2;
  if (digits !== LOGIN_BYTES - 2) {
    return isWhole
      ? refuse('bad-device-id', `an IMEI has 15 digits; the login announces ${digits}`)
      : refuse(
          'not-this-protocol',
          `neither a frame nor a login starts with ${hexOf(payload.subarray(0, 4))}`,
        );
  }
  if (!isWhole)
    return refuse('length-mismatch', `a login has ${LOGIN_BYTES} bytes; this one has ${payload.length}`);
  const imei = imeiOfLogin(payload);
  if (imei === null)
    return refuse('bad-device-id', `an IMEI has 15 digits; the login has ${ascii(payload, 2)}`);
  if (device !== '' && imei !== device) return refuseOtherDevice(device, imei);
  return ok({ provider: PROVIDER, kind: 'login', device: imei, readings: [], reply: Uint8Array.of(1) });
}

function ascii(bytes: Uint8Array, from: number): string {
  return shown(String.fromCharCode(...bytes.subarray(from, from + LOGIN_BYTES)));
}

/** Records filed under another tracker would be billed to its vehicle. */
function refuseOtherDevice(device: string, imei: string): Result<DecodedPacket, Refusal> {
  return refuse('bad-device-id', `the topic is about ${shown(device)}, the packet about ${shown(imei)}`);
}

/** Four zero bytes, the data's length, the data, and its CRC in the lower half of four bytes. */
function decodeFrame(
  payload: Uint8Array,
  device: string,
  model: TeltonikaModel,
): Result<DecodedPacket, Refusal> {
  const dataBytes = payload.length - FRAME_BYTES_AROUND;
  if (dataBytes < 0 || uint32At(payload, 4) !== dataBytes) return refuseLength(payload, dataBytes);
  const data: DataField = {
    bytes: payload,
    start: FRAME_HEAD_BYTES,
    end: FRAME_HEAD_BYTES + dataBytes,
  };
  const refusal = dataFieldRefusal(data) ?? crcRefusal(data);
  return refusal === null ? decodeData(data, device, model, replyToFrame) : fail(refusal);
}

function refuseLength(payload: Uint8Array, dataBytes: number): Result<DecodedPacket, Refusal> {
  if (dataBytes < 0)
    return refuse(
      'length-mismatch',
      `a frame has more than ${FRAME_BYTES_AROUND} bytes; this one has ${payload.length}`,
    );
  return refuse(
    'length-mismatch',
    `the frame announces ${uint32At(payload, 4)} bytes of data and has ${dataBytes}`,
  );
}

function crcRefusal({ bytes, start, end }: DataField): Refusal | null {
  const declared = uint32At(bytes, end);
  const crc = teltonikaCrc(bytes, start, end);
  if (declared === crc) return null;
  const hex = (value: number): string => value.toString(16).padStart(8, '0').toUpperCase();
  return { reason: 'crc-mismatch', detail: `the frame says ${hex(declared)}; its data has ${hex(crc)}` };
}

/** The number of records taken, in four bytes. */
function replyToFrame(data: DataField): Uint8Array {
  return Uint8Array.of(0, 0, 0, countOf(data));
}

function decodeData(
  data: DataField,
  device: string,
  model: TeltonikaModel,
  replyTo: (data: DataField) => Uint8Array,
): Result<DecodedPacket, Refusal> {
  const layout = layoutOf(data);
  if (layout === null) return saidNothing('command', device);
  const records = readBinaryRecords(data, layout, model);
  if (!records.ok) return records;
  const findings = new Findings();
  const readings: Reading[] = [];
  for (const reported of records.value) readings.push(...readingsOfRecord(findings, device, reported, model));
  if (findings.refusal !== null) return fail({ ...findings.refusal, reply: replyTo(data) });
  readings.sort(byTime);
  return ok({ provider: PROVIDER, kind: 'readings', device, readings, reply: replyTo(data) });
}

/** Devices empty their memory newest first. Readings of one record stay together, as sorting keeps the order of equals. */
function byTime(a: Reading, b: Reading): number {
  return (a.observedAtMs ?? 0) - (b.observedAtMs ?? 0);
}

/** Length (2), channel packet id (2), 01, AVL packet id, IMEI length (2), IMEI (15). */
const DATAGRAM_HEAD_BYTES = 23;
const DATAGRAM_MARK_AT = 4;
const DATAGRAM_MARK = 1;

/** Its head, then data as in a frame, without a checksum: UDP has its own. */
function decodeDatagram(
  payload: Uint8Array,
  device: string,
  model: TeltonikaModel,
): Result<DecodedPacket, Refusal> {
  if (payload[DATAGRAM_MARK_AT] !== DATAGRAM_MARK)
    return refuse('not-this-protocol', `no datagram starts with ${hexOf(payload.subarray(0, 5))}`);
  const length = uint16At(payload, 0);
  if (length !== payload.length - 2)
    return refuse(
      'length-mismatch',
      `the datagram announces ${length} bytes after its length and has ${payload.length - 2}`,
    );
  const imei = imeiOfDatagram(payload);
  if (imei === null)
    return refuse('bad-device-id', `an IMEI has 15 digits; the datagram has ${ascii(payload, 8)}`);
  if (device !== '' && imei !== device) return refuseOtherDevice(device, imei);
  const data: DataField = { bytes: payload, start: DATAGRAM_HEAD_BYTES, end: payload.length };
  const refusal = dataFieldRefusal(data);
  return refusal === null ? decodeData(data, imei, model, replyToDatagram) : fail(refusal);
}

function imeiOfDatagram(payload: Uint8Array): string | null {
  return uint16At(payload, 6) === LOGIN_BYTES - 2 ? imeiAt(payload, 8) : null;
}

/** Names the datagram by its two packet ids, then the number of records taken. */
function replyToDatagram(data: DataField): Uint8Array {
  return Uint8Array.of(0, 5, ...data.bytes.subarray(2, 6), countOf(data));
}
