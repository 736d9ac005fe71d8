import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolders } from './support/tidy/check-folders.ts';
import { checkLines } from './support/tidy/check-lines.ts';
import { checkLinks } from './support/tidy/check-links.ts';
import { listTree, readTree, treeRoot } from './support/tidy/tree.ts';

// Sizes, default exports and forbidden imports are the linter's; tests/dependency-rule.test.ts sees that it says so.

test('no leftovers, no clock in pure code and no trace of one machine', () => {
  expect(checkLines(readTree())).toEqual([]);
});

test('folders are named for the business, and each folder of core introduces itself', () => {
  expect(checkFolders(listTree())).toEqual([]);
});

test('links in the documents lead somewhere', () => {
  expect(checkLinks(readTree(), listTree())).toEqual([]);
});

test('decisions are numbered one after the other', () => {
  const numbers = listTree().flatMap((path) => /^docs\/decisions\/(\d{3})-/.exec(path)?.[1] ?? []);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(3, '0')));
});

test('every dependency has its line in the list of reasons', () => {
  const read = (path: string): string => readFileSync(join(treeRoot, path), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const reasons = read('docs/decisions/010-dependencies.md');
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith('@types/'),
  );
  expect(names.filter((name) => !new RegExp(`(^\\| |, )${name}( *\\||,)`, 'm').test(reasons))).toEqual([]);
});

test('a leftover, a clock and a path of one machine are each named with their line', () => {
  const clock = ['export const now = new ', 'Date();'].join('');
  const leftover = ['// TO', 'DO later'].join('');
  const path = ['const data = "/ho', 'me/ada/data";'].join('');
  const found = checkLines([
    { path: 'core/metering/a.ts', text: `${leftover}\n${clock}` },
    { path: 'core/process/b.ts', text: `${path}\n${clock}` },
  ]);
  expect(found.map(({ where }) => where)).toEqual([
    'core/metering/a.ts:1',
    'core/metering/a.ts:2',
    'core/process/b.ts:1',
  ]);
});

test('an empty folder name, committed map data and a core folder without README are each named', () => {
  const found = checkFolders([
    'core/tracker/a.ts',
    'core/fleet/b.ts',
    'core/fleet/README.md',
    'renderer/utils/c.ts',
    'resources/x.geojson',
  ]);
  expect(found.map(({ where }) => where)).toEqual([
    'renderer/utils/c.ts',
    'resources/x.geojson',
    'core/tracker',
  ]);
});

test('a link that leads nowhere is named', () => {
  const text = '[there](../README.md) [folder](decisions/) [gone](gone.md#part) [web](https://example.org)';
  const found = checkLinks(
    [{ path: 'docs/a.md', text }],
    ['README.md', 'docs/a.md', 'docs/decisions/001-x.md'],
  );
  expect(found).toEqual([{ where: 'docs/a.md', problem: 'the link to gone.md leads nowhere' }]);
});
