import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  appendAndWait,
  bytesOf,
  emptyFolder,
  openForTest,
  packetEntry,
  readAll,
  segmentFilePath,
  segmentNames,
  steadyOptions,
} from '../../../tests/support/journal-folder.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import { openJournal } from './open-journal.ts';
import { verifyJournal } from './verify-journal.ts';

const FIRST = '0000000000000000.mpj';

/** A journal of one plain segment, a frame a record, and the length of the file after each of them. */
async function journalWithFrameEnds(
  payloads: readonly Uint8Array[],
): Promise<{ folder: string; frameEnds: readonly number[]; records: JournalRecord[] }> {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  const frameEnds: number[] = [];
  for (const payload of payloads) {
    await appendAndWait(journal, packetEntry(payload));
    frameEnds.push(journal.bytes);
  }
  await journal.close();
  return { folder, frameEnds, records: readAll(folder) };
}

test('cut at any byte, a journal opens with every whole frame, goes on, and keeps what was cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (payloads, where) => {
        const { folder, frameEnds, records } = await journalWithFrameEnds(payloads);
        const path = segmentFilePath(folder, FIRST);
        const whole = readFileSync(path);
        const cutAt = Math.floor(whole.length * where);
        truncateSync(path, cutAt);
        const kept = frameEnds.filter((end) => end <= cutAt).length;
        const keptEnd = frameEnds[kept - 1] ?? Math.min(72, cutAt);

        expect(readAll(folder)).toEqual(records.slice(0, kept));
        const journal = await openForTest(folder);
        expect(journal.nextPosition).toBe(kept);
        await appendAndWait(journal, packetEntry('after the crash'));
        await journal.close();
        expect(readAll(folder).slice(0, -1)).toEqual(records.slice(0, kept));
        expect(verifyJournal(folder)).toMatchObject({ records: kept + 1, problems: [] });
        const isTorn = cutAt < 72 || keptEnd < cutAt;
        const aside = segmentNames(folder).filter((name) => name.includes('.cut-'));
        expect(aside).toEqual(isTorn ? [`${FIRST}.cut-1`] : []);
        const cutBytes = aside.map((name) => readFileSync(segmentFilePath(folder, name)));
        expect(cutBytes).toEqual(isTorn ? [whole.subarray(cutAt < 72 ? 0 : keptEnd, cutAt)] : []);
      },
    ),
    { numRuns: 60 },
  );
});

test('reopened after every few records, a journal is one unbroken chain', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), async (sittings) => {
      const folder = emptyFolder();
      let position = 0;
      for (const records of sittings) {
        const journal = await openForTest(folder, { segmentBytesMax: 400 });
        for (let i = 0; i < records; i += 1) {
          expect(await appendAndWait(journal, packetEntry(`packet ${position}`))).toBe(position);
          position += 1;
        }
        await journal.close();
      }
      expect(readAll(folder)).toMatchObject(
        Array.from({ length: position }, (_, i) => ({ position: i, payload: bytesOf(`packet ${i}`) })),
      );
      expect(verifyJournal(folder)).toMatchObject({ records: position, problems: [] });
    }),
    { numRuns: 30 },
  );
});

test('bytes of a torn frame in the tail are cut, and a frame a tracker smuggled into a payload is not taken for one', async () => {
  const { folder } = await journalWithFrameEnds([Buffer.from('first')]);
  const path = segmentFilePath(folder, FIRST);
  const frame = readFileSync(path).subarray(72);
  writeFileSync(path, Buffer.concat([Buffer.from('garbage'), frame]), { flag: 'a' });
  const journal = await openForTest(folder);
  expect(journal.nextPosition).toBe(1);
  await journal.close();
  expect(verifyJournal(folder)).toMatchObject({ records: 1, problems: [] });
});

test('a bad frame with good ones after it is damage: refused, unchanged, and it says what to run', async () => {
  const { folder, frameEnds } = await journalWithFrameEnds([
    Buffer.from('one'),
    Buffer.from('two'),
    Buffer.from('three'),
  ]);
  const path = segmentFilePath(folder, FIRST);
  const bytes = readFileSync(path);
  const offset = (frameEnds[0] ?? 0) + 70;
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const opened = await openJournal(folder, steadyOptions());
  expect(opened).toMatchObject({
    ok: false,
    error: {
      problem: 'damaged',
      file: path,
      offset: frameEnds[0],
      message: expect.stringContaining('milepost verify'),
    },
  });
  expect(readFileSync(path)).toEqual(bytes);
  expect(() => readAll(folder)).toThrow(/damaged at byte/u);
});

test('a journal of a later format is refused and left alone', async () => {
  const { folder } = await journalWithFrameEnds([Buffer.from('one')]);
  const path = segmentFilePath(folder, FIRST);
  const bytes = readFileSync(path);
  bytes[8] = 2;
  writeFileSync(path, bytes);
  expect(await openJournal(folder, steadyOptions())).toMatchObject({ error: { problem: 'damaged' } });
  expect(readFileSync(path)).toEqual(bytes);
});

test('a segment that a crash left both plain and sealed is read once, and the plain one goes', async () => {
  const folder = emptyFolder();
  const plain = await openForTest(folder, { segmentBytesMax: 300 });
  await appendAndWait(plain, packetEntry('x'.repeat(200)));
  await plain.close();
  const copy = emptyFolder();
  cpSync(folder, copy, { recursive: true });
  const sealing = await openForTest(folder, { segmentBytesMax: 300 });
  await appendAndWait(sealing, packetEntry('y'.repeat(200)));
  await sealing.close();
  cpSync(segmentFilePath(copy, FIRST), segmentFilePath(folder, FIRST));
  expect(segmentNames(folder)).toEqual([FIRST, `${FIRST}z`, '0000000000000001.mpj']);
  expect(verifyJournal(folder)).toMatchObject({ records: 2, problems: [] });
  expect(readAll(folder)).toHaveLength(2);
  const journal = await openForTest(folder);
  await journal.close();
  expect(segmentNames(folder)).toEqual([`${FIRST}z`, '0000000000000001.mpj']);
});
