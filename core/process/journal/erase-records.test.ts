import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  appendAndWait,
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
  segmentFilePath,
  segmentNames,
} from '../../../tests/support/journal-folder.ts';
import { eraseRecords } from './erase-records.ts';
import { readRecords } from './read-journal.ts';
import { verifyJournal } from './verify-journal.ts';

/** Ten packets, sealed but for the last segment. */
async function tenPackets(): Promise<string> {
  const folder = emptyFolder();
  const journal = await openForTest(folder, { segmentBytesMax: 700 });
  for (let i = 0; i < 10; i += 1)
    await appendAndWait(journal, packetEntry(`SECRET${i}`.repeat(9), `v/SECRET${i}`));
  await journal.close();
  await openForTest(folder, { segmentBytesMax: 700 }).then(async (again) => {
    await appendAndWait(again, { kind: 'tick' });
    await again.close();
  });
  return folder;
}

test('erased records leave nothing behind, and everything else proves itself by the same chain', async () => {
  const folder = await tenPackets();
  const before = verifyJournal(folder);
  const digestBefore = readRecords(folder, [4]).get(4)?.digestHex;
  const rest = readAll(folder).filter(({ position }) => position !== 1 && position !== 4 && position !== 9);

  expect(await eraseRecords(folder, [1, 4, 9, 4_000])).toEqual({ ok: true, value: 3 });

  expect(verifyJournal(folder)).toMatchObject({
    records: 11,
    packets: 10,
    erased: 3,
    chainHex: before.chainHex,
    problems: [],
  });
  const receivedAtMs = Date.UTC(2026, 2, 2, 9);
  expect(readRecords(folder, [4]).get(4)).toEqual({
    record: { kind: 'erased', was: 'packet', position: 4, receivedAtMs },
    digestHex: digestBefore,
    digested: null,
  });
  const now = readAll(folder);
  expect(now.map((record) => record.position)).toEqual(Array.from({ length: 11 }, (_, i) => i));
  expect(now.filter((record) => record.kind !== 'erased')).toEqual(rest);
  for (const name of segmentNames(folder)) {
    const bytes = readFileSync(segmentFilePath(folder, name));
    expect([name, bytes.includes('SECRET9')]).toEqual([name, false]);
  }
});

test('erasing again changes nothing, and writing goes on after it', async () => {
  const folder = await tenPackets();
  await eraseRecords(folder, [2]);
  expect(await eraseRecords(folder, [2])).toEqual({ ok: true, value: 0 });
  const journal = await openForTest(folder);
  expect(await appendAndWait(journal, packetEntry())).toBe(11);
  await journal.close();
  expect(verifyJournal(folder)).toMatchObject({ records: 12, erased: 1, problems: [] });
});

test('nothing is erased under a writer', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  await appendAndWait(journal, packetEntry());
  expect(await eraseRecords(folder, [0])).toMatchObject({ ok: false, error: { problem: 'locked' } });
  await journal.close();
});
