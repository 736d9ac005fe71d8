import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';

/** The steps to a value in a mapping file. */
export type FilePath = readonly (string | number)[];

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML text read: its data when the text is sound, what is wrong with it, and where its values stand. */
export interface YamlText {
  readonly data: unknown;
  readonly problems: readonly (Place & { readonly message: string })[];
  /** Where a value begins, or its name with `isOfName`; of a missing one, what should hold it. */
  readonly placeOf: (path: FilePath, isOfName: boolean) => Place;
}

/** Far above any mapping file, and read in a few milliseconds. */
export const YAML_CHARACTERS_MAX = 65_536;
/** A mapping file is six levels deep. */
const LEVELS_MAX = 32;

/** Reads YAML 1.2 without anchors, aliases and tags. Never throws; data is undefined when there is a problem. */
export function readYaml(text: string): YamlText {
  const start = { line: 1, column: 1 };
  const tooMuch = text.length > YAML_CHARACTERS_MAX || isTooDeep(text);
  if (tooMuch) {
    const message =
      text.length > YAML_CHARACTERS_MAX
        ? `the file has ${text.length} characters; ${YAML_CHARACTERS_MAX} are the most`
        : `the file is nested deeper than ${LEVELS_MAX} levels`;
    return { data: undefined, problems: [{ ...start, message }], placeOf: () => start };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      ...placeAt(pos[0]),
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here' : message,
    })),
    ...sharedParts(document).map(({ offset, message }) => ({ ...placeAt(offset), message })),
  ];
  return {
    data: problems.length === 0 ? (document.toJS() as unknown) : undefined,
    problems,
    placeOf: (path, isOfName) => placeAt(offsetOf(document, path, isOfName)),
  };
}

/**
 * The library reads by recursion, and text nested some thousand times would take the whole process down with it, so
 * depth is bounded before it sees the text: by brackets, by indentation, and by the marks that can follow each other
 * in one line (`- - -`, `a: a: a:`). Brackets and marks inside of texts are counted too; nobody has that many.
 */
function isTooDeep(text: string): boolean {
  let brackets = 0;
  let indent = 0;
  let marks = 0;
  let isAtStart = true;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (character === '\n' || character === '\r') {
      indent = 0;
      marks = 0;
      isAtStart = true;
      continue;
    }
    isAtStart &&= character === ' ' || character === '\t';
    if (isAtStart) indent += 1;
    else if (character === '[' || character === '{') brackets += 1;
    else if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1);
    else if (character === '-' || character === '?' || character === ':' || character === '!') marks += 1;
    if (brackets > LEVELS_MAX || indent > INDENT_MAX || marks > MARKS_MAX) return true;
  }
  return false;
}

const INDENT_MAX = 128;
/** `{ 1: crash, 2: tow, … }` in one line has one for each value; 64 values are the most of any setting. */
const MARKS_MAX = 256;

/** What would let a short text stand for a huge one, or mean something only its author's program knows; names that are no text. */
function sharedParts(document: Document): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key)) found.push({ offset: startOf(key) ?? 0, message: 'a name has to be text' });
    },
    Node(_, node) {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) found.push({ offset, message: 'aliases (*name) cannot be used: write it out' });
      else if (node.anchor !== undefined)
        found.push({ offset, message: 'anchors (&name) cannot be used: write it out' });
      else if (node.tag !== undefined && !CORE_TAGS.has(node.tag))
        found.push({ offset, message: `the tag ${node.tag} cannot be used` });
    },
  });
  return found;
}

const CORE_TAGS: ReadonlySet<string> = new Set(
  ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
);

function offsetOf(document: Document, path: FilePath, isOfName: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  path.forEach((step, index) => {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) {
        node = undefined;
        return;
      }
      node = pair.value;
      const nameAt = startOf(pair.key);
      offset = (isLast && isOfName ? nameAt : (startOf(node) ?? nameAt)) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    }
  });
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
