import { closeSync, fdatasync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

/** A file that batches are appended to, each synced before the next is written. */
export interface PlainAppend {
  /** Frames the batch at once; resolves when it is on disk. */
  append(records: readonly Uint8Array[]): Promise<void>;
  close(): void;
}

const sync = promisify(fdatasync);
const LENGTH_BYTES = 4;
const FRAME_HEADER_BYTES = 8;

/**
 * The least a durable log can do: a length before each record, a length and a CRC-32 before each batch, one write, one
 * fdatasync. No digests, no salt, no segments, nobody told.
 */
export function openPlainAppend(path: string): PlainAppend {
  const descriptor = openSync(path, 'wx');
  let last: Promise<void> = Promise.resolve();
  return {
    append: (records) => {
      const frame = frameOf(records);
      last = last.then(async () => {
        await writeAll(descriptor, frame);
        await sync(descriptor);
      });
      return last;
    },
    close: () => closeSync(descriptor),
  };
}

/** The bytes of one batch. */
export function frameOf(records: readonly Uint8Array[]): Buffer {
  let bytes = FRAME_HEADER_BYTES;
  for (const record of records) bytes += LENGTH_BYTES + record.length;
  const frame = Buffer.allocUnsafe(bytes);
  let at = FRAME_HEADER_BYTES;
  for (const record of records) {
    frame.writeUInt32LE(record.length, at);
    frame.set(record, at + LENGTH_BYTES);
    at += LENGTH_BYTES + record.length;
  }
  frame.writeUInt32LE(bytes - FRAME_HEADER_BYTES, 0);
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER_BYTES)), 4);
  return frame;
}

async function writeAll(descriptor: number, frame: Buffer): Promise<void> {
  for (let at = 0; at < frame.length;) at += await writeSome(descriptor, frame.subarray(at));
}

function writeSome(descriptor: number, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) =>
    write(descriptor, bytes, (error, written) => (error === null ? resolve(written) : reject(error))),
  );
}
