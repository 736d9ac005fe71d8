import type { JournalRecord } from '../../protocol/journal-record.ts';
import { digestedBytes, endOfRecord, erasedDigest, isErased, readRecordAt } from './record-layout.ts';
import { recordDigest } from './record-digest.ts';
import { listSegments, type SegmentFile } from './segment-file.ts';
import { type FrameInSegment, openSegment } from './segment-reader.ts';
import { validFrameAfter } from './torn-tail.ts';

/** Handed to the consumer at a time, about: enough to make a step worth its overhead, little enough to stay in cache. */
const RECORDS_A_BATCH = 1_024;

/** A journal that cannot be read on from here: bytes on disk are not what was written. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';

  constructor(path: string, offset: number, problem: string) {
    super(`${path} is damaged at byte ${offset}: ${problem}. Run "milepost verify" for the whole list`);
  }
}

/**
 * The records from a position on, in order and without holes, in batches; every CRC is checked. Reads with or without
 * a writer at work, to the end as it was when the last segment was opened; a torn last frame ends it quietly.
 * Throws `JournalDamaged` when bytes in the middle are not what was written: nothing after them can be trusted.
 */
export function* readJournal(folder: string, fromPosition: number): Generator<readonly JournalRecord[]> {
  const segments = listSegments(folder);
  const startAt = segments.findLastIndex((segment) => segment.firstPosition <= fromPosition);
  let expected: number | null = null;
  for (let i = Math.max(startAt, 0); i < segments.length; i += 1) {
    const file = segments[i];
    if (file === undefined) return;
    if (expected !== null && file.firstPosition !== expected) {
      throw new JournalDamaged(
        file.path,
        0,
        `position ${expected} should come first here; a segment is missing`,
      );
    }
    expected = yield* readSegment(file, fromPosition, i === segments.length - 1);
  }
}

/** Yields the records of one segment and returns the position after its last. */
function* readSegment(
  file: SegmentFile,
  fromPosition: number,
  isLast: boolean,
): Generator<readonly JournalRecord[], number> {
  const segment = openSegment(file);
  try {
    let nextPosition = file.firstPosition;
    if (!segment.header.ok) {
      if (isLast && segment.header.error.isTorn) return nextPosition;
      throw new JournalDamaged(file.path, 0, segment.header.error.problem);
    }
    let batch: JournalRecord[] = [];
    const frames = segment.frames(fromPosition);
    let step = frames.next();
    for (; step.done !== true; step = frames.next()) {
      const { frame, fileOffset } = step.value;
      const isInOrder = frame.firstPosition === nextPosition || frame.firstPosition <= fromPosition;
      if (!isInOrder)
        throw new JournalDamaged(file.path, fileOffset, `position ${nextPosition} should come here`);
      nextPosition = frame.firstPosition + frame.records;
      if (nextPosition <= fromPosition) continue;
      if (!decodeFrame(step.value, fromPosition, batch)) {
        throw new JournalDamaged(file.path, fileOffset, 'a record is none this program knows');
      }
      if (batch.length >= RECORDS_A_BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
    const { offset, problem } = step.value;
    if (problem !== null && !(isLast && !validFrameAfter(segment, offset, nextPosition))) {
      throw new JournalDamaged(file.path, offset, problem);
    }
    return nextPosition;
  } finally {
    segment.close();
  }
}

/** Adds the frame's records from a position on; false when one is not readable. */
function decodeFrame(
  { buffer, frame }: FrameInSegment,
  fromPosition: number,
  into: JournalRecord[],
): boolean {
  let at = frame.payloadAt;
  for (let position = frame.firstPosition; position < frame.firstPosition + frame.records; position += 1) {
    const end = endOfRecord(buffer, at, frame.endAt);
    if (end > frame.endAt) return false;
    if (position >= fromPosition) {
      const record = readRecordAt(buffer, at, end, position);
      if (record === null) return false;
      into.push(record);
    }
    at = end;
  }
  return at === frame.endAt;
}

/** A record with the digest the hash chain has of it. */
export interface DigestedRecord {
  readonly record: JournalRecord;
  readonly digestHex: string;
  /** What the digest is computed over; null for an erased record. */
  readonly digested: Uint8Array | null;
}

/** Records by position, for "why this charge?": each segment that holds some is read once. Unknown positions are left out. */
export function readRecords(folder: string, positions: readonly number[]): Map<number, DigestedRecord> {
  const found = new Map<number, DigestedRecord>();
  const segments = listSegments(folder);
  segments.forEach((file, i) => {
    const end = segments[i + 1]?.firstPosition ?? Number.POSITIVE_INFINITY;
    const wanted = positions.filter((position) => position >= file.firstPosition && position < end);
    if (wanted.length > 0)
      readFromSegment(
        file,
        wanted.toSorted((a, b) => a - b),
        found,
      );
  });
  return found;
}

function readFromSegment(
  file: SegmentFile,
  wanted: readonly number[],
  found: Map<number, DigestedRecord>,
): void {
  const segment = openSegment(file);
  let next = 0;
  try {
    for (const inSegment of segment.frames(wanted[0])) {
      const { frame } = inSegment;
      for (; next < wanted.length; next += 1) {
        const position = wanted[next] ?? 0;
        if (position >= frame.firstPosition + frame.records) break;
        const record = recordInFrame(inSegment, position);
        if (record !== null) found.set(position, record);
      }
      if (next === wanted.length) return;
    }
  } finally {
    segment.close();
  }
}

function recordInFrame({ buffer, frame }: FrameInSegment, position: number): DigestedRecord | null {
  let at = frame.payloadAt;
  for (let i = frame.firstPosition; i < position; i += 1) at = endOfRecord(buffer, at, frame.endAt);
  const end = endOfRecord(buffer, at, frame.endAt);
  const record = readRecordAt(buffer, at, end, position);
  if (record === null) return null;
  const digested = isErased(buffer, at) ? null : digestedBytes(buffer, at, end);
  const digest = digested === null ? erasedDigest(buffer, at) : recordDigest(digested);
  return { record, digestHex: Buffer.from(digest).toString('hex'), digested };
}
