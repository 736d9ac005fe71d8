import type { JournalEntry, JournalRecord } from '../../protocol/journal-record.ts';

/**
 * The one place truth is written: an append-only, hash-chained sequence of records in segment files. The caller may
 * rely on order (positions are given in call order) and on this: `settled(null, …)` means the record survives a power
 * cut. A record's payload is a view of a larger buffer; whoever keeps it beyond the fold's step copies it.
 */
export interface Journal {
  /** The position the next appended entry gets; positions count from 0. */
  readonly nextPosition: number;
  /** Bytes on disk, all segments. */
  readonly bytes: number;
  /**
   * Queues an entry, copying its payload; `settled` runs after fdatasync, in order. Once anything failed, every queued
   * and later entry settles with that failure, and nothing is ever acknowledged again.
   */
  append(entry: JournalEntry, settled?: AppendSettled): void;
  /** Called once per durable batch, in order, before that batch's `settled` callbacks. The fold listens here. */
  onCommit(listener: CommitListener): void;
  /** Called once, when a write or a sync failed; at once when that has happened already. */
  onFailure(listener: (failure: JournalFailure) => void): void;
  /** Writes what is queued, finishes sealing, gives up the lock. */
  close(): Promise<void>;
}

export type AppendSettled = (failure: JournalFailure | null, position: number) => void;
export type CommitListener = (records: readonly JournalRecord[]) => void;

/** Why nothing can be acknowledged any more. `closed` is the only one that is not the disk's doing. */
export interface JournalFailure {
  readonly problem: 'write-failed' | 'sync-failed' | 'new-segment-failed' | 'closed';
  /** What happened, in words, with the system's own code (ENOSPC, EIO) where there is one. */
  readonly message: string;
}

/** Why a journal could not be opened for writing. */
export type JournalProblem =
  | { readonly problem: 'locked'; readonly pid: number; readonly message: string }
  | { readonly problem: 'damaged'; readonly file: string; readonly offset: number; readonly message: string }
  | { readonly problem: 'unreadable'; readonly message: string };

/** Fills the bytes with salt; the default is the system's randomness, asked for in bulk. */
export type SaltSource = (bytes: Uint8Array) => void;

/**
 * The two calls durability hangs on, kept apart so that a test can make a disk fail, fill up or dawdle. `write` may
 * write less than it was given and says how much.
 */
export interface JournalDisk {
  write(descriptor: number, buffers: readonly Uint8Array[], position: number): Promise<number>;
  sync(descriptor: number): Promise<void>;
}

/** A line for the log of the process, with fields for whoever filters it. */
export type JournalLog = (line: string, fields?: Readonly<Record<string, unknown>>) => void;
