import path from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../../../core/base/assert.ts';
import { type DataFolder, openDataFolder } from '../../../core/process/data-folder.ts';
import type { JournalEntry } from '../../../core/protocol/journal-record.ts';
import {
  appendAndWait,
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
} from '../../support/journal-folder.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { leaveAsAfterCrash } from './crash-marks.ts';
import { CrashingDisk } from './crashing-disk.ts';
import { packetKey } from './packet-key.ts';
import type { Crash } from './step.ts';

const IN_SYNC: Crash = { batchesBefore: 0, at: 'sync', keptShare: 0, isGarbled: false };

/** A folder whose process died while the second of two packets was being synced. */
async function afterCrash(crash: Crash): Promise<DataFolder> {
  const folder = openDataFolder(path.join(emptyFolder(), 'data'), 'driven', true);
  if (!folder.ok) throw new Error(folder.error);
  const disk = new CrashingDisk();
  const journal = await openForTest(folder.value.journal, { disk });
  expect(await appendAndWait(journal, packetEntry('first'))).toBe(0);
  disk.arm(crash);
  expect(await appendAndWait(journal, packetEntry('second'))).toMatchObject({ problem: 'sync-failed' });
  await journal.close();
  leaveAsAfterCrash(folder.value, { journalBytes: disk.syncedBytes, readingsBytes: 0 }, crash);
  const reopened = await openForTest(folder.value.journal);
  await reopened.close();
  return folder.value;
}

function keyOf(entry: JournalEntry): string {
  return packetKey(must(entry.kind === 'packet' ? entry : null, 'a packet'));
}

function acknowledged(
  ...packets: readonly (readonly [position: number, payload: string])[]
): Acknowledgements {
  const all = new Acknowledgements();
  for (const [position, payload] of packets) all.note(position, keyOf(packetEntry(payload)));
  return all;
}

test('what was told before it was on disk is missed, what was told after is not', async () => {
  const { journal } = await afterCrash(IN_SYNC);
  expect(acknowledged([0, 'first']).problem(journal)).toBeNull();
  expect(acknowledged([0, 'first'], [1, 'second']).problem(journal)).toBe(
    'packet 1 was acknowledged and is not in the journal',
  );
});

test('another packet in the place of one that was acknowledged is noticed, and so is another order', async () => {
  const { journal } = await afterCrash(IN_SYNC);
  expect(acknowledged([0, 'other']).problem(journal)).toBe('record 0 is another packet than was sent');
  expect(acknowledged([0, 'first'], [0, 'first']).problem(journal)).toBe(
    'record 0 was acknowledged after record 0',
  );
});

test('of what was not synced a crash leaves as much as it is told to', async () => {
  const left = async (crash: Crash): Promise<number> => readAll((await afterCrash(crash)).journal).length;
  expect(await left(IN_SYNC)).toBe(1);
  expect(await left({ ...IN_SYNC, keptShare: 0.5 })).toBe(1);
  expect(await left({ ...IN_SYNC, keptShare: 1 })).toBe(2);
  expect(await left({ ...IN_SYNC, keptShare: 1, isGarbled: true })).toBe(1);
  expect(await left({ ...IN_SYNC, at: 'synced' })).toBe(2);
});
