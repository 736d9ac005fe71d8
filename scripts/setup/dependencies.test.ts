import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isUpToDate } from './dependencies.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'milepost-dependencies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const locked = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/@oxlint/binding-darwin-arm64': { version: '1.89.0', optional: true },
};

test('without node_modules there is everything to install', () => {
  writeLock('package-lock.json', locked);
  expect(isUpToDate(folder)).toBe(false);
});

test('what the lock file names is installed, but for the binaries of other systems: nothing to do', () => {
  writeLock('package-lock.json', locked);
  writeLock('node_modules/.package-lock.json', { 'node_modules/zod': { version: '4.6.7' } });
  expect(isUpToDate(folder)).toBe(true);
});

test.each([
  ['another version', { 'node_modules/zod': { version: '4.6.6' } }],
  ['a missing package', {}],
  [
    'a package the lock file does not know',
    { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/left-pad': { version: '1.3.0' } },
  ],
])('%s is out of date', (_, installed) => {
  writeLock('package-lock.json', locked);
  writeLock('node_modules/.package-lock.json', installed);
  expect(isUpToDate(folder)).toBe(false);
});

function writeLock(name: string, packages: object): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify({ packages }));
}
