import { formatCount } from '../../parts/formats.ts';

/** How a reading's own time lies to the time it was received: what a person does about it differs. */
export type SkewGroup = 'ahead' | 'near' | 'seconds' | 'minutes' | 'hours';

/** One class of the histogram, such as "5 s to 30 s late". */
export interface SkewClass {
  readonly words: string;
  readonly group: SkewGroup;
  readonly count: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The network and the clock of a well tracker: nothing to look at. */
const NEAR_MS = 5 * SECOND_MS;
/** Up to here a tracker was waiting for its network; longer, it sends a backlog. */
const SECONDS_UP_TO_MS = 2 * MINUTE_MS;

/** The classes with their words; `boundsMs` are the upper ends of all but the last, received less observed time. */
export function skewClasses(boundsMs: readonly number[], counts: readonly number[]): SkewClass[] {
  return counts.map((count, i) => {
    const [lower, upper] = [boundsMs[i - 1] ?? -Infinity, boundsMs[i] ?? Infinity];
    return { words: classWords(lower, upper), group: groupOf(upper), count };
  });
}

function groupOf(upperMs: number): SkewGroup {
  if (upperMs <= -NEAR_MS) return 'ahead';
  if (upperMs <= NEAR_MS) return 'near';
  if (upperMs <= SECONDS_UP_TO_MS) return 'seconds';
  return upperMs <= HOUR_MS ? 'minutes' : 'hours';
}

function classWords(lowerMs: number, upperMs: number): string {
  if (lowerMs === -Infinity) return `${lengthWords(-upperMs)} ahead or more`;
  if (upperMs === Infinity) return `more than ${lengthWords(lowerMs)} late`;
  if (upperMs <= 0) return `${lengthWords(-upperMs)} to ${lengthWords(-lowerMs)} ahead`;
  if (lowerMs >= 0) return `${lengthWords(lowerMs)} to ${lengthWords(upperMs)} late`;
  return `within ${lengthWords(upperMs)}`;
}

function lengthWords(lengthMs: number): string {
  if (lengthMs >= HOUR_MS) return `${lengthMs / HOUR_MS} h`;
  if (lengthMs >= MINUTE_MS) return `${lengthMs / MINUTE_MS} min`;
  return `${lengthMs / SECOND_MS} s`;
}

export function readingsIn(classes: readonly SkewClass[], ...groups: readonly SkewGroup[]): number {
  return classes.reduce(
    (sum, { group, count }) => (groups.length === 0 || groups.includes(group) ? sum + count : sum),
    0,
  );
}

/** What the histogram shows, in one sentence. */
export function skewSentence(classes: readonly SkewClass[]): string {
  const all = readingsIn(classes);
  if (all === 0) return 'No reading of this feed came with a time of its own.';
  const parts = groupSentences.flatMap(([group, words]) => {
    const count = readingsIn(classes, group);
    return count === 0 ? [] : [`${formatCount(count)} ${words}`];
  });
  return `Of ${formatCount(all)} ${all === 1 ? 'reading' : 'readings'} with a time of their own: ${parts.join(', ')}.`;
}

const groupSentences: readonly (readonly [SkewGroup, string])[] = [
  ['near', 'received within 5 s of it'],
  ['ahead', 'by a clock ahead of ours'],
  ['seconds', 'late by seconds'],
  ['minutes', 'late by minutes'],
  ['hours', 'late by hours or more'],
];

/** The same for a cell of a table: "980 within 5 s · 12 ahead · 8 late". */
export function skewShort(classes: readonly SkewClass[]): string {
  if (readingsIn(classes) === 0) return 'no reading times';
  const parts = [
    [readingsIn(classes, 'near'), 'within 5 s'],
    [readingsIn(classes, 'ahead'), 'ahead'],
    [readingsIn(classes, 'seconds', 'minutes', 'hours'), 'late'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(' · ');
}
