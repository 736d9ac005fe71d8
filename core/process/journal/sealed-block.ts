import { crc32, inflateRawSync } from 'node:zlib';
import { fail, ok, type Result } from '../../base/result.ts';
import { DIGEST_BYTES } from './record-digest.ts';
import { readUint64, writeUint64 } from './record-layout.ts';

/**
 * A sealed segment is its header, blocks of compressed frames, and an end mark. A block, little-endian: "MPB1" ·
 * compressed bytes u32 · plain bytes u32 · records u32 · first position u64 · CRC-32 u32 over the fields before it and
 * the compressed bytes; then raw deflate data holding whole frames.
 */
export const BLOCK_HEADER_BYTES = 28;
/** The end mark: "MPE1" · records u64 · plain bytes u64 · hash chain after the last record (32 bytes) · CRC-32 u32. */
export const END_MARK_BYTES = 56;

const BLOCK_MAGIC = 'MPB1';
const END_MAGIC = 'MPE1';
const BLOCK_CRC_AT = 24;
const END_CHAIN_AT = 20;
const END_CRC_AT = END_CHAIN_AT + DIGEST_BYTES;

export interface BlockHeader {
  readonly compressedBytes: number;
  readonly plainBytes: number;
  readonly records: number;
  readonly firstPosition: number;
}

export interface EndMark {
  readonly records: number;
  readonly plainBytes: number;
  readonly chainAfter: Uint8Array;
}

export function encodeBlockHeader(header: BlockHeader, compressed: Buffer): Buffer {
  const bytes = Buffer.alloc(BLOCK_HEADER_BYTES);
  bytes.write(BLOCK_MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(header.compressedBytes, 4);
  bytes.writeUInt32LE(header.plainBytes, 8);
  bytes.writeUInt32LE(header.records, 12);
  writeUint64(bytes, 16, header.firstPosition);
  bytes.writeUInt32LE(blockCrc(bytes, compressed), BLOCK_CRC_AT);
  return bytes;
}

/** What stands at this place of a sealed segment; the CRC of a block is checked by `inflateBlock`. */
export function decodeBlockHeader(bytes: Buffer): BlockHeader | 'end-mark' | 'neither' {
  const magic = bytes.toString('latin1', 0, 4);
  if (magic === END_MAGIC) return 'end-mark';
  if (magic !== BLOCK_MAGIC || bytes.length < BLOCK_HEADER_BYTES) return 'neither';
  return {
    compressedBytes: bytes.readUInt32LE(4),
    plainBytes: bytes.readUInt32LE(8),
    records: bytes.readUInt32LE(12),
    firstPosition: readUint64(bytes, 16),
  };
}

/** The frames of a block (header and compressed bytes together), or what is wrong with it. */
export function inflateBlock(block: Buffer, header: BlockHeader): Result<Buffer, string> {
  const compressed = block.subarray(BLOCK_HEADER_BYTES);
  if (blockCrc(block, compressed) !== block.readUInt32LE(BLOCK_CRC_AT)) {
    return fail('the checksum of a block does not match');
  }
  const plain = inflateRawSync(compressed, { maxOutputLength: Math.max(header.plainBytes, 1) });
  return plain.length === header.plainBytes ? ok(plain) : fail('a block is shorter than it says');
}

function blockCrc(header: Buffer, compressed: Buffer): number {
  return crc32(compressed, crc32(header.subarray(0, BLOCK_CRC_AT)));
}

export function encodeEndMark(mark: EndMark): Buffer {
  const bytes = Buffer.alloc(END_MARK_BYTES);
  bytes.write(END_MAGIC, 0, 'latin1');
  writeUint64(bytes, 4, mark.records);
  writeUint64(bytes, 12, mark.plainBytes);
  bytes.set(mark.chainAfter, END_CHAIN_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, END_CRC_AT)), END_CRC_AT);
  return bytes;
}

export function decodeEndMark(bytes: Buffer): Result<EndMark, string> {
  if (bytes.length < END_MARK_BYTES) return fail('the end mark is incomplete');
  if (crc32(bytes.subarray(0, END_CRC_AT)) !== bytes.readUInt32LE(END_CRC_AT)) {
    return fail('the checksum of the end mark does not match');
  }
  return ok({
    records: readUint64(bytes, 4),
    plainBytes: readUint64(bytes, 12),
    chainAfter: bytes.subarray(END_CHAIN_AT, END_CRC_AT),
  });
}
