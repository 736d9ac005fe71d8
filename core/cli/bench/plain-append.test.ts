import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { frameOf, openPlainAppend } from './plain-append.ts';

test('a batch is its length, its checksum, and each record behind its own length', () => {
  const body = Buffer.from([2, 0, 0, 0, 7, 8, 1, 0, 0, 0, 9]);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  expect(frameOf([Uint8Array.of(7, 8), Uint8Array.of(9)])).toEqual(Buffer.concat([head, body]));
});

test('batches follow one another in the file', async () => {
  const file = path.join(emptyFolder(), 'records');
  const log = openPlainAppend(file);
  await log.append([Uint8Array.of(1)]);
  await log.append([Uint8Array.of(2), Uint8Array.of(3)]);
  log.close();
  expect(readFileSync(file)).toEqual(
    Buffer.concat([frameOf([Uint8Array.of(1)]), frameOf([Uint8Array.of(2), Uint8Array.of(3)])]),
  );
});
