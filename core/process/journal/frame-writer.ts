import { assert } from '../../base/assert.ts';
import type { JournalEntry, JournalRecord } from '../../protocol/journal-record.ts';
import { FRAME_HEADER_BYTES, writeFrameHeader } from './frame.ts';
import { chainRecords } from './frame-chain.ts';
import type { HashChain } from './record-digest.ts';
import type { AppendSettled, SaltSource } from './journal.ts';
import { endOfRecord, readRecordAt, recordBytesMax, SALT_BYTES, writeRecord } from './record-layout.ts';

/** Memory is taken a mebibyte at a time and never reused: records handed to the fold are views of it. */
const CHUNK_BYTES = 1_048_576;
/** Salt is drawn for this many records at once: a call into the system for each would cost more than the record. */
const SALTS_DRAWN = 1_024;

/** A batch on its way to disk: its bytes, and whom to tell. */
export interface Batch {
  readonly slices: readonly Buffer[];
  readonly bytes: number;
  readonly firstPosition: number;
  /** Received time of the record before the first: what a segment that begins with this batch says in its header. */
  readonly receivedBeforeMs: number;
  /** Whom to tell of each record, in order: as many as there are records. */
  readonly settled: readonly (AppendSettled | undefined)[];
}

/** Turns entries into frames, one after another. The header's place is left free: it is written when the frame's turn comes. */
export class FrameWriter {
  readonly #fillSalt: SaltSource;
  readonly #salts = Buffer.alloc(SALT_BYTES * SALTS_DRAWN);
  #saltsUsed = SALTS_DRAWN;
  #chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  /** Where the next byte goes, and where the open frame's part of this chunk starts. */
  #at = 0;
  #sliceAt = 0;
  #slices: Buffer[] = [];
  #bytesInSlices = 0;
  #settled: (AppendSettled | undefined)[] = [];
  #receivedAtMs: number;
  #receivedBeforeMs: number;

  constructor(receivedAtMs: number, fillSalt: SaltSource) {
    this.#receivedAtMs = receivedAtMs;
    this.#receivedBeforeMs = receivedAtMs;
    this.#fillSalt = fillSalt;
  }

  get records(): number {
    return this.#settled.length;
  }

  /** Bytes of the open frame so far, header included. */
  get bytes(): number {
    return this.#bytesInSlices + this.#at - this.#sliceAt;
  }

  add(entry: JournalEntry, receivedAtMs: number, settled: AppendSettled | undefined): void {
    const isFirst = this.#settled.length === 0;
    this.#makeRoom(recordBytesMax(entry) + (isFirst ? FRAME_HEADER_BYTES : 0));
    if (isFirst) this.#at += FRAME_HEADER_BYTES;
    this.#at = writeRecord(this.#chunk, this.#at, entry, {
      receivedAtMs,
      salts: this.#salts,
      saltAt: this.#nextSalt(),
    });
    this.#settled.push(settled);
    this.#receivedAtMs = receivedAtMs;
  }

  /** Closes the open frame, the first of whose records has this position. The next `add` begins another. */
  take(firstPosition: number): Batch {
    this.#closeSlice();
    const [slices, bytes, settled] = [this.#slices, this.#bytesInSlices, this.#settled];
    assert(settled.length > 0, 'a frame has at least one record');
    const receivedBeforeMs = this.#receivedBeforeMs;
    this.#receivedBeforeMs = this.#receivedAtMs;
    this.#slices = [];
    this.#bytesInSlices = 0;
    this.#settled = [];
    return { slices, bytes, firstPosition, receivedBeforeMs, settled };
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#chunk.length) return;
    this.#closeSlice();
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    this.#at = 0;
    this.#sliceAt = 0;
  }

  #closeSlice(): void {
    if (this.#at === this.#sliceAt) return;
    const slice = this.#chunk.subarray(this.#sliceAt, this.#at);
    this.#slices.push(slice);
    this.#bytesInSlices += slice.length;
    this.#sliceAt = this.#at;
  }

  #nextSalt(): number {
    if (this.#saltsUsed === SALTS_DRAWN) {
      this.#fillSalt(this.#salts);
      this.#saltsUsed = 0;
    }
    this.#saltsUsed += 1;
    return (this.#saltsUsed - 1) * SALT_BYTES;
  }
}

/** Completes the frame of a batch, now that the chain before it is known. */
export function closeFrame({ slices, settled, firstPosition }: Batch, chain: HashChain): void {
  writeFrameHeader(slices, { records: settled.length, firstPosition, chainBefore: chain.value() });
}

/** Takes the batch into the chain: the chain before the next one. */
export function chainBatch({ slices }: Batch, chain: HashChain): void {
  slices.forEach((slice, i) => chainRecords(chain, slice, i === 0 ? FRAME_HEADER_BYTES : 0, slice.length));
  chain.endFrame();
}

/**
 * The records of a batch as the fold gets them, read from the bytes that were written: live and replay see the same.
 * Made when the batch is on disk and not before, since thousands of objects waiting for a disk are what the garbage
 * collector spends its time on.
 */
export function recordsOf({ slices, firstPosition }: Batch): JournalRecord[] {
  const records: JournalRecord[] = [];
  slices.forEach((slice, i) => {
    let at = i === 0 ? FRAME_HEADER_BYTES : 0;
    while (at < slice.length) {
      const end = endOfRecord(slice, at, slice.length);
      const record = readRecordAt(slice, at, end, firstPosition + records.length);
      assert(record !== null, 'a record just written can be read');
      records.push(record);
      at = end;
    }
  });
  return records;
}
