import type { z } from 'zod';
import { isFields, shown } from '../tracker/vendor-fields.ts';
import { closestOf } from './closest-name.ts';
import { settingsAt } from './settings-at.ts';
import type { FilePath } from './read-yaml.ts';

/** One thing wrong in a file: where, and a sentence about it. `isOfName` when it is about a name, not its value. */
export interface FileProblem {
  readonly path: FilePath;
  readonly isOfName: boolean;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The schema's findings in the words of the file's author. `data` is what was checked. */
export function explainIssue(issue: Issue, data: unknown, within: FilePath = []): readonly FileProblem[] {
  const path = [...within, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const found = valueAt(data, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownName(path, name));
  if (found === undefined && issue.code !== 'custom') return [missing(path)];
  switch (issue.code) {
    case 'invalid_union':
      return explainUnion(issue, data, path);
    case 'invalid_value':
      return [problem(path, noneOf(found, issue.values.map(String)))];
    case 'invalid_type':
      return [problem(path, `${kindOf(issue.expected)} is expected here, not ${kindShown(found)}`)];
    default:
      return [problem(path, issue.message)];
  }
}

function valueAt(data: unknown, path: FilePath): unknown {
  let value = data;
  for (const step of path) {
    if (Array.isArray(value)) value = (value as readonly unknown[])[Number(step)];
    else value = isFields(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
  }
  return value;
}

function problem(path: FilePath, message: string): FileProblem {
  return { path, isOfName: false, message };
}

function unknownName(path: FilePath, name: string): FileProblem {
  const settings = settingsAt(path);
  const near = closestOf(name, settings);
  const hint = near === null ? `there are ${settings.join(', ')}` : `did you mean ${shown(near)}?`;
  return { path: [...path, name], isOfName: true, message: `there is no ${shown(name)} here; ${hint}` };
}

/** A missing setting stands nowhere; its path leads to what should hold it. */
function missing(path: FilePath): FileProblem {
  const name = String(path.at(-1) ?? 'the file');
  return problem(path, `${shown(name)} is missing`);
}

/** Of "an expression, or settings" only the kind that was written is explained. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  data: unknown,
  path: FilePath,
): readonly FileProblem[] {
  const fitting = issue.errors.filter((errors) => errors.every((error) => !isOfKind(error)));
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) {
    return only.flatMap((error) => explainIssue(error, data, path));
  }
  const found = valueAt(data, path);
  const words = issue.errors
    .flat()
    .flatMap((error) => (isOfKind(error) && 'values' in error ? error.values : []));
  const near = typeof found === 'string' ? closestOf(found, words.map(String)) : null;
  const hint = near === null ? '' : `; did you mean ${shown(near)}?`;
  return [problem(path, `${shown(found)} cannot stand here: ${issue.message}${hint}`)];
}

/** True for an issue with the value itself being of another kind, not with something inside it. */
function isOfKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function noneOf(found: unknown, values: readonly string[]): string {
  const near = typeof found === 'string' ? closestOf(found, values) : null;
  const hint = near === null ? '' : `; did you mean ${shown(near)}?`;
  return `${shown(found)} is none of ${values.join(', ')}${hint}`;
}

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    array: 'a list',
    object: 'a set of settings',
    record: 'a set of names',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  };
  return kinds[expected] ?? expected;
}

function kindShown(found: unknown): string {
  return found === null ? 'nothing' : shown(found);
}
