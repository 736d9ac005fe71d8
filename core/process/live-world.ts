import { applyRecord } from '../fold/apply-record.ts';
import { takeChanges } from '../fold/take-changes.ts';
import { newWorld, type World } from '../fold/world.ts';
import type { Store } from '../portfolio/store.ts';
import type { JournalRecord } from '../protocol/journal-record.ts';
import { readJournal } from './journal/read-journal.ts';
import {
  makeReadingFile,
  type ReadingFile,
  readingFileOf,
  readingFileToRead,
  reopenReadingFile,
} from './readings/reading-file.ts';
import { readNewestSnapshot, writeSnapshot } from './snapshot/snapshot.ts';
import { openSqlJsStore } from './store/sql-js-store.ts';
import type { DataFolder } from './data-folder.ts';

/** The fold and its query side, moving together: the store is told of changes in batches, never of single packets. */
export interface LiveWorld {
  readonly world: World;
  readonly store: Store;
  /** Where the world's readings of closed days are. */
  readonly readings: ReadingFile;
  readonly recordsReplayed: number;
}

type Log = (line: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Start = newest good snapshot + replay of the journal after it; without a snapshot, or without the file of readings it
 * belongs to, the whole journal. For the one process that holds the folder.
 */
export async function restoreWorld(folder: DataFolder, log: Log): Promise<LiveWorld> {
  const there = readingFileOf(folder.readings);
  const snapshot = readNewestSnapshot(folder.snapshots, log, there);
  const readings =
    snapshot === null || there === null
      ? makeReadingFile(folder.readings)
      : reopenReadingFile(folder.readings, there);
  const world = { ...(snapshot?.world ?? newWorld()), archive: readings };
  const store = await openSqlJsStore(snapshot?.storeImage);
  const first = world.nextPosition;
  for (const records of readJournal(folder.journal, first)) applyRecords(world, records);
  saveChanges({ world, store });
  return { world, store, readings, recordsReplayed: world.nextPosition - first };
}

/** The world of a folder that another process may hold: nothing in it is touched. */
export function readWorld(folder: DataFolder, log: Log): World {
  const snapshot = readNewestSnapshot(folder.snapshots, log, readingFileOf(folder.readings));
  const world = { ...(snapshot?.world ?? newWorld()), archive: readingFileToRead(folder.readings) };
  for (const records of readJournal(folder.journal, world.nextPosition)) applyRecords(world, records);
  return world;
}

export function applyRecords(world: World, records: readonly JournalRecord[]): void {
  for (const record of records) applyRecord(world, record);
}

/** Tells the query side what changed; the two then stand at one position. */
export function saveChanges({ world, store }: { readonly world: World; readonly store: Store }): void {
  if (store.position() === world.nextPosition && world.unsaved.vehicles.length === 0) return;
  store.apply(takeChanges(world), world.nextPosition);
}

export async function snapshotWorld(folder: DataFolder, live: LiveWorld): Promise<void> {
  saveChanges(live);
  await writeSnapshot(folder.snapshots, live.world, live.store.image(), live.readings);
}
