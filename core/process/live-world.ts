import { applyRecord } from '../fold/apply-record.ts';
import { takeChanges } from '../fold/take-changes.ts';
import { newWorld, type World } from '../fold/world.ts';
import type { Store } from '../portfolio/store.ts';
import type { JournalRecord } from '../protocol/journal-record.ts';
import { readJournal } from './journal/read-journal.ts';
import { readNewestSnapshot, writeSnapshot } from './snapshot/snapshot.ts';
import { openSqlJsStore } from './store/sql-js-store.ts';
import type { DataFolder } from './data-folder.ts';

/** The fold and its query side, moving together: the store is told of changes in batches, never of single packets. */
export interface LiveWorld {
  readonly world: World;
  readonly store: Store;
  readonly recordsReplayed: number;
}

/** Start = newest good snapshot + replay of the journal after it; without a snapshot, the whole journal. */
export async function restoreWorld(
  folder: DataFolder,
  log: (line: string, fields?: Readonly<Record<string, unknown>>) => void,
): Promise<LiveWorld> {
  const snapshot = readNewestSnapshot(folder.snapshots, log);
  const world = snapshot?.world ?? newWorld();
  const store = await openSqlJsStore(snapshot?.storeImage);
  const first = world.nextPosition;
  for (const records of readJournal(folder.journal, first)) applyRecords(world, records);
  saveChanges({ world, store });
  return { world, store, recordsReplayed: world.nextPosition - first };
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
  await writeSnapshot(folder.snapshots, live.world, live.store.image());
}
