import { closeSync, fsync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { fail, ok, type Result } from '../../base/result.ts';
import { FRAME_HEADER_BYTES } from './frame.ts';
import { chainAfter } from './frame-chain.ts';
import { realDisk, syncFolder, writeWhole } from './journal-disk.ts';
import { encodeBlockHeader, encodeEndMark } from './sealed-block.ts';
import { encodeSegmentHeader, type SegmentFile, type SegmentHeader } from './segment-file.ts';
import { type FrameInSegment, openSegment } from './segment-reader.ts';

/** Compressed at a time: enough to compress well, little enough that looking up one record stays cheap. */
const BLOCK_BYTES = 1_048_576;
/** Between two blocks intake has the processor and the disk to itself: a backlog of plain segments costs only space. */
const PAUSE_MS = 100;
/** The fastest level: telemetry shrinks well at any, and the same two cores run the control room. */
const COMPRESSION_LEVEL = 1;
const compress = promisify(deflateRaw);
const syncToDisk = promisify(fsync);
/** Why a sealing that was stopped did not finish; the next start begins it again. */
export const STOPPED = 'stopped';

/** The frame, header and payload, as it lies in its buffer. */
export function frameBytes({ buffer, frame }: FrameInSegment): Buffer {
  return buffer.subarray(frame.payloadAt - FRAME_HEADER_BYTES, frame.endAt);
}

/**
 * Replaces a full plain segment by its compressed form: temporary file, sync, rename, sync of the folder, and only then
 * the plain one goes. A crash anywhere leaves at least one whole form. Damaged frames are left as they lie, for
 * `milepost verify` to show. Takes its time, and gives up when stopped. The value is the size of the sealed file.
 */
export async function sealSegment(
  file: SegmentFile,
  isStopped: () => boolean,
): Promise<Result<number, string>> {
  const segment = openSegment(file);
  try {
    if (!segment.header.ok) return fail(segment.header.error.problem);
    const sealedPath = `${file.path}z`;
    const pause = async (): Promise<boolean> => {
      await wait(PAUSE_MS);
      return !isStopped();
    };
    const bytes = await writeSealed(sealedPath, segment.header.value, segment.frames(), pause);
    if (!bytes.ok) return bytes;
    rmSync(file.path);
    return bytes;
  } finally {
    segment.close();
  }
}

/** Writes a sealed segment under its final name, all of it or nothing; `pause` runs after each block and may end it. */
export async function writeSealed(
  path: string,
  header: SegmentHeader,
  frames: Generator<FrameInSegment, { readonly problem: string | null }>,
  pause: () => Promise<boolean> = async () => true,
): Promise<Result<number, string>> {
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, 'w');
  const target = new SealedFile(descriptor);
  let problem: string | null = null;
  try {
    await target.write(encodeSegmentHeader({ ...header, form: 'sealed' }));
    let step = frames.next();
    for (; step.done !== true && problem === null; step = frames.next()) {
      const isBlockWritten = await target.addFrame(step.value);
      if (isBlockWritten && !(await pause())) problem = STOPPED;
    }
    if (step.done === true) problem ??= step.value.problem;
    await target.end(header.chainBefore);
    await syncToDisk(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (problem !== null) {
    rmSync(temporary);
    return fail(problem);
  }
  renameSync(temporary, path);
  await syncFolder(dirname(path));
  return ok(target.bytes);
}

/** Gathers frames into blocks, compresses them off this thread and writes them one after another. */
class SealedFile {
  bytes = 0;
  readonly #descriptor: number;
  #block: FrameInSegment[] = [];
  #blockBytes = 0;
  #records = 0;
  #plainBytes = 0;
  #last: FrameInSegment | null = null;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async write(...buffers: Buffer[]): Promise<void> {
    await writeWhole(realDisk, this.#descriptor, buffers, this.bytes);
    for (const buffer of buffers) this.bytes += buffer.length;
  }

  /** True when a block was full and has been written. */
  async addFrame(found: FrameInSegment): Promise<boolean> {
    const { length } = frameBytes(found);
    const isFull = this.#block.length > 0 && this.#blockBytes + length > BLOCK_BYTES;
    if (isFull) await this.#writeBlock();
    this.#block.push(found);
    this.#blockBytes += length;
    this.#records += found.frame.records;
    this.#plainBytes += length;
    this.#last = found;
    return isFull;
  }

  async end(chainBefore: Uint8Array): Promise<void> {
    await this.#writeBlock();
    const chain = this.#last === null ? chainBefore : chainAfter(this.#last);
    await this.write(
      encodeEndMark({ records: this.#records, plainBytes: this.#plainBytes, chainAfter: chain }),
    );
  }

  async #writeBlock(): Promise<void> {
    const [first] = this.#block;
    if (first === undefined) return;
    const plain = Buffer.concat(this.#block.map(frameBytes));
    const compressed = await compress(plain, { level: COMPRESSION_LEVEL });
    const header = {
      compressedBytes: compressed.length,
      plainBytes: plain.length,
      records: this.#block.reduce((sum, { frame }) => sum + frame.records, 0),
      firstPosition: first.frame.firstPosition,
    };
    this.#block = [];
    this.#blockBytes = 0;
    await this.write(encodeBlockHeader(header, compressed), compressed);
  }
}
