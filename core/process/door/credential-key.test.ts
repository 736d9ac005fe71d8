import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { openCredentialKey } from './credential-key.ts';

test('the key is made once, random, and readable by its owner only', () => {
  const [folder, other] = [path.join(emptyFolder(), 'keys'), emptyFolder()];
  const first = openCredentialKey(folder);
  const again = openCredentialKey(folder);
  expect(again).toEqual({ ok: true, value: { key: first.ok && first.value.key, isNew: false } });
  expect(first).toMatchObject({ ok: true, value: { isNew: true } });
  expect(openCredentialKey(other)).not.toEqual(first);
  const modes = ['', 'credential.key'].map((name) => fs.statSync(path.join(folder, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
  expect(fs.readdirSync(folder)).toEqual(['credential.key']);
});

test('a key cut short is not used and not replaced, and the error says what to do', () => {
  const folder = emptyFolder();
  openCredentialKey(folder);
  const file = path.join(folder, 'credential.key');
  fs.truncateSync(file, 31);
  expect(openCredentialKey(folder)).toEqual({
    ok: false,
    error: expect.stringMatching(/damaged.*31 bytes.*copy/su),
  });
  expect(fs.statSync(file).size).toBe(31);
});

test('a folder that cannot be written is named', () => {
  const folder = path.join(emptyFolder(), 'keys');
  fs.writeFileSync(folder, 'a file where the folder should be');
  expect(openCredentialKey(folder)).toEqual({
    ok: false,
    error: expect.stringContaining(folder),
  });
});
