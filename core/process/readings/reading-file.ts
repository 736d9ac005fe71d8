import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import type { ReadingArchive } from '../../metering/reading-archive.ts';

/**
 * The readings of closed days in one file that only grows: a head, then block after block, each its length u32, CRC-32
 * u32 and bytes, little-endian. A block is known by where it begins. The file is a cache of the journal: a snapshot names
 * the file it belongs to and how far it went then, and without that file the journal is folded again.
 */
export interface ReadingFile extends ReadingArchive {
  /** Tells this file from any other there was or will be in its place. */
  readonly id: string;
  /** Hands what was put to the system; how far the file then goes, in bytes. */
  flush(): number;
  /** Returns when what was flushed would survive a power cut. */
  sync(): Promise<void>;
  /** Lets go of it, once or more often; nothing is put or taken after that. */
  close(): void;
}

/** A file and how far it went when somebody relied on it. */
export interface ReadingMark {
  readonly id: string;
  readonly bytes: number;
}

const FILE_NAME = 'readings.bin';
/** "MPR1" as it stands in the file. */
const MAGIC = Buffer.from('MPR1', 'latin1');
const ID_BYTES = 16;
const HEAD_BYTES = MAGIC.length + ID_BYTES;
const BLOCK_HEAD_BYTES = 8;
/** Most blocks of a day are shorter, and read in one go. */
const READ_AHEAD_BYTES = 8_192;
const PENDING_BYTES_MAX = 1_048_576;

/** What a folder's file is, without touching it; null when there is none that could be used. */
export function readingFileOf(folder: string): ReadingMark | null {
  const file = path.join(folder, FILE_NAME);
  if (!fs.existsSync(file)) return null;
  const descriptor = fs.openSync(file, 'r');
  const head = readAt(descriptor, 0, HEAD_BYTES);
  const { size } = fs.fstatSync(descriptor);
  fs.closeSync(descriptor);
  if (head.length < HEAD_BYTES || MAGIC.compare(head, 0, MAGIC.length) !== 0) return null;
  return { id: head.toString('hex', MAGIC.length), bytes: size };
}

/** Goes on at the end of the file that is there: what nobody knows any more is left where it is, and no block moves. */
export function reopenReadingFile(folder: string, there: ReadingMark): ReadingFile {
  return new AppendedFile(path.join(folder, FILE_NAME), there);
}

/** Makes a new, empty file in the place of any there is. */
export function makeReadingFile(folder: string): ReadingFile {
  const file = path.join(folder, FILE_NAME);
  fs.mkdirSync(folder, { recursive: true });
  const id = randomBytes(ID_BYTES);
  fs.writeFileSync(file, Buffer.concat([MAGIC, id]));
  return new AppendedFile(file, { id: id.toString('hex'), bytes: HEAD_BYTES });
}

/** An archive for who may not write: it reads the file that is there, and keeps what it puts to itself. */
export function readingFileToRead(folder: string): ReadingArchive {
  const known = readingFileOf(folder);
  const file = known === null ? null : new AppendedFile(path.join(folder, FILE_NAME), known, 'r');
  const own: Uint8Array[] = [];
  return {
    put: (bytes) => -own.push(bytes),
    take: (reference) => {
      const bytes = reference < 0 ? own[-reference - 1] : file?.take(reference);
      if (bytes === undefined) throw new Error(`no block ${reference} of readings is in ${folder}`);
      return bytes;
    },
  };
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, length, position));
}

const fdatasync = promisify(fs.fdatasync);

class AppendedFile implements ReadingFile {
  readonly id: string;
  readonly #file: string;
  readonly #descriptor: number;
  /** Where the blocks begin that were not handed to the system yet. */
  #flushedBytes: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #isOpen = true;

  constructor(file: string, { id, bytes }: ReadingMark, flags: 'r' | 'r+' = 'r+') {
    this.id = id;
    this.#file = file;
    this.#descriptor = fs.openSync(file, flags);
    this.#flushedBytes = bytes;
  }

  put(bytes: Uint8Array): number {
    const reference = this.#flushedBytes + this.#pendingBytes;
    const head = Buffer.alloc(BLOCK_HEAD_BYTES);
    head.writeUInt32LE(bytes.length, 0);
    head.writeUInt32LE(crc32(bytes), 4);
    this.#pending.push(head, bytes);
    this.#pendingBytes += head.length + bytes.length;
    if (this.#pendingBytes >= PENDING_BYTES_MAX) this.flush();
    return reference;
  }

  take(reference: number): Uint8Array {
    if (reference >= this.#flushedBytes) this.flush();
    const first = readAt(this.#descriptor, reference, READ_AHEAD_BYTES);
    if (first.length < BLOCK_HEAD_BYTES) return this.#giveUp(reference);
    const length = first.readUInt32LE(0);
    const isThere = reference + BLOCK_HEAD_BYTES + length <= this.#flushedBytes;
    if (!isThere) return this.#giveUp(reference);
    const end = BLOCK_HEAD_BYTES + length;
    const block = end <= first.length ? first : readAt(this.#descriptor, reference, end);
    const bytes = block.subarray(BLOCK_HEAD_BYTES, end);
    return crc32(bytes) === first.readUInt32LE(4) ? bytes : this.#giveUp(reference);
  }

  /** Out of the way, the file is made again from the journal at the next start. */
  #giveUp(reference: number): never {
    if (fs.existsSync(this.#file)) fs.renameSync(this.#file, `${this.#file}.damaged`);
    throw new Error(
      `${this.#file} is damaged at byte ${reference} and was set aside; start again to make it new from the journal.`,
    );
  }

  flush(): number {
    const bytes = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    for (let written = 0; written < bytes.length;) {
      const rest = bytes.subarray(written);
      written += fs.writeSync(this.#descriptor, rest, 0, rest.length, this.#flushedBytes + written);
    }
    this.#flushedBytes += bytes.length;
    return this.#flushedBytes;
  }

  sync(): Promise<void> {
    return fdatasync(this.#descriptor);
  }

  close(): void {
    if (this.#isOpen) fs.closeSync(this.#descriptor);
    this.#isOpen = false;
  }
}
