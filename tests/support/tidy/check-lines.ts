import type { Finding, TreeFile } from './tree.ts';

interface LineRule {
  readonly pattern: RegExp;
  readonly problem: string;
  /** Which files the rule is about. */
  readonly appliesTo: (path: string) => boolean;
}

const isCode = (path: string): boolean => /\.(ts|tsx|mjs|js)$/.test(path);
const isTest = (path: string): boolean => /\.(test|journey)\.tsx?$/.test(path) || path.startsWith('tests/');
const isPureCore = (path: string): boolean =>
  path.startsWith('core/') &&
  !path.startsWith('core/process/') &&
  !path.startsWith('core/cli/') &&
  !isTest(path);
const anywhere = (): boolean => true;

/** Words are put together here, so that this file does not complain about itself. */
const word = (...parts: readonly string[]): string => parts.join('');

const rules: readonly LineRule[] = [
  {
    pattern: new RegExp(
      `\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('X', 'XX')}|${word('HA', 'CK')})\\b`,
    ),
    problem: 'do it now, or write down in docs/ why not',
    appliesTo: isCode,
  },
  {
    pattern: new RegExp(`\\b(test|it|describe)\\.${word('on', 'ly')}\\b`),
    problem: 'a focused test leaves the others out',
    appliesTo: isCode,
  },
  {
    pattern: new RegExp(`\\b(test|it|describe)\\.${word('sk', 'ip')}\\(`),
    problem: 'a test that never runs proves nothing: make it run, or remove it',
    appliesTo: (path) => /\.test\.tsx?$/.test(path),
  },
  {
    pattern: /\bnew Date\(\)|\bTemporal\.Now\b/,
    problem: 'the pure part of core reads no clock: use the received time of the record',
    appliesTo: isPureCore,
  },
  {
    pattern: new RegExp(
      `(^|[^\\w.])(${word('/wo', 'rk/')}|${word('/ro', 'ot/')}|/home/\\w+/|/Users/\\w+/)|[A-Z]:\\\\Users\\\\`,
    ),
    problem: 'a path of one machine has no place in the tree',
    appliesTo: anywhere,
  },
  {
    pattern: /https?:\/\/[\w.-]*(registry|artifactory|nexus|verdaccio)[\w.-]*/,
    problem: 'which package registry serves us is the machine’s business (.npmrc of the user)',
    appliesTo: anywhere,
  },
];

/** Leftovers, clocks in pure code, and traces of one machine, line by line. */
export function checkLines(files: readonly TreeFile[]): readonly Finding[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        rules
          .filter((rule) => rule.appliesTo(path) && rule.pattern.test(line))
          .map((rule) => ({ where: `${path}:${index + 1}`, problem: rule.problem })),
      ),
  );
}
