import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  appendAndWait,
  emptyFolder,
  openForTest,
  packetEntry,
  segmentFilePath,
  segmentNames,
} from '../../../tests/support/journal-folder.ts';
import { verifyJournal } from './verify-journal.ts';

/** Three segments, two of them sealed, with packets and ticks. */
async function smallJournal(): Promise<string> {
  const folder = emptyFolder();
  for (let sitting = 0; sitting < 3; sitting += 1) {
    const journal = await openForTest(folder, { segmentBytesMax: 500 });
    for (let i = 0; i < 2; i += 1) await appendAndWait(journal, packetEntry(`${sitting}.${i} `.repeat(20)));
    await appendAndWait(journal, { kind: 'tick' });
    await journal.close();
  }
  const last = await openForTest(folder, { segmentBytesMax: 500 });
  await appendAndWait(last, { kind: 'tick' });
  await last.close();
  return folder;
}

test('a whole journal has no problems and one chain', async () => {
  const folder = await smallJournal();
  const names = segmentNames(folder);
  expect(names.some((name) => name.endsWith('.mpjz'))).toBe(true);
  expect(names.some((name) => name.endsWith('.mpj'))).toBe(true);
  const found = verifyJournal(folder);
  expect(found).toMatchObject({ records: 10, packets: 6, erased: 0, problems: [] });
  expect(found.chainHex).toMatch(/^[0-9a-f]{64}$/u);
});

test('one flipped bit in any byte of any segment, plain or sealed, is found', async () => {
  const folder = await smallJournal();
  const unnoticed: string[] = [];
  for (const name of segmentNames(folder)) {
    const path = segmentFilePath(folder, name);
    const bytes = readFileSync(path);
    for (let i = 0; i < bytes.length; i += 1) {
      const flipped = Buffer.from(bytes);
      flipped[i] = (flipped[i] ?? 0) ^ (1 << (i % 8));
      writeFileSync(path, flipped);
      if (verifyJournal(folder).problems.length === 0) unnoticed.push(`${name} byte ${i}`);
    }
    writeFileSync(path, bytes);
  }
  expect(unnoticed).toEqual([]);
  expect(verifyJournal(folder).problems).toEqual([]);
});

test('a missing segment, first or middle, and bytes left over at any end are found', async () => {
  const folder = await smallJournal();
  for (const name of segmentNames(folder)) {
    const path = segmentFilePath(folder, name);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, Buffer.from([0])]));
    expect(verifyJournal(folder).problems, `a byte more in ${name}`).toHaveLength(1);
    writeFileSync(path, bytes);
    if (name === segmentNames(folder).at(-1)) continue;
    rmSync(path);
    expect(verifyJournal(folder).problems, `${name} removed`).toMatchObject([{ offset: 0 }]);
    writeFileSync(path, bytes);
  }
});

test('a record changed together with its checksum is found by the chain', async () => {
  const folder = emptyFolder();
  const journal = await openForTest(folder);
  await appendAndWait(journal, packetEntry('1000 miles'));
  const frameEnd = journal.bytes;
  await appendAndWait(journal, packetEntry('next'));
  await journal.close();
  const [name = ''] = segmentNames(folder);
  const path = segmentFilePath(folder, name);
  const bytes = readFileSync(path);
  bytes.write('9', bytes.indexOf('1000 miles'));
  const [frameAt, crcAt, payloadAt] = [72, 72 + 52, 72 + 56];
  const crc = crc32(bytes.subarray(payloadAt, frameEnd), crc32(bytes.subarray(frameAt, crcAt)));
  bytes.writeUInt32LE(crc, crcAt);
  writeFileSync(path, bytes);
  expect(verifyJournal(folder).problems).toEqual([
    {
      file: path,
      offset: frameEnd,
      position: 1,
      problem: 'the hash chain does not match the records before',
    },
  ]);
});

test('a segment of another journal in the place of one is found', async () => {
  const folder = await smallJournal();
  const other = emptyFolder();
  const journal = await openForTest(other, { clock: () => Date.UTC(2026, 2, 2, 10) });
  for (let i = 0; i < 3; i += 1) await appendAndWait(journal, { kind: 'tick' });
  await journal.close();
  const [first = ''] = segmentNames(folder);
  rmSync(segmentFilePath(folder, first));
  const [foreign = ''] = segmentNames(other);
  writeFileSync(segmentFilePath(folder, foreign), readFileSync(segmentFilePath(other, foreign)));
  expect(verifyJournal(folder).problems.length).toBeGreaterThan(0);
});

test('an empty folder is an empty journal', () => {
  expect(verifyJournal(emptyFolder())).toEqual({
    records: 0,
    packets: 0,
    erased: 0,
    bytes: 0,
    chainHex: '0'.repeat(64),
    problems: [],
  });
});
