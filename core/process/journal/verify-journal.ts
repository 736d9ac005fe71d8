import { DIGEST_BYTES, HashChain } from './record-digest.ts';
import { digestedBytes, endOfRecord, erasedDigest, readRecordAt } from './record-layout.ts';
import { listSegmentFiles, type SegmentFile, type SegmentHeader } from './segment-file.ts';
import { type FrameInSegment, type OpenSegment, openSegment } from './segment-reader.ts';

/** What a whole reading of the journal found. Without problems the records are the ones that were written. */
export interface JournalVerification {
  readonly records: number;
  /** Packets among them, those erased since included. */
  readonly packets: number;
  readonly erased: number;
  readonly bytes: number;
  /** The hash chain after the last record: two copies of a journal agree when this does. */
  readonly chainHex: string;
  readonly problems: readonly JournalDefect[];
}

/** One place where a journal is not as it was written. `offset` is the byte in the file; a block's start in a sealed one. */
export interface JournalDefect {
  readonly file: string;
  readonly offset: number;
  readonly position?: number;
  readonly problem: string;
}

/** How far the walk has come: what the next segment, frame or record has to follow on from. */
interface Walk {
  nextPosition: number;
  chain: HashChain;
  receivedAtMs: number;
  records: number;
  packets: number;
  erased: number;
  bytes: number;
  readonly problems: JournalDefect[];
}

/**
 * Reads every byte of every segment: checksums, the hash chain from zero, received times that never fall, continuity
 * from segment to segment. Anything not perfectly framed is a problem, a tail torn by a crash included: opening the
 * journal sets that one aside. Changes nothing and needs no lock.
 */
export function verifyJournal(folder: string): JournalVerification {
  const walk = newWalk();
  const files = listSegmentFiles(folder);
  files.forEach((file, i) => {
    const isDouble = files[i - 1]?.firstPosition === file.firstPosition;
    if (isDouble) walk.problems.push(...verifyDouble(file));
    else verifySegment(file, walk);
  });
  const { records, packets, erased, bytes, problems } = walk;
  return {
    records,
    packets,
    erased,
    bytes,
    chainHex: Buffer.from(walk.chain.value()).toString('hex'),
    problems,
  };
}

function newWalk(): Walk {
  const zero = { nextPosition: 0, receivedAtMs: 0, records: 0, packets: 0, erased: 0, bytes: 0 };
  return { ...zero, chain: new HashChain(), problems: [] };
}

/** A plain segment beside its sealed form, left by a crash in between: judged by itself, from its own header on. */
function verifyDouble(file: SegmentFile): readonly JournalDefect[] {
  const segment = openSegment(file);
  try {
    if (!segment.header.ok) return [{ file: file.path, offset: 0, problem: segment.header.error.problem }];
    const walk = newWalk();
    startFrom(segment.header.value, walk);
    verifyFrames(segment, walk);
    return walk.problems;
  } finally {
    segment.close();
  }
}

function verifySegment(file: SegmentFile, walk: Walk): void {
  const segment = openSegment(file);
  try {
    walk.bytes += segment.bytes;
    if (!segment.header.ok) {
      walk.problems.push({ file: file.path, offset: 0, problem: segment.header.error.problem });
      return;
    }
    const header = segment.header.value;
    for (const problem of discontinuities(header, walk)) {
      walk.problems.push({ file: file.path, offset: 0, position: header.firstPosition, problem });
    }
    startFrom(header, walk);
    verifyFrames(segment, walk);
  } finally {
    segment.close();
  }
}

function discontinuities(header: SegmentHeader, walk: Walk): readonly string[] {
  if (header.firstPosition !== walk.nextPosition) {
    return [`the segment starts at position ${header.firstPosition}; ${walk.nextPosition} should come next`];
  }
  const problems: string[] = [];
  if (!walk.chain.equals(header.chainBefore))
    problems.push('the hash chain does not follow on from the segment before');
  if (header.receivedBeforeMs !== walk.receivedAtMs) {
    problems.push('the received time does not follow on from the segment before');
  }
  return problems;
}

function startFrom(header: SegmentHeader, walk: Walk): void {
  walk.nextPosition = header.firstPosition;
  walk.chain = new HashChain(header.chainBefore);
  walk.receivedAtMs = header.receivedBeforeMs;
}

function verifyFrames(segment: OpenSegment, walk: Walk): void {
  const { path } = segment.file;
  const frames = segment.frames();
  let step = frames.next();
  for (; step.done !== true; step = frames.next()) {
    const { frame, fileOffset } = step.value;
    const position = frame.firstPosition;
    if (position !== walk.nextPosition) {
      walk.problems.push({
        file: path,
        offset: fileOffset,
        position,
        problem: `${walk.nextPosition} should come next`,
      });
    }
    if (!walk.chain.equals(frame.chainBefore)) {
      const problem = 'the hash chain does not match the records before';
      walk.problems.push({ file: path, offset: fileOffset, position, problem });
      // Goes on from what the frame says, so that one bad frame is one problem.
      walk.chain = new HashChain(frame.chainBefore);
    }
    walk.nextPosition = position;
    for (const defect of verifyRecords(step.value, walk))
      walk.problems.push({ file: path, offset: fileOffset, ...defect });
    walk.nextPosition = position + frame.records;
    walk.chain.endFrame();
  }
  const { offset, chainAfter } = step.value;
  const isChained = chainAfter === undefined || walk.chain.equals(chainAfter);
  const problem = step.value.problem ?? (isChained ? null : 'the hash chain does not match the end mark');
  if (problem !== null) walk.problems.push({ file: path, offset, position: walk.nextPosition, problem });
}

function verifyRecords(
  { buffer, frame }: FrameInSegment,
  walk: Walk,
): readonly { readonly position: number; readonly problem: string }[] {
  const problems: { position: number; problem: string }[] = [];
  let at = frame.payloadAt;
  for (let position = frame.firstPosition; position < frame.firstPosition + frame.records; position += 1) {
    const end = endOfRecord(buffer, at, frame.endAt);
    if (end > frame.endAt) return [...problems, { position, problem: 'the record is longer than its frame' }];
    const problem = verifyRecord(buffer, at, end, position, walk);
    if (problem !== null) problems.push({ position, problem });
    at = end;
  }
  if (at === frame.endAt) return problems;
  return [
    ...problems,
    { position: frame.firstPosition + frame.records, problem: 'bytes follow the last record of a frame' },
  ];
}

function verifyRecord(buffer: Buffer, at: number, end: number, position: number, walk: Walk): string | null {
  const record = readRecordAt(buffer, at, end, position);
  if (record === null) return 'the record is none this program knows';
  if (record.kind === 'erased') {
    const digest = erasedDigest(buffer, at);
    if (digest.length !== DIGEST_BYTES) return 'the record was erased but its digest is not whole';
    walk.chain.addDigest(digest);
    walk.erased += 1;
  } else {
    walk.chain.addRecord(digestedBytes(buffer, at, end));
  }
  walk.records += 1;
  if (record.kind === 'packet' || (record.kind === 'erased' && record.was === 'packet')) walk.packets += 1;
  const isBackwards = record.receivedAtMs < walk.receivedAtMs;
  walk.receivedAtMs = record.receivedAtMs;
  return isBackwards ? 'the received time is before that of the record before' : null;
}
