import fs from 'node:fs';
import path from 'node:path';
import type { DataFolder } from '../../../core/process/data-folder.ts';
import { listSegments } from '../../../core/process/journal/segment-file.ts';
import type { Crash } from './step.ts';

/** What a folder had for sure when its process died: bytes of the last segment, of the file of readings. */
export interface Durable {
  /** Null when the process wrote nothing. */
  readonly journalBytes: number | null;
  readonly readingsBytes: number;
}

/** Leaves a folder as a power cut may: unsynced bytes gone or garbled, the lock and half-made files lying about. */
export function leaveAsAfterCrash(folder: DataFolder, durable: Durable, crash: Crash): void {
  const segment = listSegments(folder.journal).at(-1);
  if (segment?.form === 'plain' && durable.journalBytes !== null)
    tear(segment.path, durable.journalBytes, crash);
  const readings = readingsPath(folder);
  if (fs.existsSync(readings)) tear(readings, durable.readingsBytes, { ...crash, isGarbled: false });
  // Its number comes back in a container: the next process may have the same.
  fs.writeFileSync(path.join(folder.journal, 'journal.lock'), String(process.pid));
  if (segment !== undefined) fs.writeFileSync(`${segment.path}z.tmp`, 'half of a sealed segment');
  fs.mkdirSync(path.join(folder.snapshots, 'writing-0000000000000000'), { recursive: true });
}

export function readingsPath(folder: DataFolder): string {
  return path.join(folder.readings, 'readings.bin');
}

function tear(file: string, durableBytes: number, { keptShare, isGarbled }: Crash): void {
  const { size } = fs.statSync(file);
  if (size <= durableBytes) return;
  const keptBytes = Math.floor((size - durableBytes) * keptShare);
  fs.truncateSync(file, durableBytes + keptBytes);
  if (!isGarbled) return;
  const descriptor = fs.openSync(file, 'r+');
  fs.writeSync(descriptor, Buffer.alloc(Math.ceil(keptBytes / 2)), 0, Math.ceil(keptBytes / 2), durableBytes);
  fs.closeSync(descriptor);
}
