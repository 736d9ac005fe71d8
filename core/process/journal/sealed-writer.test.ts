import { expect, test } from 'vitest';
import {
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
  segmentNames,
} from '../../../tests/support/journal-folder.ts';
import { sealSegment } from './sealed-writer.ts';
import { listSegments } from './segment-file.ts';
import { verifyJournal } from './verify-journal.ts';

const PACKETS = 300;

/** One plain segment of some three megabytes: more than two blocks once it is sealed. */
async function largePlainJournal(): Promise<string> {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  for (let i = 0; i < PACKETS / 10; i += 1) {
    await new Promise<void>((resolve) => {
      for (let k = 0; k < 10; k += 1) {
        const payload = `${i * 10 + k} `.repeat(10_000).slice(0, 10_000);
        journal.append(packetEntry(payload), k === 9 ? () => resolve() : undefined);
      }
    });
  }
  await journal.close();
  return folder;
}

async function sealFirst(folder: string, isStopped: () => boolean): ReturnType<typeof sealSegment> {
  const [file] = listSegments(folder);
  if (file === undefined) throw new Error('no segment');
  return sealSegment(file, isStopped);
}

/** Position and payload of each packet as text: arrays of 10,000 numbers compare slowly. */
function textsFrom(folder: string, position: number): string[] {
  return readAll(folder, position).flatMap((record) =>
    record.kind === 'packet' ? [`${record.position}: ${Buffer.from(record.payload).toString()}`] : [],
  );
}

test('a sealed segment of several blocks holds the same records, and is read from any of them', async () => {
  const folder = await largePlainJournal();
  const before = verifyJournal(folder);
  const records = textsFrom(folder, 0);
  expect(records).toHaveLength(PACKETS);

  const sealed = await sealFirst(folder, () => false);

  expect(segmentNames(folder)).toEqual(['0000000000000000.mpjz']);
  const after = verifyJournal(folder);
  expect(after).toEqual({ ...before, bytes: after.bytes });
  expect(sealed).toEqual({ ok: true, value: after.bytes });
  expect(after.bytes).toBeLessThan(before.bytes / 10);
  for (const from of [0, 1, 104, 105, 299, 300]) expect(textsFrom(folder, from)).toEqual(records.slice(from));
});

test('sealing that is stopped in the middle leaves the plain segment as it was', async () => {
  const folder = await largePlainJournal();
  const before = verifyJournal(folder);
  expect(await sealFirst(folder, () => true)).toEqual({ ok: false, error: 'stopped' });
  expect(segmentNames(folder)).toEqual(['0000000000000000.mpj']);
  expect(verifyJournal(folder)).toEqual(before);
});
