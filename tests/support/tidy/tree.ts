import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One file of the tree: its path with forward slashes from the top, and its text. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** What a check of the tree complains about: where, and what to do. */
export interface Finding {
  readonly where: string;
  readonly problem: string;
}

/** The top of this checkout. */
export const treeRoot = join(import.meta.dirname, '../../..');

/** Made by tools, or brought by them: never ours to tidy. */
const SKIPPED = new Set([
  '.git',
  '.runtime',
  'dist',
  'node_modules',
  'out',
  'playwright-report',
  'test-results',
]);
const TEXT =
  /(^|\/)(run|LICENSE|NOTICE|\.[a-z]+rc)$|\.(ts|tsx|mjs|cjs|js|json|jsonl|jsonc|css|html|md|yml|svg|txt)$/;

/** Every text file of the tree but the lock file, read. */
export function readTree(): readonly TreeFile[] {
  return listTree()
    .filter((path) => TEXT.test(path) && path !== 'package-lock.json')
    .map((path) => ({ path, text: readFileSync(join(treeRoot, path), 'utf8') }));
}

/** The path of every file of the tree, with forward slashes. */
export function listTree(): readonly string[] {
  const walk = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (SKIPPED.has(entry.name)) return [];
      const full = join(folder, entry.name);
      return entry.isDirectory() ? walk(full) : [relative(treeRoot, full).split(sep).join('/')];
    });
  return walk(treeRoot).toSorted();
}
