import { fail, ok, type Result } from '../base/result.ts';

/** Where a feed's packets come in: `acme/{account}/{device}/up`, with `+` for any level and a last `#` for the rest. */
export interface TopicPattern {
  readonly text: string;
  /** The fixed beginning: most topics of other feeds are turned down by comparing it. */
  readonly prefix: string;
  /** The levels before a `#`; null where any text may stand. */
  readonly levels: readonly (string | null)[];
  readonly hasTail: boolean;
  /** The levels that name the device and the scope of its name; -1 for a pattern without. */
  readonly deviceLevel: number;
  readonly scopeLevel: number;
}

/** What a topic says: null for a name its pattern does not hold. */
export interface TopicNames {
  readonly device: string | null;
  readonly scope: string | null;
}

const NAMED_LEVEL = /^\{(device|account|scope)\}$/;

/** Reads a pattern; the error is a sentence that says what to write instead. */
export function readTopicPattern(text: string): Result<TopicPattern, string> {
  const problem = problemOf(text.split('/'));
  if (problem !== null) return fail(problem);
  const all = text.split('/');
  const hasTail = all.at(-1) === '#';
  const written = hasTail ? all.slice(0, -1) : all;
  const levels = written.map((level) => (isFixed(level) ? level : null));
  return ok({
    text,
    prefix: prefixOf(all),
    levels,
    hasTail,
    deviceLevel: written.indexOf('{device}'),
    scopeLevel: written.findIndex((level) => level === '{account}' || level === '{scope}'),
  });
}

function problemOf(levels: readonly string[]): string | null {
  const [first = ''] = levels;
  if (first.startsWith('$')) return 'topics that start with "$" are not for trackers';
  if (!levels.some(isFixed))
    return 'name at least one level in plain text, or the topics of every feed would match';
  const wrong = levels.find((level) => isFixed(level) && /[{}+#\s]/.test(level));
  if (wrong !== undefined) {
    return `"${wrong}" is no level: write plain text, {device}, {account}, {scope}, + or a last #`;
  }
  if (levels.slice(0, -1).includes('#')) return '"#" can only be the last level';
  if (countOf(levels, /^\{device\}$/) > 1) return '{device} can stand only once';
  if (countOf(levels, /^\{(account|scope)\}$/) > 1)
    return '{account} and {scope} mean the same: one of them, once';
  return null;
}

function countOf(levels: readonly string[], pattern: RegExp): number {
  return levels.filter((level) => pattern.test(level)).length;
}

function isFixed(level: string): boolean {
  return level !== '+' && level !== '#' && !NAMED_LEVEL.test(level);
}

function prefixOf(levels: readonly string[]): string {
  const firstOpen = levels.findIndex((level) => !isFixed(level));
  if (firstOpen < 0) return levels.join('/');
  // `a/#` also takes the topic `a` itself, so the last "/" is no part of the prefix then.
  const fixed = levels.slice(0, firstOpen).join('/');
  return firstOpen === 0 || levels[firstOpen] === '#' ? fixed : `${fixed}/`;
}

/** The names a topic of the pattern holds, walked level by level; null for a topic that is none of the pattern. */
export function namesIn(pattern: TopicPattern, topic: string): TopicNames | null {
  // MQTT keeps topics that start with "$" away from wildcards.
  if (!topic.startsWith(pattern.prefix) || topic.startsWith('$')) return null;
  let device: string | null = null;
  let scope: string | null = null;
  let start = 0;
  for (let i = 0; i < pattern.levels.length; i += 1) {
    if (start > topic.length) return null;
    const slash = topic.indexOf('/', start);
    const end = slash < 0 ? topic.length : slash;
    const level = pattern.levels[i] ?? null;
    if (level !== null && !isLevelAt(topic, start, end, level)) return null;
    if (i === pattern.deviceLevel) device = topic.slice(start, end);
    if (i === pattern.scopeLevel) scope = topic.slice(start, end);
    start = end + 1;
  }
  return pattern.hasTail || start === topic.length + 1 ? { device, scope } : null;
}

function isLevelAt(topic: string, start: number, end: number, level: string): boolean {
  return end - start === level.length && topic.startsWith(level, start);
}
