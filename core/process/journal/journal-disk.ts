import { fdatasync, writev } from 'node:fs';
import { open } from 'node:fs/promises';
import type { JournalDisk } from './journal.ts';

/** The real disk. `fdatasync` on macOS asks the drive itself to flush (libuv uses F_FULLFSYNC there). */
export const realDisk: JournalDisk = {
  write: (descriptor, buffers, position) =>
    new Promise((resolve, reject) => {
      writev(descriptor, buffers, position, (error, written) =>
        error === null ? resolve(written) : reject(error),
      );
    }),
  sync: (descriptor) =>
    new Promise((resolve, reject) => {
      fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
    }),
};

/** Writes all of the buffers, however little the disk takes at a time. */
export async function writeWhole(
  disk: JournalDisk,
  descriptor: number,
  buffers: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    const written = await disk.write(descriptor, rest, at);
    if (written <= 0) throw new Error('the disk took no bytes');
    at += written;
    rest = without(rest, written);
  }
}

function without(buffers: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let left = bytes;
  return buffers.flatMap((buffer) => {
    const skip = Math.min(left, buffer.length);
    left -= skip;
    return skip === buffer.length ? [] : [buffer.subarray(skip)];
  });
}

/** Makes a new name in the folder survive a power cut. Windows cannot open a folder and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
