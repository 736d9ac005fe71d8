import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail, ok, type Result } from '../../base/result.ts';
import { DIGEST_BYTES } from './record-digest.ts';
import { readUint64, writeUint64 } from './record-layout.ts';

/**
 * Segments are files named by the position of their first record. Each begins with this header, little-endian:
 * "MILEPOST" · format version u16 · form u8 (0 plain, 1 sealed) · 0 u8 · partition u32 · first position u64 ·
 * received at u64 of the record before (0 for none) · hash chain before the first record (32 bytes) · 0 u32 · CRC-32 u32.
 */
export const SEGMENT_HEADER_BYTES = 72;
export const FORMAT_VERSION = 1;
/** The embedded journal has one partition; the number is written so that a second one needs no new format. */
export const PARTITION = 0;

const MAGIC = 'MILEPOST';
const VERSION_AT = 8;
const FORM_AT = 10;
const PARTITION_AT = 12;
const FIRST_POSITION_AT = 16;
const RECEIVED_BEFORE_AT = 24;
const CHAIN_AT = 32;
const CRC_AT = 68;
const NAME = /^(\d{16})\.(mpj|mpjz)$/;

export type SegmentForm = 'plain' | 'sealed';

/** What a segment says about itself and about what came before it. */
export interface SegmentHeader {
  readonly form: SegmentForm;
  readonly firstPosition: number;
  /** Received time of the record before the first; the first is never earlier. */
  readonly receivedBeforeMs: number;
  readonly chainBefore: Uint8Array;
}

/** A segment found in the folder. After a crash in the middle of sealing both forms of one stretch may be there. */
export interface SegmentFile {
  readonly firstPosition: number;
  readonly form: SegmentForm;
  readonly path: string;
}

/** The folder the segments of the one partition lie in. */
export function partitionFolder(folder: string): string {
  return join(folder, `partition-${PARTITION}`);
}

export function segmentPath(folder: string, firstPosition: number, form: SegmentForm): string {
  const name = String(firstPosition).padStart(16, '0');
  return join(partitionFolder(folder), `${name}.${form === 'plain' ? 'mpj' : 'mpjz'}`);
}

/** Every segment file, by position; where both forms are present, the sealed one (whole by its rename) comes first. */
export function listSegmentFiles(folder: string): SegmentFile[] {
  const inside = partitionFolder(folder);
  if (!existsSync(inside)) return [];
  const files = readdirSync(inside).flatMap((name): SegmentFile[] => {
    const [, digits, ending] = NAME.exec(name) ?? [];
    if (digits === undefined) return [];
    const form = ending === 'mpj' ? 'plain' : 'sealed';
    return [{ firstPosition: Number(digits), form, path: join(inside, name) }];
  });
  return files.toSorted((a, b) => {
    if (a.firstPosition !== b.firstPosition) return a.firstPosition - b.firstPosition;
    return a.form === 'sealed' ? -1 : 1;
  });
}

/** One file for each stretch of positions: the sealed one where there is one. */
export function listSegments(folder: string): SegmentFile[] {
  const files = listSegmentFiles(folder);
  return files.filter((file, i) => files[i - 1]?.firstPosition !== file.firstPosition);
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt16LE(FORMAT_VERSION, VERSION_AT);
  bytes[FORM_AT] = header.form === 'plain' ? 0 : 1;
  bytes.writeUInt32LE(PARTITION, PARTITION_AT);
  writeUint64(bytes, FIRST_POSITION_AT, header.firstPosition);
  writeUint64(bytes, RECEIVED_BEFORE_AT, header.receivedBeforeMs);
  bytes.set(header.chainBefore, CHAIN_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CRC_AT)), CRC_AT);
  return bytes;
}

/** What is wrong with a header. Torn means that the file ends with it, as after a crash while it was being made. */
export interface HeaderProblem {
  readonly problem: string;
  readonly isTorn: boolean;
}

/** Reads the header from the start of a segment, given with all its bytes or as many as a header has. */
export function decodeSegmentHeader(bytes: Buffer, fileBytes: number): Result<SegmentHeader, HeaderProblem> {
  const isTorn = fileBytes <= SEGMENT_HEADER_BYTES;
  if (bytes.length < SEGMENT_HEADER_BYTES) return fail({ problem: 'the header is incomplete', isTorn });
  if (crc32(bytes.subarray(0, CRC_AT)) !== bytes.readUInt32LE(CRC_AT)) {
    return fail({ problem: "the header's checksum does not match", isTorn });
  }
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    return fail({ problem: 'this is not a journal segment', isTorn: false });
  }
  const version = bytes.readUInt16LE(VERSION_AT);
  if (version !== FORMAT_VERSION) {
    const problem = `written in format ${version}; this program reads format ${FORMAT_VERSION}: use a newer one`;
    return fail({ problem, isTorn: false });
  }
  return ok({
    form: bytes[FORM_AT] === 0 ? 'plain' : 'sealed',
    firstPosition: readUint64(bytes, FIRST_POSITION_AT),
    receivedBeforeMs: readUint64(bytes, RECEIVED_BEFORE_AT),
    chainBefore: bytes.subarray(CHAIN_AT, CHAIN_AT + DIGEST_BYTES),
  });
}
