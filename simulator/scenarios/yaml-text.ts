import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** The steps to a value in a scenario file. */
export type FilePath = readonly (string | number)[];

export interface FileProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A YAML text read: its data when the text is sound, what is wrong with it, and where its values stand. */
export interface YamlText {
  readonly data: unknown;
  readonly problems: readonly FileProblem[];
  /** Where a value begins, or its name with `isOfName`; of a missing one, what should hold it. */
  readonly placeOf: (path: FilePath, isOfName: boolean) => { readonly line: number; readonly column: number };
}

/** Far above any scenario. */
export const SCENARIO_CHARACTERS_MAX = 262_144;

export function readYamlText(text: string): YamlText {
  const start = { line: 1, column: 1 };
  if (text.length > SCENARIO_CHARACTERS_MAX) {
    const message = `the file has ${text.length} characters; ${SCENARIO_CHARACTERS_MAX} are the most`;
    return { data: undefined, problems: [{ ...start, message }], placeOf: () => start };
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    ...placeAt(pos[0]),
    message,
  }));
  return {
    data: problems.length === 0 ? (document.toJS({ maxAliasCount: 0 }) as unknown) : undefined,
    problems,
    placeOf: (path, isOfName) => placeAt(offsetOf(document, path, isOfName)),
  };
}

function offsetOf(document: Document, path: FilePath, isOfName: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      const nameAt = startOf(pair.key);
      offset = (isLast && isOfName ? nameAt : (startOf(node) ?? nameAt)) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
