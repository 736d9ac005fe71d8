import { close as closeFile, openSync, statSync } from 'node:fs';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import type { FolderLock } from './folder-lock.ts';
import { type Batch, chainBatch, closeFrame, FrameWriter, recordsOf } from './frame-writer.ts';
import type {
  AppendSettled,
  CommitListener,
  Journal,
  JournalDisk,
  JournalFailure,
  JournalLog,
  SaltSource,
} from './journal.ts';
import { syncFolder, writeWhole } from './journal-disk.ts';
import type { JournalTail } from './journal-tail.ts';
import { HashChain } from './record-digest.ts';
import { sealSegment, STOPPED } from './sealed-writer.ts';
import {
  encodeSegmentHeader,
  listSegments,
  partitionFolder,
  SEGMENT_HEADER_BYTES,
  type SegmentFile,
  segmentPath,
} from './segment-file.ts';

/** One flush writes at most about this much: a batch keeps the disk busy without making everybody wait for it. */
const BATCH_BYTES_MAX = 4 * 1_048_576;

export interface WriterParts {
  readonly folder: string;
  readonly tail: JournalTail;
  readonly lock: FolderLock;
  readonly clock: () => number;
  readonly disk: JournalDisk;
  readonly salts: SaltSource;
  readonly segmentBytesMax: number;
  /** On disk when opened. */
  readonly bytes: number;
  readonly log: JournalLog;
}

interface CurrentSegment {
  readonly file: SegmentFile;
  readonly descriptor: number;
  bytes: number;
}

/**
 * The journal in segment files. One flush (write, fdatasync) is in flight at a time; what arrives meanwhile is the
 * next batch, so the slower the disk, the larger the batches, and the cost of a sync is shared by all of them.
 */
export class JournalWriter implements Journal {
  readonly #parts: WriterParts;
  /** As of the last batch handed to the disk. */
  readonly #chain: HashChain;
  readonly #frames: FrameWriter;
  /** Batches full before their turn came; the open one is in `#frames`. */
  readonly #full: Batch[] = [];
  readonly #commitListeners: CommitListener[] = [];
  readonly #failureListeners: ((failure: JournalFailure) => void)[] = [];
  #segment: CurrentSegment | null = null;
  #nextPosition: number;
  #receivedAtMs: number;
  #bytes: number;
  #failure: JournalFailure | null = null;
  #isClosed = false;
  #isFlushing = false;
  #whenIdle: (() => void)[] = [];
  #sealing: Promise<void> = Promise.resolve();

  constructor(parts: WriterParts) {
    this.#parts = parts;
    const { tail } = parts;
    this.#chain = new HashChain(tail.chain);
    this.#frames = new FrameWriter(tail.receivedAtMs, parts.salts);
    this.#nextPosition = tail.nextPosition;
    this.#receivedAtMs = tail.receivedAtMs;
    this.#bytes = parts.bytes;
    if (tail.segment !== null) {
      const { file, bytes } = tail.segment;
      this.#segment = { file, bytes, descriptor: openSync(file.path, 'r+') };
    }
    this.#sealOlder();
  }

  get nextPosition(): number {
    return this.#nextPosition;
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(entry: JournalEntry, settled?: AppendSettled): void {
    const failure = this.#failure ?? (this.#isClosed ? CLOSED : null);
    if (failure !== null) {
      const position = this.#nextPosition;
      if (settled !== undefined) setImmediate(() => settled(failure, position));
      return;
    }
    this.#receivedAtMs = Math.max(this.#receivedAtMs, Math.floor(this.#parts.clock()));
    this.#frames.add(entry, this.#receivedAtMs, settled);
    this.#nextPosition += 1;
    if (this.#frames.bytes >= BATCH_BYTES_MAX) this.#full.push(this.#takeOpen());
    if (!this.#isFlushing) this.#startFlushing();
  }

  onCommit(listener: CommitListener): void {
    this.#commitListeners.push(listener);
  }

  onFailure(listener: (failure: JournalFailure) => void): void {
    if (this.#failure === null) this.#failureListeners.push(listener);
    else listener(this.#failure);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#isFlushing) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await this.#sealing;
    if (this.#segment !== null) await closeDescriptor(this.#segment.descriptor);
    this.#segment = null;
    this.#parts.lock.release();
  }

  /** Waits for the end of this turn of the event loop, so that everything read from sockets in it is one batch. */
  #startFlushing(): void {
    this.#isFlushing = true;
    setImmediate(() => {
      this.#flushAll().catch((error: unknown) => {
        // A commit listener threw: our own defect. It must end the process, not vanish in a promise.
        setImmediate(() => {
          throw error;
        });
      });
    });
  }

  async #flushAll(): Promise<void> {
    let batch = this.#takeBatch();
    let flush = this.#flush(batch);
    while (batch !== null) {
      const failure = await flush;
      if (failure !== null) {
        this.#fail(failure, batch);
        break;
      }
      // The disk gets its next batch before anybody is told of this one, so that it never waits for the fold.
      const done: Batch = batch;
      batch = this.#takeBatch();
      this.#isFlushing = batch !== null;
      flush = this.#flush(batch);
      this.#settle(done);
    }
    // Whoever was just told may have appended again: then the next round of flushing is not over yet.
    if (!this.#isFlushing) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #takeBatch(): Batch | null {
    const full = this.#full.shift();
    if (full !== undefined) return full;
    return this.#frames.records === 0 ? null : this.#takeOpen();
  }

  #takeOpen(): Batch {
    return this.#frames.take(this.#nextPosition - this.#frames.records);
  }

  async #flush(batch: Batch | null): Promise<JournalFailure | null> {
    if (batch === null) return null;
    const { disk } = this.#parts;
    let problem: JournalFailure['problem'] = 'new-segment-failed';
    try {
      const segment = await this.#segmentFor(batch);
      problem = 'write-failed';
      closeFrame(batch, this.#chain);
      await writeWhole(disk, segment.descriptor, batch.slices, segment.bytes);
      problem = 'sync-failed';
      const synced = disk.sync(segment.descriptor);
      // Hashing is most of the work of a record: it is done while the disk is busy, for the next frame to begin with.
      chainBatch(batch, this.#chain);
      await synced;
      segment.bytes += batch.bytes;
      this.#bytes += batch.bytes;
      return null;
    } catch (error) {
      return { problem, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #settle(batch: Batch): void {
    if (this.#commitListeners.length > 0) {
      const records = recordsOf(batch);
      for (const listener of this.#commitListeners) listener(records);
    }
    batch.settled.forEach((settled, i) => settled?.(null, batch.firstPosition + i));
  }

  /** Nothing after a failed write is trusted, even should the disk recover: what it holds now is not known. */
  #fail(failure: JournalFailure, batch: Batch): void {
    this.#failure = failure;
    this.#isFlushing = false;
    const refused = [batch, ...this.#full.splice(0), ...(this.#frames.records > 0 ? [this.#takeOpen()] : [])];
    for (const listener of this.#failureListeners.splice(0)) listener(failure);
    for (const { settled, firstPosition } of refused) {
      settled.forEach((tell, i) => tell?.(failure, firstPosition + i));
    }
  }

  async #segmentFor(batch: Batch): Promise<CurrentSegment> {
    const full = this.#segment;
    const hasRoom = full !== null && full.bytes + batch.bytes <= this.#parts.segmentBytesMax;
    if (full !== null && (hasRoom || full.bytes === SEGMENT_HEADER_BYTES)) return full;
    const fresh = await this.#createSegment(batch);
    if (full !== null) {
      await closeDescriptor(full.descriptor);
      this.#seal(full.file, full.bytes);
    }
    return fresh;
  }

  /** The header is on disk, and the name in the folder, before the first frame is: a torn header has nothing after it. */
  async #createSegment(batch: Batch): Promise<CurrentSegment> {
    const { folder, disk } = this.#parts;
    const { firstPosition, receivedBeforeMs } = batch;
    const chainBefore = this.#chain.value();
    const path = segmentPath(folder, firstPosition, 'plain');
    const descriptor = openSync(path, 'wx');
    const header = encodeSegmentHeader({ form: 'plain', firstPosition, chainBefore, receivedBeforeMs });
    await writeWhole(disk, descriptor, [header], 0);
    await disk.sync(descriptor);
    await syncFolder(partitionFolder(folder));
    const segment = {
      file: { path, firstPosition, form: 'plain' as const },
      descriptor,
      bytes: header.length,
    };
    this.#segment = segment;
    this.#bytes += header.length;
    return segment;
  }

  /** Segments a crash left full but plain. */
  #sealOlder(): void {
    for (const file of listSegments(this.#parts.folder).slice(0, -1)) {
      if (file.form === 'plain') this.#seal(file, statSync(file.path).size);
    }
  }

  /** One at a time, in the background. A segment that cannot be sealed stays plain and readable; the next start tries again. */
  #seal(file: SegmentFile, plainBytes: number): void {
    this.#sealing = this.#sealing.then(async () => {
      if (this.#isClosed) return;
      try {
        const sealed = await sealSegment(file, () => this.#isClosed);
        if (sealed.ok) this.#bytes += sealed.value - plainBytes;
        else if (sealed.error !== STOPPED) {
          const words = 'a full segment is not whole and was not sealed';
          this.#parts.log(words, { file: file.path, problem: sealed.error });
        }
      } catch (error) {
        this.#parts.log('a full segment could not be sealed', { file: file.path, problem: String(error) });
      }
    });
  }
}

const CLOSED: JournalFailure = { problem: 'closed', message: 'the journal is closed' };

function closeDescriptor(descriptor: number): Promise<void> {
  return new Promise((resolve) => closeFile(descriptor, () => resolve()));
}
