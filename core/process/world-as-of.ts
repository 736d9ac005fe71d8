import { applyRecord } from '../fold/apply-record.ts';
import { newWorld, type World } from '../fold/world.ts';
import { readJournal } from './journal/read-journal.ts';

/** The world as it was known at a moment: the fold of the longest prefix of the journal received until then. */
export function worldAsOf(journal: string, asOfMs: number): World {
  const world = newWorld();
  for (const records of readJournal(journal, 0)) {
    for (const record of records) {
      if (record.receivedAtMs > asOfMs) return world;
      applyRecord(world, record);
    }
  }
  return world;
}

/** The world just before the record at a position. */
export function worldAt(journal: string, position: number): World {
  const world = newWorld();
  for (const records of readJournal(journal, 0)) {
    for (const record of records) {
      if (record.position >= position) return world;
      applyRecord(world, record);
    }
  }
  return world;
}
