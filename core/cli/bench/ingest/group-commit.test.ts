import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../tests/support/journal-folder.ts';
import { openGroupCommit } from './group-commit.ts';

test('bytes are in the file, in order, before anyone is told', async () => {
  const file = path.join(emptyFolder(), 'journal');
  const commit = openGroupCommit(file);
  const seenWhenTold: string[] = [];
  const told = (text: string): Promise<void> =>
    new Promise((resolve) =>
      commit(Buffer.from(text), () => {
        seenWhenTold.push(readFileSync(file, 'utf8'));
        resolve();
      }),
    );
  await Promise.all([told('one '), told('two ')]);
  await Promise.all([told('three ').then(() => told('five ')), told('four ')]);
  expect(seenWhenTold).toEqual([
    'one two ',
    'one two ',
    'one two three four ',
    'one two three four ',
    'one two three four five ',
  ]);
});
