import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { must } from '../../base/assert.ts';
import { packRows, type Rows, unpackRows } from '../../metering/packed-rows.ts';
import { makeReadingFile, readingFileOf, readingFileToRead, reopenReadingFile } from './reading-file.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(emptyFolder(), 'readings');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const blockOf = (seed: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 7) % 256);

test('blocks are taken as they were put, before and after they are on disk, and by who opens the file again', async () => {
  const file = makeReadingFile(folder);
  const blocks = [blockOf(1, 3), blockOf(2, 0), blockOf(3, 20_000), blockOf(4, 1_200_000), blockOf(5, 9)];
  const references = blocks.map((block) => file.put(block));
  const taken = (from: Pick<typeof file, 'take'>): number[][] =>
    references.map((reference) => Array.from(from.take(reference)));
  const expected = blocks.map((block) => Array.from(block));
  expect(taken(file)).toEqual(expected);
  const bytes = file.flush();
  await file.sync();
  file.close();
  expect(readingFileOf(folder)).toEqual({ id: file.id, bytes });
  const again = reopenReadingFile(folder, must(readingFileOf(folder), 'it is there'));
  const more = again.put(blockOf(6, 50));
  expect(more).toBe(bytes);
  expect(taken(again)).toEqual(expected);
  expect(Array.from(again.take(more))).toEqual(Array.from(blockOf(6, 50)));
  again.close();
});

test('rows come out of the file as they went in', () => {
  const rows: Rows = {
    atMs: Float64Array.of(1.5, 2),
    micrometres: Float64Array.of(3, 5),
    position: Float64Array.of(-1, 7),
    receivedAtMs: Float64Array.of(2, 2.25),
    status: Uint8Array.of(0, 3),
    rank: Uint8Array.of(2, 2),
    backlogPlace: Uint8Array.of(0, 0),
    thinned: {
      afterMs: Float64Array.of(1.5),
      reference: Float64Array.of(20),
      hasQuarantined: Uint8Array.of(1),
    },
  };
  const file = makeReadingFile(folder);
  file.put(blockOf(1, 5));
  expect(unpackRows(file.take(file.put(packRows(rows))))).toEqual(rows);
  file.close();
});

test('a new file is another, and a file that is none is not used', () => {
  expect(readingFileOf(folder)).toBeNull();
  const [one, other] = [makeReadingFile(folder), makeReadingFile(folder)];
  expect(one.id).not.toBe(other.id);
  one.close();
  other.close();
  fs.writeFileSync(path.join(folder, 'readings.bin'), 'something else altogether');
  expect(readingFileOf(folder)).toBeNull();
});

test('a damaged block is set aside with its file, so that the next start makes it anew', () => {
  const file = makeReadingFile(folder);
  const [good, bad] = [file.put(blockOf(1, 100)), file.put(blockOf(2, 100))];
  file.flush();
  const name = path.join(folder, 'readings.bin');
  const bytes = fs.readFileSync(name);
  bytes[bad + 50] = (bytes[bad + 50] ?? 0) ^ 1;
  fs.writeFileSync(name, bytes);
  expect(file.take(good)).toHaveLength(100);
  expect(() => file.take(bad)).toThrow(`damaged at byte ${bad} and was set aside`);
  expect(() => file.take(1_000_000)).toThrow('damaged at byte 1000000');
  expect(readingFileOf(folder)).toBeNull();
  expect(fs.readdirSync(folder)).toEqual(['readings.bin.damaged']);
  file.close();
});

test('who only reads keeps what it puts to itself', () => {
  const file = makeReadingFile(folder);
  const there = file.put(blockOf(1, 10));
  const bytes = file.flush();
  const reader = readingFileToRead(folder);
  const own = [reader.put(blockOf(2, 20)), reader.put(blockOf(3, 30))];
  expect(Array.from(reader.take(there))).toEqual(Array.from(blockOf(1, 10)));
  expect(own.map((reference) => reader.take(reference).length)).toEqual([20, 30]);
  expect(readingFileOf(folder)?.bytes).toBe(bytes);
  file.close();
  const alone = readingFileToRead(path.join(folder, 'nowhere'));
  expect(Array.from(alone.take(alone.put(blockOf(4, 4))))).toEqual(Array.from(blockOf(4, 4)));
});
