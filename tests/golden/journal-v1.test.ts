import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readJournal, readRecords } from '../../core/process/journal/read-journal.ts';
import { verifyJournal } from '../../core/process/journal/verify-journal.ts';
import { appendAndWait, emptyFolder, openForTest, segmentNames } from '../support/journal-folder.ts';
import { makeGoldenJournal } from './make-journal-v1.ts';

/**
 * A journal written by the first version of the format. Every later version reads it as it says here. A change to
 * these files is a change to what was promised about data on people's disks.
 */
const GOLDEN = path.resolve('tests/golden/journal-v1');
const expected: unknown = JSON.parse(readFileSync(path.join(GOLDEN, 'expected.json'), 'utf8'));

/** Everything a reader can get out of a journal, payloads as hex. */
function contentsOf(folder: string): unknown {
  const all = [...readJournal(folder, 0)].flat();
  const digested = readRecords(
    folder,
    all.map((record) => record.position),
  );
  const records = all.map((record) => ({
    ...record,
    ...(record.kind === 'packet' ? { payload: Buffer.from(record.payload).toString('hex') } : {}),
    digest: digested.get(record.position)?.digestHex,
  }));
  const { bytes: _, ...verification } = verifyJournal(folder);
  return { records, verification };
}

test('the golden journal of format 1 reads as it always has', () => {
  expect(segmentNames(GOLDEN)).toEqual(['0000000000000000.mpjz', '0000000000000005.mpj']);
  expect(contentsOf(GOLDEN)).toEqual(expected);
});

test('it can be written on', async () => {
  const folder = emptyFolder();
  cpSync(path.join(GOLDEN, 'partition-0'), path.join(folder, 'partition-0'), { recursive: true });
  const journal = await openForTest(folder);
  expect(await appendAndWait(journal, { kind: 'tick' })).toBe(9);
  await journal.close();
  expect(verifyJournal(folder)).toMatchObject({ records: 10, problems: [] });
});

test('the same entries, salts and clock give the same records and the same plain bytes today', async () => {
  const folder = emptyFolder();
  await makeGoldenJournal(folder);
  expect(contentsOf(folder)).toEqual(expected);
  const plain = path.join('partition-0', '0000000000000005.mpj');
  expect(readFileSync(path.join(folder, plain))).toEqual(readFileSync(path.join(GOLDEN, plain)));
});
