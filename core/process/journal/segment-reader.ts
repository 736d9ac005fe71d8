import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fail, type Result } from '../../base/result.ts';
import { type Frame, readFrame } from './frame.ts';
import {
  BLOCK_HEADER_BYTES,
  type BlockHeader,
  decodeBlockHeader,
  decodeEndMark,
  END_MARK_BYTES,
  inflateBlock,
} from './sealed-block.ts';
import {
  decodeSegmentHeader,
  type HeaderProblem,
  SEGMENT_HEADER_BYTES,
  type SegmentFile,
  type SegmentHeader,
} from './segment-file.ts';

/** Read at a time, each time into fresh memory: records are views of it and may outlive the next read. */
const READ_BYTES = 1_048_576;

/** A good frame: where in `buffer` it lies, and where in the file (for a sealed one: its block) it was found. */
export interface FrameInSegment {
  readonly buffer: Buffer;
  readonly frame: Frame;
  readonly fileOffset: number;
}

/** Where reading ended. `problem` is null only at the very end of a segment without a byte left over. */
export interface SegmentEnd {
  readonly offset: number;
  readonly problem: string | null;
  /** The hash chain after the last record, as a sealed segment's end mark has it. */
  readonly chainAfter?: Uint8Array;
}

/** A segment opened for reading, up to the size it had then: what a writer adds meanwhile is not seen. */
export interface OpenSegment {
  readonly file: SegmentFile;
  readonly bytes: number;
  readonly header: Result<SegmentHeader, HeaderProblem>;
  /** Frames in order; a sealed segment passes over the blocks that end before `fromPosition`. */
  frames(fromPosition?: number): Generator<FrameInSegment, SegmentEnd>;
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Opens a segment; when it was sealed since it was listed, its sealed form. */
export function openSegment(file: SegmentFile): OpenSegment {
  const opened = openEitherForm(file);
  const bytes = fstatSync(opened.descriptor).size;
  const read = (offset: number, length: number): Buffer =>
    readAt(opened.descriptor, offset, Math.max(0, Math.min(length, bytes - offset)));
  const header = headerOf(read(0, SEGMENT_HEADER_BYTES), bytes, opened.file);
  return {
    file: opened.file,
    bytes,
    header,
    frames: (fromPosition = 0) =>
      opened.file.form === 'plain' ? plainFrames(read, bytes) : sealedFrames(read, bytes, fromPosition),
    read,
    close: () => closeSync(opened.descriptor),
  };
}

function openEitherForm(file: SegmentFile): { descriptor: number; file: SegmentFile } {
  try {
    return { descriptor: openSync(file.path, 'r'), file };
  } catch (error) {
    if (file.form === 'sealed') throw error;
    const sealed: SegmentFile = { ...file, form: 'sealed', path: `${file.path}z` };
    return { descriptor: openSync(sealed.path, 'r'), file: sealed };
  }
}

function headerOf(bytes: Buffer, fileBytes: number, file: SegmentFile): Result<SegmentHeader, HeaderProblem> {
  const header = decodeSegmentHeader(bytes, fileBytes);
  if (!header.ok) return header;
  const isAsNamed = header.value.firstPosition === file.firstPosition && header.value.form === file.form;
  return isAsNamed
    ? header
    : fail({ problem: 'the header does not agree with the name of the file', isTorn: false });
}

type ReadAt = (offset: number, length: number) => Buffer;

function* plainFrames(read: ReadAt, endAt: number): Generator<FrameInSegment, SegmentEnd> {
  let offset = SEGMENT_HEADER_BYTES;
  let readBytes = READ_BYTES;
  while (offset < endAt) {
    const buffer = read(offset, readBytes);
    const end = yield* framesIn(buffer, (at) => offset + at);
    offset += end.at;
    if (end.problem !== null) return { offset, problem: end.problem };
    if (end.needBytes > endAt - offset && offset < endAt)
      return { offset, problem: 'the last frame is incomplete' };
    readBytes = Math.max(READ_BYTES, end.needBytes);
  }
  return { offset, problem: null };
}

function* sealedFrames(
  read: ReadAt,
  endAt: number,
  fromPosition: number,
): Generator<FrameInSegment, SegmentEnd> {
  let offset = SEGMENT_HEADER_BYTES;
  let records = 0;
  for (;;) {
    const head = decodeBlockHeader(read(offset, BLOCK_HEADER_BYTES));
    if (head === 'neither') return { offset, problem: 'neither a block nor the end mark starts here' };
    if (head === 'end-mark') return readEndMark(read, offset, endAt, records);
    records += head.records;
    const blockBytes = BLOCK_HEADER_BYTES + head.compressedBytes;
    if (head.firstPosition + head.records > fromPosition) {
      const problem = yield* framesOfBlock(read(offset, blockBytes), head, offset);
      if (problem !== null) return { offset, problem };
    }
    offset += blockBytes;
  }
}

function* framesOfBlock(
  block: Buffer,
  header: BlockHeader,
  blockOffset: number,
): Generator<FrameInSegment, string | null> {
  if (block.length < BLOCK_HEADER_BYTES + header.compressedBytes) return 'a block is incomplete';
  const plain = inflateBlock(block, header);
  if (!plain.ok) return plain.error;
  const end = yield* framesIn(plain.value, () => blockOffset);
  return end.problem ?? (end.at === plain.value.length ? null : 'a block ends in the middle of a frame');
}

function readEndMark(read: ReadAt, offset: number, endAt: number, records: number): SegmentEnd {
  const mark = decodeEndMark(read(offset, END_MARK_BYTES));
  if (!mark.ok) return { offset, problem: mark.error };
  const { chainAfter } = mark.value;
  if (mark.value.records !== records) {
    return { offset, problem: 'the end mark counts other records than the blocks hold' };
  }
  const isEnd = offset + END_MARK_BYTES === endAt;
  return { offset, problem: isEnd ? null : 'bytes follow the end mark', chainAfter };
}

/** Where the whole frames of a buffer end, and how many bytes the next would need. */
interface BufferEnd {
  readonly at: number;
  readonly needBytes: number;
  readonly problem: string | null;
}

function* framesIn(
  buffer: Buffer,
  fileOffsetOf: (at: number) => number,
): Generator<FrameInSegment, BufferEnd> {
  let at = 0;
  for (;;) {
    const reading = readFrame(buffer, at, buffer.length);
    if (reading.kind === 'incomplete') return { at, needBytes: reading.needBytes, problem: null };
    if (reading.kind === 'bad') return { at, needBytes: 0, problem: reading.problem };
    yield { buffer, frame: reading.frame, fileOffset: fileOffsetOf(at) };
    at = reading.frame.endAt;
  }
}

function readAt(descriptor: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, buffer, filled, length - filled, offset + filled);
    if (read === 0) return buffer.subarray(0, filled);
    filled += read;
  }
  return buffer;
}
