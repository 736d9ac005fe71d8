import { expect, test } from 'vitest';
import { coversFilter, haveCommonTopic } from './filter-relations.ts';
import { matchesFilter } from './topic-filter.ts';

/** Every text of one to `depth` levels. */
function sequences(levels: readonly string[], depth: number): string[] {
  if (depth === 1) return [...levels];
  const shorter = sequences(levels, depth - 1);
  const longest = shorter.filter((text) => text.split('/').length === depth - 1);
  return [...shorter, ...longest.flatMap((text) => levels.map((level) => `${text}/${level}`))];
}

// "z" stands for any name that no filter has.
const TOPICS = sequences(['a', 'b', '', 'z'], 4);
const STEMS = sequences(['a', 'b', '', '+'], 2);
// Not "+/#": it matches what "#" does, written otherwise, and nobody means it.
const FILTERS = [...STEMS, '#', ...STEMS.map((stem) => `${stem}/#`)].filter((filter) => filter !== '+/#');
const TOPICS_BY_FILTER = new Map(
  FILTERS.map((filter) => [filter, TOPICS.filter((topic) => matchesFilter(filter, topic))]),
);
const PAIRS = FILTERS.flatMap((filter) => FILTERS.map((other) => [filter, other] as const));

test('a filter covers another just when it matches every topic that one matches', () => {
  const wrong = PAIRS.filter(([allowed, wanted]) => {
    const isCovered = (TOPICS_BY_FILTER.get(wanted) ?? []).every((topic) => matchesFilter(allowed, topic));
    return coversFilter(allowed, wanted) !== isCovered;
  });
  expect(wrong).toEqual([]);
});

test('two filters have a common topic just when there is one', () => {
  const wrong = PAIRS.filter(([filter, other]) => {
    const isThere = (TOPICS_BY_FILTER.get(filter) ?? []).some((topic) => matchesFilter(other, topic));
    return haveCommonTopic(filter, other) !== isThere;
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['milepost/v1/#', 'milepost/v1/vehicles/+/state', true],
  ['milepost/v1/vehicles/+/state', 'milepost/v1/vehicles/V1/state', true],
  ['milepost/v1/vehicles/+/state', 'milepost/v1/vehicles/#', false],
  ['milepost/v1/vehicles/V1/state', 'milepost/v1/vehicles/+/state', false],
  ['milepost/v1/#', 'milepost/#', false],
  ['milepost/v1/#', '#', false],
  ['#', 'milepost/v1/#', true],
])('%s covers %s: %s', (allowed, wanted, isCovered) => {
  expect(coversFilter(allowed, wanted)).toBe(isCovered);
});
