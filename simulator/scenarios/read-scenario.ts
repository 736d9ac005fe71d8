import type { z } from 'zod';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { crossProblems } from './cross-problems.ts';
import { hintOf, nearestName } from './nearest-name.ts';
import { type Scenario, scenarioSchema } from './scenario-schema.ts';
import { namesAt } from './schema-names.ts';
import { type FilePath, type FileProblem, readYamlText, type YamlText } from './yaml-text.ts';

type Issue = z.core.$ZodIssue;

/** Reads a scenario's text; every problem has its line and column, in the order of the file. */
export function readScenario(text: string): Result<Scenario, readonly FileProblem[]> {
  const yaml = readYamlText(text);
  // What does not parse is told once: the rest of what a parser says follows from it.
  if (yaml.problems.length > 0) return fail(yaml.problems.slice(0, 1));
  const parsed = scenarioSchema.safeParse(yaml.data);
  const problems = parsed.success
    ? crossProblems(parsed.data).map(({ path, message }) => ({ ...yaml.placeOf(path, false), message }))
    : parsed.error.issues.flatMap((issue) => explain(issue, yaml));
  if (parsed.success && problems.length === 0) return ok(parsed.data);
  return fail(
    withoutEchoes(problems).toSorted((a, b) => (a.line === b.line ? a.column - b.column : a.line - b.line)),
  );
}

/** A mistyped name is one mistake, not also the lack of the right one. */
function withoutEchoes(problems: readonly FileProblem[]): readonly FileProblem[] {
  return problems.filter(({ message }) => {
    const [, name] = /^"(.+)" is missing$/.exec(message) ?? [];
    return name === undefined || !problems.some((other) => other.message.endsWith(`did you mean "${name}"?`));
  });
}

/** "city.yaml:12:3: there is no …". */
export function problemLines(file: string, problems: readonly FileProblem[]): string {
  return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n');
}

function explain(issue: Issue, yaml: YamlText, within: FilePath = []): FileProblem[] {
  const path = [...within, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const at = (message: string): FileProblem => ({ ...yaml.placeOf(path, false), message });
  const found = valueAt(yaml.data, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...yaml.placeOf([...path, key], true),
      message: unknownName(key, path, yaml.data),
    }));
  }
  if (issue.code === 'invalid_key') {
    const name = String(path.at(-1));
    return [{ ...yaml.placeOf(path, true), message: unknownName(name, path.slice(0, -1), yaml.data) }];
  }
  if (found === undefined && issue.code !== 'custom') {
    return [at(`${path.length === 0 ? 'the scenario' : `"${String(path.at(-1))}"`} is missing`)];
  }
  switch (issue.code) {
    case 'invalid_value':
      return [at(noneOf(found, issue.values.map(String)))];
    case 'invalid_union':
      return explainUnion(issue, yaml, path);
    case 'invalid_type':
      // A schema that has words of its own says what it expects.
      if (!issue.message.startsWith('Invalid input'))
        return [at(`${shown(found)} is not right: ${issue.message}`)];
      return [at(`${KINDS[issue.expected] ?? issue.expected} is expected here, not ${shown(found)}`)];
    case 'too_small':
    case 'too_big':
      return [at(outOfBounds(issue, found))];
    default:
      return [at(issue.code === 'custom' ? issue.message : `${shown(found)} is not right: ${issue.message}`)];
  }
}

/** Of several shapes the one that was meant is explained: that which knows most of the names that were written. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  yaml: YamlText,
  path: FilePath,
): FileProblem[] {
  const found = valueAt(yaml.data, path);
  const meant = issue.errors
    .filter((errors) => errors.every((error) => error.path.length > 0 || error.code === 'unrecognized_keys'))
    .toSorted((a, b) => a.length - b.length)[0];
  if (meant !== undefined && typeof found === 'object' && issue.errors.length > 1) {
    const isMeant = meant.every(
      (error) => error.code !== 'invalid_type' || valueAt(found, error.path) !== undefined,
    );
    if (isMeant) return meant.flatMap((error) => explain(error, yaml, path));
  }
  if (typeof found === 'string') {
    const words = issue.errors
      .flat()
      .flatMap((error) => (error.code === 'invalid_value' ? error.values.map(String) : []));
    const message = `${shown(found)} is not right: ${issue.message}${hintOf(found, words)}`;
    return [{ ...yaml.placeOf(path, false), message }];
  }
  return [{ ...yaml.placeOf(path, false), message: issue.message }];
}

function unknownName(name: string, path: FilePath, data: unknown): string {
  const names = namesAt(path, data);
  const near = nearestName(name, names);
  return `there is no "${name}" here; ${near === null ? `there are ${names.join(', ')}` : `did you mean "${near}"?`}`;
}

function noneOf(found: unknown, values: readonly string[]): string {
  if (values.length === 1) return `${shown(found)} is not ${String(values[0])}`;
  return `${shown(found)} is none of ${values.join(', ')}${hintOf(found, values)}`;
}

function outOfBounds(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, found: unknown): string {
  if (issue.origin === 'string' || issue.origin === 'array') return issue.message;
  return issue.code === 'too_small'
    ? `${shown(found)} is too little; ${String(issue.minimum)} is the least`
    : `${shown(found)} is too much; ${String(issue.maximum)} is the most`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    data,
  );
}

function shown(value: unknown): string {
  return value === null ? 'nothing' : JSON.stringify(value).slice(0, 60);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a set of settings',
  record: 'a set of names',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
