import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { treeRoot } from './support/tidy/tree.ts';

/**
 * The rules of docs/architecture.md are worth what their tools say when somebody breaks them. Here a small tree with
 * our own settings and nothing but broken rules is linted and compiled, and every complaint is expected.
 */
const folders = ['core', 'core/process', 'core/cli', 'electron', 'renderer', 'simulator', 'scripts', 'tests'];

/** File, its text, and what the linter must say of it. */
const broken: readonly (readonly [path: string, text: string, complaint: string])[] = [
  ['core/base/up.ts', "import { m } from '../metering/ok.ts';\nexport const x = m;", 'no-restricted-imports'],
  [
    'core/protocol/up.ts',
    "import { m } from '../metering/ok.ts';\nexport const x = m;",
    'no-restricted-imports',
  ],
  [
    'core/metering/node.ts',
    "import { sep } from 'node:path';\nexport const x = sep;",
    'no-restricted-imports',
  ],
  [
    'core/metering/back.ts',
    "import { p } from '../process/ok.ts';\nexport const x = p;",
    'no-restricted-imports',
  ],
  [
    'core/metering/out.ts',
    "import { s } from '../../simulator/ok.ts';\nexport const x = s;",
    'no-restricted-imports',
  ],
  ['core/metering/clock.ts', 'export const x = Date.now();', 'no-restricted-properties'],
  ['core/metering/chance.ts', 'export const x = Math.random();', 'no-restricted-properties'],
  [
    'core/process/out.ts',
    "import { e } from '../../electron/ok.ts';\nexport const x = e;",
    'no-restricted-imports',
  ],
  [
    'core/process/shell.ts',
    "import { app } from 'electron';\nexport const x = app;",
    'no-restricted-imports',
  ],
  [
    'renderer/map/core.ts',
    "import { m } from '../../core/metering/ok.ts';\nexport const x = m;",
    'no-restricted-imports',
  ],
  [
    'renderer/map/shell.ts',
    "import { ipcRenderer } from 'electron';\nexport const x = ipcRenderer;",
    'no-restricted-imports',
  ],
  ['renderer/map/node.ts', 'export const x = process.pid;', 'no-restricted-globals'],
  [
    'simulator/core.ts',
    "import { m } from '../core/metering/ok.ts';\nexport const x = m;",
    'no-restricted-imports',
  ],
  [
    'electron/page.ts',
    "import { r } from '../renderer/ok.ts';\nexport const x = r;",
    'no-restricted-imports',
  ],
  [
    'core/metering/cycle-a.ts',
    "import { b } from './cycle-b.ts';\nexport const a = (): number => b();",
    'no-cycle',
  ],
  [
    'core/metering/cycle-b.ts',
    "import { a } from './cycle-a.ts';\nexport const b = (): number => a();",
    'no-cycle',
  ],
  ['electron/default.ts', 'export default 1;', 'no-default-export'],
  ['electron/any.ts', 'export const x = (value: any): unknown => value;', 'no-explicit-any'],
  ['electron/bang.ts', 'export const x = (value: string | null): string => value!;', 'no-non-null-assertion'],
  [
    'electron/lost.ts',
    'export function x(work: () => Promise<void>): void {\n  work();\n}',
    'no-floating-promises',
  ],
  [
    'electron/case.ts',
    "export function x(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}",
    'switch-exhaustiveness-check',
  ],
  [
    'electron/empty.ts',
    'export const x = (text: string): number => (text ? 1 : 2);',
    'strict-boolean-expressions',
  ],
  ['electron/talk.ts', "console.log('here');\nexport const x = 1;", 'no-console'],
  [
    'electron/long-function.ts',
    `export function x(list: number[]): void {\n${'  list.push(1);\n'.repeat(71)}}`,
    'max-lines-per-function',
  ],
  [
    'electron/long-file.ts',
    Array.from({ length: 401 }, (_, n) => `export const x${n} = ${n};`).join('\n'),
    'max-lines',
  ],
  ['electron/camelCase.ts', 'export const x = 1;', 'filename-case'],
];

/** Innocent files, for the broken ones to import. */
const innocent: Readonly<Record<string, string>> = {
  'core/metering/ok.ts': 'export const m = 1;',
  'core/process/ok.ts': 'export const p = 1;',
  'simulator/ok.ts': 'export const s = 1;',
  'electron/ok.ts': 'export const e = 1;',
  'renderer/ok.ts': 'export const r = 1;',
};

let tree = '';

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'milepost-rules-'));
  for (const file of [
    '.oxlintrc.json',
    'tsconfig.base.json',
    'tsconfig.json',
    ...folders.map((folder) => `${folder}/tsconfig.json`),
  ]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(treeRoot, file), join(tree, file));
  }
  symlinkSync(join(treeRoot, 'node_modules'), join(tree, 'node_modules'), 'junction');
  for (const [path, text] of [...broken, ...Object.entries(innocent)]) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('the linter names every file that breaks a rule, and for the rule it breaks', () => {
  const { stdout } = spawnSync(process.execPath, [toolFile('oxlint'), '--format=unix'], {
    cwd: tree,
    encoding: 'utf8',
  });
  const complaints = stdout.split('\n');
  const unnoticed = broken.filter(
    ([path, , complaint]) =>
      !complaints.some((line) => line.startsWith(`${path}:`) && line.includes(complaint)),
  );
  expect(unnoticed.map(([path, , complaint]) => `${path} passes ${complaint}`)).toEqual([]);
  expect(
    complaints.filter((line) => Object.keys(innocent).some((path) => line.startsWith(`${path}:`))),
  ).toEqual([]);
});

test('in the pure part of core, Node and the page do not even compile', () => {
  const { stdout } = spawnSync(
    process.execPath,
    [toolFile('typescript'), '-p', 'core', '--noEmit', '--pretty', 'false'],
    {
      cwd: writePureCore({
        'process.ts': 'export const x = process.pid;',
        'document.ts': 'export const x = document.title;',
        'timer.ts': 'setTimeout(() => undefined, 1);\nexport const x = 1;',
        'node.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
        'innocent.ts': 'export const x = [1].length;',
      }),
      encoding: 'utf8',
    },
  );
  const files = stdout.split('\n').flatMap((line) => /^core\/metering\/([\w-]+\.ts)\(/.exec(line)?.[1] ?? []);
  expect(new Set(files)).toEqual(new Set(['process.ts', 'document.ts', 'timer.ts', 'node.ts']));
});

test('the rules name every folder of core that the window and the simulator may not know', () => {
  const closed = readdirSync(join(treeRoot, 'core'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['base', 'protocol'].includes(entry.name))
    .map((entry) => entry.name);
  const lists = [
    ...readFileSync(join(treeRoot, '.oxlintrc.json'), 'utf8').matchAll(/\(([a-z|-]*tracker\|[a-z|-]+)\)/g),
  ];
  expect(lists).toHaveLength(3);
  for (const [, names = ''] of lists)
    expect(closed.filter((name) => !names.split('|').includes(name))).toEqual([]);
});

/** A second tree, with only a pure core in it: compile errors elsewhere would hide nothing and prove nothing. */
function writePureCore(files: Readonly<Record<string, string>>): string {
  const root = join(tree, 'out', 'pure');
  mkdirSync(join(root, 'core', 'metering'), { recursive: true });
  cpSync(join(treeRoot, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  cpSync(join(treeRoot, 'core', 'tsconfig.json'), join(root, 'core', 'tsconfig.json'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(root, 'core', 'metering', name), `${text}\n`);
  return root;
}

function toolFile(name: 'oxlint' | 'typescript'): string {
  return join(treeRoot, 'node_modules', name, 'bin', name === 'oxlint' ? 'oxlint' : 'tsc');
}
