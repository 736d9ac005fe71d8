import { assert, unreachable } from '../../base/assert.ts';
import type { Decision } from '../../protocol/decision.ts';
import type { JournalEntry, JournalRecord, Note, WrittenRecordKind } from '../../protocol/journal-record.ts';
import { DIGEST_BYTES } from './record-digest.ts';

/**
 * One record in a frame, little-endian (docs/journal-format.md):
 * length u32 (of all that follows) · salt 16 bytes · kind u8 · flags u8 · received at u64 (epoch ms) · body.
 * The digest covers everything after the length.
 */
export const LENGTH_BYTES = 4;
export const SALT_BYTES = 16;
/** Salt, kind, flags and received time: what stands between the length and the body. */
export const RECORD_HEADER_BYTES = SALT_BYTES + 10;
export const ERASED_RECORD_BYTES = LENGTH_BYTES + RECORD_HEADER_BYTES + DIGEST_BYTES;

const KIND_AT = LENGTH_BYTES + SALT_BYTES;
const FLAGS_AT = KIND_AT + 1;
const RECEIVED_AT = FLAGS_AT + 1;
const BODY_AT = LENGTH_BYTES + RECORD_HEADER_BYTES;
/** A packet's body starts: topic bytes u16 · client id bytes u16 · omitted bytes u32; then topic, client id, payload. */
const PACKET_HEADER_BYTES = 8;
/** The body is not the record's any more but its digest; salt and content are gone. */
const FLAG_ERASED = 1;
/** The packet's sender proved who it is. */
const FLAG_AUTHENTICATED = 2;

const KIND_CODES: Readonly<Record<WrittenRecordKind, number>> = { packet: 1, decision: 2, tick: 3, note: 4 };
const KINDS: readonly (WrittenRecordKind | undefined)[] = [undefined, 'packet', 'decision', 'tick', 'note'];
const MAX_UTF8_BYTES_A_CHARACTER = 3;
const AUTHENTICATED = { isAuthenticated: true } as const;
/** What `toString('utf8', …)` calls in the end; replaying a journal makes two strings a packet. */
const sliceUtf8 = (
  Buffer.prototype as unknown as { utf8Slice: (this: Buffer, start: number, end: number) => string }
).utf8Slice;
const TWO_TO_32 = 4_294_967_296;
const TEXT_BYTES_MAX = 65_535;

/** The most bytes this entry can take in a frame: what to have ready before writing it. */
export function recordBytesMax(entry: JournalEntry): number {
  switch (entry.kind) {
    case 'packet': {
      const text = (entry.topic.length + entry.clientId.length) * MAX_UTF8_BYTES_A_CHARACTER;
      return BODY_AT + PACKET_HEADER_BYTES + text + entry.payload.length;
    }
    case 'decision':
      return BODY_AT + JSON.stringify(entry.decision).length * MAX_UTF8_BYTES_A_CHARACTER;
    case 'note':
      return BODY_AT + JSON.stringify(entry.note).length * MAX_UTF8_BYTES_A_CHARACTER;
    case 'tick':
      return BODY_AT;
    default:
      return unreachable(entry);
  }
}

/** What a record is written with beside its entry; all three are the journal's to give. */
export interface RecordStamp {
  readonly receivedAtMs: number;
  /** The salt is the 16 bytes at `saltAt` of `salts`; it is drawn for many records at once. */
  readonly salts: Uint8Array;
  readonly saltAt: number;
}

/** Writes the entry at `offset` and returns where it ends. The target has `recordBytesMax` bytes of room. */
export function writeRecord(target: Buffer, offset: number, entry: JournalEntry, stamp: RecordStamp): number {
  const { salts, saltAt } = stamp;
  for (let i = 0; i < SALT_BYTES; i += 1) target[offset + LENGTH_BYTES + i] = salts[saltAt + i] ?? 0;
  target[offset + KIND_AT] = KIND_CODES[entry.kind];
  target[offset + FLAGS_AT] =
    entry.kind === 'packet' && entry.isAuthenticated === true ? FLAG_AUTHENTICATED : 0;
  writeUint64(target, offset + RECEIVED_AT, stamp.receivedAtMs);
  const end = writeBody(target, offset + BODY_AT, entry);
  target.writeUInt32LE(end - offset - LENGTH_BYTES, offset);
  return end;
}

function writeBody(target: Buffer, offset: number, entry: JournalEntry): number {
  switch (entry.kind) {
    case 'packet': {
      const topicAt = offset + PACKET_HEADER_BYTES;
      const clientIdAt = writeText(target, topicAt, entry.topic);
      const payloadAt = writeText(target, clientIdAt, entry.clientId);
      assert(clientIdAt - topicAt <= TEXT_BYTES_MAX, 'a topic is at most 65,535 bytes');
      assert(payloadAt - clientIdAt <= TEXT_BYTES_MAX, 'a client id is at most 65,535 bytes');
      target.writeUInt16LE(clientIdAt - topicAt, offset);
      target.writeUInt16LE(payloadAt - clientIdAt, offset + 2);
      target.writeUInt32LE(entry.omittedBytes, offset + 4);
      target.set(entry.payload, payloadAt);
      return payloadAt + entry.payload.length;
    }
    case 'decision':
      return offset + target.write(JSON.stringify(entry.decision), offset);
    case 'note':
      return offset + target.write(JSON.stringify(entry.note), offset);
    case 'tick':
      return offset;
    default:
      return unreachable(entry);
  }
}

/** Topics and client ids are nearly always short and ASCII: a loop beats the call into the runtime. */
function writeText(target: Buffer, offset: number, text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return offset + target.write(text, offset);
    target[offset + i] = code;
  }
  return offset + text.length;
}

/** Where the record after the one at `offset` starts; beyond `end` when the lengths do not add up. */
export function endOfRecord(frame: Buffer, offset: number, end: number): number {
  if (end - offset < BODY_AT) return end + 1;
  const length = frame.readUInt32LE(offset);
  return length < RECORD_HEADER_BYTES ? end + 1 : offset + LENGTH_BYTES + length;
}

/** True for a record of which only the digest is left. */
export function isErased(frame: Buffer, offset: number): boolean {
  return ((frame[offset + FLAGS_AT] ?? 0) & FLAG_ERASED) !== 0;
}

/** The digest kept in place of an erased record's bytes. */
export function erasedDigest(frame: Buffer, offset: number): Uint8Array {
  return frame.subarray(offset + BODY_AT, offset + BODY_AT + DIGEST_BYTES);
}

/** What of the record its digest is computed over. */
export function digestedBytes(frame: Buffer, offset: number, end: number): Uint8Array {
  return viewOf(frame, offset + LENGTH_BYTES, end);
}

/** The record that digested bytes hold, outside its journal; null when it is none this version knows. */
export function readDigested(digested: Uint8Array, position: number): JournalRecord | null {
  if (digested.length < RECORD_HEADER_BYTES) return null;
  const whole = Buffer.concat([Buffer.alloc(LENGTH_BYTES), digested]);
  return readRecordAt(whole, 0, whole.length, position);
}

/** A bare view: half the price of `subarray`, which makes a Buffer, and there are two for each record. */
export function viewOf(buffer: Buffer, start: number, end: number): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + start, end - start);
}

export function receivedAtOf(frame: Buffer, offset: number): number {
  return readUint64(frame, offset + RECEIVED_AT);
}

/** Writes the record with its salt and body replaced by its digest; kind and received time stay. */
export function writeErasedRecord(
  target: Buffer,
  offset: number,
  original: Buffer,
  digest: Uint8Array,
): number {
  target.writeUInt32LE(ERASED_RECORD_BYTES - LENGTH_BYTES, offset);
  target.fill(0, offset + LENGTH_BYTES, offset + KIND_AT);
  original.copy(target, offset + KIND_AT, KIND_AT, BODY_AT);
  target[offset + FLAGS_AT] = FLAG_ERASED;
  target.set(digest, offset + BODY_AT);
  return offset + ERASED_RECORD_BYTES;
}

/**
 * The record between `offset` and `end`, its payload a view of the frame; null when it is none this version knows.
 * The frame's CRC has been checked, so null means a newer writer or a defect, not a disk error.
 */
export function readRecordAt(
  frame: Buffer,
  offset: number,
  end: number,
  position: number,
): JournalRecord | null {
  const kind = KINDS[frame[offset + KIND_AT] ?? 0];
  const flags = frame[offset + FLAGS_AT] ?? 0;
  const receivedAtMs = readUint64(frame, offset + RECEIVED_AT);
  if (kind === undefined || flags > FLAG_AUTHENTICATED) return null;
  if (flags === FLAG_ERASED) return { kind: 'erased', position, receivedAtMs, was: kind };
  if (flags === FLAG_AUTHENTICATED && kind !== 'packet') return null;
  const bodyAt = offset + BODY_AT;
  switch (kind) {
    case 'packet':
      return readPacket(frame, bodyAt, end, position, receivedAtMs, flags === FLAG_AUTHENTICATED);
    case 'decision':
      return { kind, position, receivedAtMs, decision: parseJson<Decision>(frame, bodyAt, end) };
    case 'note':
      return { kind, position, receivedAtMs, note: parseJson<Note>(frame, bodyAt, end) };
    case 'tick':
      return { kind, position, receivedAtMs };
    default:
      return unreachable(kind);
  }
}

function readPacket(
  frame: Buffer,
  bodyAt: number,
  end: number,
  position: number,
  receivedAtMs: number,
  isAuthenticated: boolean,
): JournalRecord | null {
  const topicAt = bodyAt + PACKET_HEADER_BYTES;
  if (topicAt > end) return null;
  const clientIdAt = topicAt + frame.readUInt16LE(bodyAt);
  const payloadAt = clientIdAt + frame.readUInt16LE(bodyAt + 2);
  if (payloadAt > end) return null;
  return {
    kind: 'packet',
    position,
    receivedAtMs,
    topic: sliceUtf8.call(frame, topicAt, clientIdAt),
    clientId: sliceUtf8.call(frame, clientIdAt, payloadAt),
    payload: viewOf(frame, payloadAt, end),
    omittedBytes: frame.readUInt32LE(bodyAt + 4),
    ...(isAuthenticated ? AUTHENTICATED : {}),
  };
}

/** The bytes are our own writing, kept whole by a CRC and a hash: their shape is not checked again. */
function parseJson<T>(frame: Buffer, start: number, end: number): T {
  return JSON.parse(frame.toString('utf8', start, end)) as T;
}

/** Whole numbers up to 2^53 as u64: two halves, since a BigInt for each record costs more than all the rest. */
export function writeUint64(target: Buffer, offset: number, value: number): void {
  const high = Math.floor(value / TWO_TO_32);
  target.writeUInt32LE(value - high * TWO_TO_32, offset);
  target.writeUInt32LE(high, offset + 4);
}

export function readUint64(source: Buffer, offset: number): number {
  return source.readUInt32LE(offset) + source.readUInt32LE(offset + 4) * TWO_TO_32;
}
