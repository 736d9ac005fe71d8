import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { JournalLog, JournalProblem } from './journal.ts';
import { syncFolder } from './journal-disk.ts';
import { endOfRecord, receivedAtOf } from './record-layout.ts';
import { chainAfter } from './frame-chain.ts';
import { DIGEST_BYTES } from './record-digest.ts';
import {
  listSegmentFiles,
  listSegments,
  partitionFolder,
  type SegmentFile,
  type SegmentHeader,
} from './segment-file.ts';
import { type FrameInSegment, type OpenSegment, openSegment } from './segment-reader.ts';
import { validFrameAfter } from './torn-tail.ts';

/** Where writing goes on: after the last whole frame of the last segment. */
export interface JournalTail {
  readonly nextPosition: number;
  readonly chain: Uint8Array;
  readonly receivedAtMs: number;
  /** The plain segment to append to and its length; null when the next record begins a new one. */
  readonly segment: { readonly file: SegmentFile; readonly bytes: number } | null;
}

const EMPTY: JournalTail = {
  nextPosition: 0,
  chain: new Uint8Array(DIGEST_BYTES),
  receivedAtMs: 0,
  segment: null,
};

/**
 * Finds the end of the journal and makes it clean: a last frame torn by a crash is moved to a file beside its segment
 * (`….cut-1`). It was never acknowledged. Anything else that is wrong is damage, and refused.
 */
export async function settleTail(
  folder: string,
  log: JournalLog,
): Promise<Result<JournalTail, JournalProblem>> {
  removeLeftovers(folder);
  for (;;) {
    const file = listSegments(folder).at(-1);
    if (file === undefined) return ok(EMPTY);
    const segment = openSegment(file);
    try {
      if (segment.header.ok) return await tailOf(segment, segment.header.value, log);
      if (!segment.header.error.isTorn) return damaged(file, 0, segment.header.error.problem);
    } finally {
      segment.close();
    }
    const aside = cutName(file.path);
    renameSync(file.path, aside);
    log('a segment was being made when the program was stopped; it is set aside', { file: aside });
  }
}

/** Removes what a crash left: unfinished temporary files, and plain segments whose sealed form is complete. Needs the lock. */
export function removeLeftovers(folder: string): void {
  const inside = partitionFolder(folder);
  if (!existsSync(inside)) return;
  for (const name of readdirSync(inside)) {
    if (name.endsWith('.tmp')) rmSync(join(inside, name));
  }
  const inUse = new Set(listSegments(folder).map((file) => file.path));
  for (const file of listSegmentFiles(folder)) {
    if (!inUse.has(file.path)) rmSync(file.path);
  }
}

async function tailOf(
  segment: OpenSegment,
  header: SegmentHeader,
  log: JournalLog,
): Promise<Result<JournalTail, JournalProblem>> {
  let nextPosition = header.firstPosition;
  let last: FrameInSegment | null = null;
  const frames = segment.frames();
  let step = frames.next();
  for (; step.done !== true; step = frames.next()) {
    const { frame, fileOffset } = step.value;
    if (frame.firstPosition !== nextPosition) {
      return damaged(segment.file, fileOffset, `position ${nextPosition} should come here`);
    }
    nextPosition += frame.records;
    last = step.value;
  }
  const { offset, problem } = step.value;
  if (problem !== null) {
    if (validFrameAfter(segment, offset, nextPosition)) return damaged(segment.file, offset, problem);
    await cutTail(segment, offset, problem, log);
  }
  return ok({
    nextPosition,
    chain: last === null ? Uint8Array.from(header.chainBefore) : chainAfter(last),
    receivedAtMs: last === null ? header.receivedBeforeMs : lastReceivedAt(last),
    segment: segment.file.form === 'plain' ? { file: segment.file, bytes: offset } : null,
  });
}

function lastReceivedAt({ buffer, frame }: FrameInSegment): number {
  let at = frame.payloadAt;
  for (let i = 1; i < frame.records; i += 1) at = endOfRecord(buffer, at, frame.endAt);
  return receivedAtOf(buffer, at);
}

/** The bytes are kept before they are cut: nobody was told they were safe, but nothing is thrown away either. */
async function cutTail(
  segment: OpenSegment,
  offset: number,
  problem: string,
  log: JournalLog,
): Promise<void> {
  const { path } = segment.file;
  const aside = cutName(path);
  writeFileSync(aside, segment.read(offset, segment.bytes - offset), { flush: true });
  const descriptor = openSync(path, 'r+');
  try {
    ftruncateSync(descriptor, offset);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  await syncFolder(dirname(path));
  log('the last write before the program was stopped was torn; it is cut off and kept aside', {
    file: path,
    offset,
    bytes: segment.bytes - offset,
    aside,
    problem,
  });
}

function cutName(path: string): string {
  let n = 1;
  while (existsSync(`${path}.cut-${n}`)) n += 1;
  return `${path}.cut-${n}`;
}

function damaged(file: SegmentFile, offset: number, problem: string): Result<never, JournalProblem> {
  const message = `${file.path} is damaged at byte ${offset}: ${problem}. Nothing was changed; run "milepost verify" for the whole list`;
  return fail({ problem: 'damaged', file: file.path, offset, message });
}
