import { fail, ok, type Result } from '../base/result.ts';
import { compileMapping } from './compile-mapping.ts';
import { explainIssue, type FileProblem } from './explain-issue.ts';
import type { Mapping } from './mapping.ts';
import { mappingFileSchema } from './mapping-schema.ts';
import { type FilePath, readYaml, type YamlText } from './read-yaml.ts';

/** What is wrong in a mapping file and where: lines and columns count from 1, the path is as in `messages[0].time.at`. */
export interface MappingProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** A file can be wrong in every line; nobody reads on after these. */
const PROBLEMS_MAX = 100;

/**
 * Reads a mapping file. The error is every problem of it, in the order of the file: first those of the YAML, and when
 * that is sound, those of its content. Never throws, and the same text always gives the same answer.
 */
export function readMapping(yamlText: string): Result<Mapping, readonly MappingProblem[]> {
  const yaml = readYaml(yamlText);
  if (yaml.problems.length > 0) {
    return fail(inOrder(yaml.problems.map((problem) => ({ ...problem, path: '' }))));
  }
  const file = mappingFileSchema.safeParse(yaml.data);
  if (file.success) return ok(compileMapping(file.data));
  const problems = file.error.issues.flatMap((issue) => explainIssue(issue, yaml.data));
  return fail(inOrder(problems.map((problem) => placed(problem, yaml))));
}

function placed({ path, isOfName, message }: FileProblem, yaml: YamlText): MappingProblem {
  const { line, column } = yaml.placeOf(path, isOfName);
  return { line, column, path: pathText(path), message };
}

function pathText(path: FilePath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

function inOrder(problems: readonly MappingProblem[]): readonly MappingProblem[] {
  return problems.toSorted(compareProblems).slice(0, PROBLEMS_MAX);
}

function compareProblems(a: MappingProblem, b: MappingProblem): number {
  if (a.line !== b.line) return a.line - b.line;
  if (a.column !== b.column) return a.column - b.column;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  if (a.message === b.message) return 0;
  return a.message < b.message ? -1 : 1;
}

/** As many as a busy site has switched on, with room for what an editor tries out; at 64 KiB each a few megabytes. */
const READ_MAX = 64;

const readByText = new Map<string, Result<Mapping, readonly MappingProblem[]>>();

/** `readMapping`, remembered: the fold asks for the mapping of every packet. The one read longest ago gives way. */
export function mappingOf(yamlText: string): Result<Mapping, readonly MappingProblem[]> {
  const known = readByText.get(yamlText);
  if (known !== undefined) return known;
  const read = readMapping(yamlText);
  const [oldest] = readByText.keys();
  if (readByText.size >= READ_MAX && oldest !== undefined) readByText.delete(oldest);
  readByText.set(yamlText, read);
  return read;
}
