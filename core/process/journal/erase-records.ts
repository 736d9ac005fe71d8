import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import { lockFolder } from './folder-lock.ts';
import { FRAME_HEADER_BYTES, type Frame, writeFrameHeader } from './frame.ts';
import type { JournalProblem } from './journal.ts';
import { realDisk, syncFolder, writeWhole } from './journal-disk.ts';
import { removeLeftovers } from './journal-tail.ts';
import {
  digestedBytes,
  endOfRecord,
  ERASED_RECORD_BYTES,
  isErased,
  writeErasedRecord,
} from './record-layout.ts';
import { recordDigest } from './record-digest.ts';
import { frameBytes, writeSealed } from './sealed-writer.ts';
import { encodeSegmentHeader, listSegments, type SegmentFile, type SegmentHeader } from './segment-file.ts';
import { type FrameInSegment, openSegment, type SegmentEnd } from './segment-reader.ts';

/**
 * Replaces the bytes and the salt of records by their digests, for good: what was there can be neither read nor guessed
 * from it, and the chain still verifies. Each segment is rewritten whole beside itself and renamed, so a crash leaves
 * the old or the new one. Takes the journal's lock: nobody writes meanwhile. The value is how many records were erased
 * now; those erased before and positions beyond the end do not count.
 */
export async function eraseRecords(
  folder: string,
  positions: readonly number[],
): Promise<Result<number, JournalProblem>> {
  const lock = lockFolder(folder);
  if (!lock.ok) {
    const message = `the journal in ${folder} is being written by process ${lock.error}; stop that first`;
    return fail({ problem: 'locked', pid: lock.error, message });
  }
  try {
    removeLeftovers(folder);
    const files = listSegments(folder);
    let erased = 0;
    for (const [i, file] of files.entries()) {
      const endPosition = files[i + 1]?.firstPosition ?? Number.MAX_SAFE_INTEGER;
      const inside = positions.filter((position) => position >= file.firstPosition && position < endPosition);
      if (inside.length === 0) continue;
      const rewritten = await rewriteSegment(file, new Set(inside));
      if (!rewritten.ok) return rewritten;
      erased += rewritten.value;
    }
    return ok(erased);
  } finally {
    lock.value.release();
  }
}

async function rewriteSegment(
  file: SegmentFile,
  positions: ReadonlySet<number>,
): Promise<Result<number, JournalProblem>> {
  const segment = openSegment(file);
  try {
    if (!segment.header.ok) return damaged(file, 0, segment.header.error.problem);
    const erasure = { positions, erased: 0 };
    const frames = withoutErased(segment.frames(), erasure);
    const write = file.form === 'plain' ? writePlain : writeSealed;
    const written = await write(file.path, segment.header.value, frames);
    return written.ok ? ok(erasure.erased) : damaged(file, 0, written.error);
  } finally {
    segment.close();
  }
}

interface Erasure {
  readonly positions: ReadonlySet<number>;
  erased: number;
}

function* withoutErased(
  frames: Generator<FrameInSegment, SegmentEnd>,
  erasure: Erasure,
): Generator<FrameInSegment, SegmentEnd> {
  let step = frames.next();
  for (; step.done !== true; step = frames.next()) yield rewriteFrame(step.value, erasure);
  return step.value;
}

/** The frame with its erased records replaced: same place, same records, same chain, new lengths and CRC. */
function rewriteFrame(found: FrameInSegment, erasure: Erasure): FrameInSegment {
  const { buffer, frame, fileOffset } = found;
  const rewritten = Buffer.alloc(
    FRAME_HEADER_BYTES + frame.endAt - frame.payloadAt + frame.records * ERASED_RECORD_BYTES,
  );
  const erasedBefore = erasure.erased;
  let to = FRAME_HEADER_BYTES;
  let at = frame.payloadAt;
  for (let position = frame.firstPosition; position < frame.firstPosition + frame.records; position += 1) {
    const end = endOfRecord(buffer, at, frame.endAt);
    if (erasure.positions.has(position) && !isErased(buffer, at)) {
      const digest = recordDigest(digestedBytes(buffer, at, end));
      to = writeErasedRecord(rewritten, to, buffer.subarray(at, end), digest);
      erasure.erased += 1;
    } else {
      to += buffer.copy(rewritten, to, at, end);
    }
    at = end;
  }
  if (erasure.erased === erasedBefore) return found;
  return reframed(rewritten.subarray(0, to), frame, fileOffset);
}

function reframed(bytes: Buffer, frame: Frame, fileOffset: number): FrameInSegment {
  writeFrameHeader([bytes], frame);
  return {
    buffer: bytes,
    frame: { ...frame, payloadAt: FRAME_HEADER_BYTES, endAt: bytes.length },
    fileOffset,
  };
}

async function writePlain(
  path: string,
  header: SegmentHeader,
  frames: Generator<FrameInSegment, SegmentEnd>,
): Promise<Result<number, string>> {
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, 'w');
  let bytes = 0;
  const write = async (buffer: Buffer): Promise<void> => {
    await writeWhole(realDisk, descriptor, [buffer], bytes);
    bytes += buffer.length;
  };
  let end: SegmentEnd;
  try {
    await write(encodeSegmentHeader(header));
    let step = frames.next();
    for (; step.done !== true; step = frames.next()) await write(frameBytes(step.value));
    end = step.value;
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (end.problem !== null) return fail(end.problem);
  renameSync(temporary, path);
  await syncFolder(dirname(path));
  return ok(bytes);
}

function damaged(file: SegmentFile, offset: number, problem: string): Result<never, JournalProblem> {
  const message = `${file.path} is damaged: ${problem}. Nothing in it was erased; run "milepost verify" first`;
  return fail({ problem: 'damaged', file: file.path, offset, message });
}
