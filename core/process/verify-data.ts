import { applyRecord } from '../fold/apply-record.ts';
import { bookFault } from '../fold/book-invariants.ts';
import { newWorld, type World } from '../fold/world.ts';
import type { FinalDocument } from '../protocol/document.ts';
import { rerateDocument } from './rerate-document.ts';
import { findBrokenSet } from '../ledger/ledger.ts';
import { takeChanges } from '../fold/take-changes.ts';
import type { DataFolder } from './data-folder.ts';
import { readJournal } from './journal/read-journal.ts';
import { verifyJournal } from './journal/verify-journal.ts';
import { rateIndependently } from './rate-independently.ts';
import { readNewestSnapshot } from './snapshot/snapshot.ts';
import { openSqlJsStore } from './store/sql-js-store.ts';

/** What `milepost verify` found. `differences` is empty when, and only when, everything agrees. */
export interface Verification {
  readonly ok: boolean;
  readonly packets: number;
  readonly records: number;
  readonly documents: number;
  readonly erased: number;
  readonly differences: readonly string[];
}

/**
 * Reads the journal from its first record with an empty state: every CRC and the hash chain; folds it again; works every
 * billed tenth and every recorded document out by an independent pass; compares with the stored rows and balances of the
 * newest snapshot.
 */
export async function verifyData(folder: DataFolder): Promise<Verification> {
  const journal = verifyJournal(folder.journal);
  const differences = journal.problems.map(
    ({ file, offset, position, problem }) =>
      `${file} at byte ${offset}${position === undefined ? '' : `, record ${position}`}: ${problem}`,
  );
  const world = newWorld();
  if (differences.length === 0) {
    const snapshot = readNewestSnapshot(folder.snapshots, (words) => differences.push(words));
    if (snapshot !== null && snapshot.position > journal.records) {
      differences.push(
        `the journal ends at ${journal.records} records, but a snapshot was made at ${snapshot.position}`,
      );
    }
    const documents = recordedDocuments(folder.journal);
    for (const records of readJournal(folder.journal, 0)) {
      for (const record of records) {
        for (const document of documents.get(world.nextPosition) ?? [])
          differences.push(...rerateDocument(world, document));
        applyRecord(world, record);
        if (snapshot?.position === world.nextPosition) {
          differences.push(...(await compareWithStored(world, snapshot.world, snapshot.storeImage)));
        }
      }
    }
    differences.push(...rateIndependently(world));
    const brokenSet = findBrokenSet(world.ledger);
    if (brokenSet !== null) differences.push(brokenSet);
    const fault = world.ledger.fault ?? bookFault(world);
    if (fault !== null) differences.push(`the book: ${fault}`);
  }
  return {
    ok: differences.length === 0,
    packets: world.counts.received,
    records: journal.records,
    documents: world.money.documents.size,
    erased: journal.erased,
    differences,
  };
}

/** The documents in the journal, by the position they were made at: they are priced again from just what was known then. */
function recordedDocuments(journal: string): Map<number, FinalDocument[]> {
  const found = new Map<number, FinalDocument[]>();
  for (const records of readJournal(journal, 0)) {
    for (const record of records) {
      if (record.kind !== 'decision' || record.decision.decision !== 'issue-document') continue;
      const { document } = record.decision;
      const { position } = document.asOf;
      found.set(position, [...(found.get(position) ?? []), document]);
    }
  }
  return found;
}

/** The rows and balances a snapshot holds against those the journal gives at the same position. */
async function compareWithStored(world: World, stored: World, storeImage: Uint8Array): Promise<string[]> {
  const differences: string[] = [];
  const fresh = await openSqlJsStore();
  const kept = await openSqlJsStore(storeImage);
  fresh.apply(takeChanges(world), world.nextPosition);
  const at = `at position ${world.nextPosition}`;
  const compare = (what: string, folded: unknown, saved: unknown): void => {
    if (JSON.stringify(folded) !== JSON.stringify(saved))
      differences.push(`${what} ${at} differ from the journal's`);
  };
  compare('stored tenths', fresh.allVehicleDays(), kept.allVehicleDays());
  compare('stored balances', fresh.balances(), kept.balances());
  compare('stored accruals', fresh.contracts(), kept.contracts());
  compare('stored counts', world.counts, stored.counts);
  compare('stored ledger', world.ledger.sets.at(-1)?.hash, stored.ledger.sets.at(-1)?.hash);
  fresh.close();
  kept.close();
  return differences;
}
