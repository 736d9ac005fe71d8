import { randomFillSync } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../base/result.ts';
import { lockFolder } from './folder-lock.ts';
import type { Journal, JournalDisk, JournalLog, JournalProblem, SaltSource } from './journal.ts';
import { realDisk } from './journal-disk.ts';
import { settleTail } from './journal-tail.ts';
import { JournalWriter } from './journal-writer.ts';
import { listSegments, partitionFolder } from './segment-file.ts';

/** A segment is sealed when it would grow beyond this: some 100,000 packets, and a second's work to compress. */
export const SEGMENT_BYTES_MAX = 32 * 1_048_576;

export interface JournalOptions {
  /** The clock received times are read from, epoch milliseconds. */
  readonly clock: () => number;
  readonly segmentBytesMax?: number;
  readonly salts?: SaltSource;
  /** The disk, so that a test can make it fail. */
  readonly disk?: JournalDisk;
  /** Hears of a torn tail cut off at the start and of a segment that could not be sealed. */
  readonly log?: JournalLog;
}

/**
 * Opens the journal in a data folder for writing, making it when there is none. One process at a time: the lock names
 * the other. A tail torn by a crash is set aside; damage anywhere else in the last segment is refused.
 */
export async function openJournal(
  folder: string,
  options: JournalOptions,
): Promise<Result<Journal, JournalProblem>> {
  try {
    mkdirSync(partitionFolder(folder), { recursive: true });
    return await openLocked(folder, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ problem: 'unreadable', message: `the journal in ${folder} cannot be opened: ${reason}` });
  }
}

async function openLocked(folder: string, options: JournalOptions): Promise<Result<Journal, JournalProblem>> {
  const lock = lockFolder(folder);
  if (!lock.ok) {
    const message = `the journal in ${folder} is being written by process ${lock.error}; stop that first, or use another data folder`;
    return fail({ problem: 'locked', pid: lock.error, message });
  }
  try {
    const log = options.log ?? (() => {});
    const tail = await settleTail(folder, log);
    if (!tail.ok) {
      lock.value.release();
      return tail;
    }
    return ok(
      new JournalWriter({
        folder,
        tail: tail.value,
        lock: lock.value,
        clock: options.clock,
        disk: options.disk ?? realDisk,
        salts: options.salts ?? randomFillSync,
        segmentBytesMax: options.segmentBytesMax ?? SEGMENT_BYTES_MAX,
        bytes: listSegments(folder).reduce((sum, file) => sum + statSync(file.path).size, 0),
        log,
      }),
    );
  } catch (error) {
    lock.value.release();
    throw error;
  }
}
