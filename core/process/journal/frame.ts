import { crc32 } from 'node:zlib';
import { DIGEST_BYTES } from './record-digest.ts';
import { readUint64, writeUint64 } from './record-layout.ts';

/**
 * A frame is what one group commit wrote, little-endian: magic u32 · payload bytes u32 · records u32 ·
 * first position u64 · hash chain before its first record (32 bytes) · CRC-32 u32 over the fields before it and the
 * payload; then the payload, records one after another.
 */
export const FRAME_HEADER_BYTES = 56;
/** "MPF1" as it stands in the file. */
export const FRAME_MAGIC = Buffer.from('MPF1', 'latin1');

const PAYLOAD_BYTES_AT = 4;
const RECORDS_AT = 8;
const FIRST_POSITION_AT = 12;
const CHAIN_AT = 20;
const CRC_AT = CHAIN_AT + DIGEST_BYTES;

/** One good frame inside `buffer`: the records lie between `payloadAt` and `endAt`. */
export interface Frame {
  readonly payloadAt: number;
  readonly endAt: number;
  readonly records: number;
  readonly firstPosition: number;
  readonly chainBefore: Buffer;
}

/** `incomplete`: more bytes are needed to judge; `needBytes` counts from the frame's start. */
export type FrameReading =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'incomplete'; readonly needBytes: number }
  | { readonly kind: 'bad'; readonly problem: string };

/** Writes the header in front of a payload that may lie in several buffers; the first has room for the header. */
export function writeFrameHeader(
  slices: readonly Buffer[],
  fields: {
    readonly records: number;
    readonly firstPosition: number;
    readonly chainBefore: Uint8Array;
  },
): void {
  const [head, ...rest] = slices;
  if (head === undefined) return;
  const payloadBytes = slices.reduce((sum, slice) => sum + slice.length, -FRAME_HEADER_BYTES);
  FRAME_MAGIC.copy(head, 0);
  head.writeUInt32LE(payloadBytes, PAYLOAD_BYTES_AT);
  head.writeUInt32LE(fields.records, RECORDS_AT);
  writeUint64(head, FIRST_POSITION_AT, fields.firstPosition);
  head.set(fields.chainBefore, CHAIN_AT);
  const fieldsAndHead = crc32(head.subarray(FRAME_HEADER_BYTES), crc32(head.subarray(0, CRC_AT)));
  head.writeUInt32LE(
    rest.reduce((crc, slice) => crc32(slice, crc), fieldsAndHead),
    CRC_AT,
  );
}

/** Judges the bytes at `offset` of a buffer that ends at `endAt`: a whole frame, not yet enough of one, or none. */
export function readFrame(buffer: Buffer, offset: number, endAt: number): FrameReading {
  if (endAt - offset < FRAME_HEADER_BYTES) return { kind: 'incomplete', needBytes: FRAME_HEADER_BYTES };
  if (buffer.compare(FRAME_MAGIC, 0, 4, offset, offset + 4) !== 0) {
    return { kind: 'bad', problem: 'no frame starts here' };
  }
  const payloadAt = offset + FRAME_HEADER_BYTES;
  const frameEndAt = payloadAt + buffer.readUInt32LE(offset + PAYLOAD_BYTES_AT);
  if (frameEndAt > endAt) return { kind: 'incomplete', needBytes: frameEndAt - offset };
  const crc = crc32(buffer.subarray(payloadAt, frameEndAt), crc32(buffer.subarray(offset, offset + CRC_AT)));
  if (crc !== buffer.readUInt32LE(offset + CRC_AT))
    return { kind: 'bad', problem: 'the checksum does not match' };
  return {
    kind: 'frame',
    frame: {
      payloadAt,
      endAt: frameEndAt,
      records: buffer.readUInt32LE(offset + RECORDS_AT),
      firstPosition: readUint64(buffer, offset + FIRST_POSITION_AT),
      chainBefore: buffer.subarray(offset + CHAIN_AT, offset + CHAIN_AT + DIGEST_BYTES),
    },
  };
}
