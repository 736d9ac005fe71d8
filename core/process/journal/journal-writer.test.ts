import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { switchedDisk } from '../../../tests/support/failing-disk.ts';
import {
  appendAndWait,
  bytesOf,
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
  segmentNames,
  steadyOptions,
} from '../../../tests/support/journal-folder.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import type { JournalFailure } from './journal.ts';
import { openJournal } from './open-journal.ts';
import { readJournal, readRecords } from './read-journal.ts';
import { verifyJournal } from './verify-journal.ts';

test('records are settled in the order they were appended, each after the fold has seen its batch', async () => {
  const journal = await openForTest(emptyFolder());
  const told: string[] = [];
  journal.onCommit((records) => records.forEach((record) => told.push(`fold ${record.position}`)));
  const last = new Promise<void>((resolve) => {
    for (let i = 0; i < 3; i += 1) {
      journal.append(packetEntry(), (failure, position) => {
        told.push(`settled ${position} ${failure?.problem ?? 'on disk'}`);
        if (position === 2) resolve();
      });
    }
  });
  await last;
  await journal.close();
  expect(told).toEqual([
    'fold 0',
    'fold 1',
    'fold 2',
    'settled 0 on disk',
    'settled 1 on disk',
    'settled 2 on disk',
  ]);
});

test('every kind of record comes back as the fold saw it, with the payload copied at append', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder, { clock: () => 1_000.9 });
  const live: JournalRecord[] = [];
  journal.onCommit((records) => live.push(...records));
  const payload = Buffer.from([0, 255, 10]);
  journal.append({ kind: 'packet', topic: 'télémétrie/車', clientId: '', payload, omittedBytes: 70_000 });
  payload.fill(7);
  journal.append({ kind: 'tick' });
  await appendAndWait(journal, { kind: 'note', note: { note: 'clock-gap', byMs: 6_000 } });
  await journal.close();
  expect(live).toEqual(readAll(folder));
  expect(live).toEqual([
    {
      kind: 'packet',
      position: 0,
      receivedAtMs: 1_000,
      topic: 'télémétrie/車',
      clientId: '',
      payload: new Uint8Array([0, 255, 10]),
      omittedBytes: 70_000,
    },
    { kind: 'tick', position: 1, receivedAtMs: 1_000 },
    { kind: 'note', position: 2, receivedAtMs: 1_000, note: { note: 'clock-gap', byMs: 6_000 } },
  ]);
});

test('the received time never falls, whatever the clock does', async () => {
  const folder = emptyFolder();
  const clock = [50, 40, 60, 10];
  const journal = await openForTest(folder, { clock: () => clock.shift() ?? 0 });
  for (let i = 0; i < 3; i += 1) await appendAndWait(journal, { kind: 'tick' });
  await journal.close();
  const again = await openForTest(folder, { clock: () => 10 });
  await appendAndWait(again, { kind: 'tick' });
  await again.close();
  expect(readAll(folder).map((record) => record.receivedAtMs)).toEqual([50, 50, 60, 60]);
});

test('nothing is settled while the sync is held; what arrives meanwhile becomes one more batch', async () => {
  const disk = switchedDisk();
  const journal = await openForTest(emptyFolder(), { disk });
  const batches: number[] = [];
  journal.onCommit((records) => batches.push(records.length));
  await appendAndWait(journal, { kind: 'tick' });
  const syncsBefore = disk.syncs;
  const release = disk.holdSyncs();
  let settled = 0;
  const first = new Promise((resolve) => journal.append(packetEntry(), () => resolve((settled += 1))));
  while (disk.syncs === syncsBefore) await new Promise((resolve) => setImmediate(resolve));
  const rest = Array.from({ length: 99 }, () => appendAndWait(journal, packetEntry()));
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(0);
  release();
  await Promise.all([first, ...rest]);
  expect(batches).toEqual([1, 1, 99]);
  await journal.close();
});

test.each([
  ['ENOSPC', 'write-failed'],
  ['EIO', 'sync-failed'],
] as const)('after %s nothing is acknowledged any more, and one failure is told', async (code, problem) => {
  const folder = emptyFolder();
  const disk = switchedDisk();
  const journal = await openForTest(folder, { disk });
  const failures: JournalFailure[] = [];
  const committed: JournalRecord[] = [];
  journal.onFailure((failure) => failures.push(failure));
  journal.onCommit((records) => committed.push(...records));
  expect(await appendAndWait(journal, packetEntry('safe'))).toBe(0);
  if (problem === 'write-failed') disk.failWrites = code;
  else disk.failSyncs = code;
  const inFlight = [1, 2, 3].map(() => appendAndWait(journal, packetEntry('lost')));
  const failed = expect.objectContaining({ problem, message: expect.stringContaining(code) });
  expect(await Promise.all(inFlight)).toEqual([failed, failed, failed]);
  // The disk is well again; what it holds is not known, so nothing more is taken.
  disk.failWrites = null;
  disk.failSyncs = null;
  expect(await appendAndWait(journal, packetEntry('late'))).toEqual(failed);
  await journal.close();
  expect(failures).toEqual([failed]);
  expect(committed.map((record) => record.position)).toEqual([0]);
  expect(readAll(folder).at(0)).toMatchObject({ position: 0, payload: bytesOf('safe') });
});

test('a disk that takes seven bytes at a time gets everything', async () => {
  const folder = emptyFolder();
  const disk = switchedDisk();
  disk.bytesPerWriteMax = 7;
  const journal = await openForTest(folder, { disk });
  const payloads = ['a', 'b'.repeat(300), ''];
  await Promise.all(payloads.map((payload) => appendAndWait(journal, packetEntry(payload))));
  await journal.close();
  expect(readAll(folder)).toMatchObject(payloads.map((payload) => ({ payload: bytesOf(payload) })));
  expect(verifyJournal(folder)).toMatchObject({ records: 3, packets: 3, problems: [] });
});

test('full segments are sealed, and reading starts anywhere in either form', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder, { segmentBytesMax: 2_000 });
  for (let i = 0; i < 40; i += 1) await appendAndWait(journal, packetEntry(`payload ${i} `.repeat(9)));
  expect(journal.nextPosition).toBe(40);
  await journal.close();
  // Closing does not wait for the compressing of what is queued; the next opening goes on with it.
  await openForTest(folder).then((again) => appendAndWait(again, { kind: 'tick' }).then(() => again.close()));
  const names = segmentNames(folder);
  expect(names.filter((name) => name.endsWith('.mpjz')).length).toBeGreaterThan(0);
  expect(verifyJournal(folder)).toMatchObject({ records: 41, packets: 40, erased: 0, problems: [] });
  for (let from = 0; from <= 41; from += 1) {
    expect(readAll(folder, from).map((record) => record.position)).toEqual(
      Array.from({ length: 41 - from }, (_, i) => from + i),
    );
  }
  expect(readRecords(folder, [7]).get(7)?.record).toMatchObject({
    position: 7,
    payload: bytesOf('payload 7 '.repeat(9)),
  });
  expect(readRecords(folder, [41]).get(41)).toBeUndefined();
});

test('bytes counts what is on disk through rolling and sealing', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder, { segmentBytesMax: 1_000 });
  for (let i = 0; i < 20; i += 1) await appendAndWait(journal, packetEntry('x'.repeat(100)));
  await journal.close();
  expect(journal.bytes).toBe(verifyJournal(folder).bytes);
  const again = await openForTest(folder);
  expect(again.bytes).toBe(verifyJournal(folder).bytes);
  await again.close();
});

test('a reader beside the writer sees what is there and stops quietly', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  expect(readAll(folder)).toEqual([]);
  await appendAndWait(journal, { kind: 'tick' });
  const reading = readJournal(folder, 0);
  expect(reading.next().value).toMatchObject([{ position: 0 }]);
  await appendAndWait(journal, { kind: 'tick' });
  expect(reading.next().done).toBe(true);
  expect(readAll(folder)).toHaveLength(2);
  await journal.close();
});

test('closing writes what is queued; a closed journal refuses', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  const queued = appendAndWait(journal, { kind: 'tick' });
  await journal.close();
  expect(await queued).toBe(0);
  expect(await appendAndWait(journal, { kind: 'tick' })).toMatchObject({ problem: 'closed' });
  expect(readAll(folder)).toHaveLength(1);
});

test('what a settled callback appends just before closing is written too', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  const last = new Promise((resolve) => {
    journal.append({ kind: 'tick' }, () => {
      journal.append({ kind: 'tick' }, (failure) => resolve(failure));
      void journal.close();
    });
  });
  expect(await last).toBeNull();
  expect(readAll(folder)).toHaveLength(2);
});

test('a second writer is refused by name, and let in when the first is gone', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  expect(await openJournal(folder, steadyOptions())).toMatchObject({
    ok: false,
    error: {
      problem: 'locked',
      pid: process.pid,
      message: expect.stringContaining(`process ${process.pid}`),
    },
  });
  await journal.close();
  await openForTest(folder).then((again) => again.close());
});

test('the lock of a living process holds; that of a killed one does not', async () => {
  const folder = emptyFolder();
  await openForTest(folder).then((journal) => journal.close());
  const lock = join(folder, 'journal.lock');
  writeFileSync(lock, String(process.ppid));
  expect(await openJournal(folder, steadyOptions())).toMatchObject({
    error: { problem: 'locked', pid: process.ppid },
  });
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(lock, String(gone));
  const journal = await openForTest(folder);
  expect(readFileSync(lock, 'latin1')).toBe(String(process.pid));
  await journal.close();
});
