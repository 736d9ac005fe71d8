import { expect, test } from 'vitest';
import { skewClasses, skewSentence, skewShort } from './skew-words.ts';

const boundsMs = [-300, -60, -5, -1, 1, 5, 30, 120, 600, 3_600, 86_400].map((seconds) => seconds * 1_000);
const classesOf = (...counts: number[]) => skewClasses(boundsMs, counts);

test('every class says which readings it holds, and what kind of trouble they are', () => {
  const classes = classesOf(...Array.from({ length: 12 }, (_, i) => i));
  expect(classes.map(({ words, group, count }) => [words, group, count])).toEqual([
    ['5 min ahead or more', 'ahead', 0],
    ['1 min to 5 min ahead', 'ahead', 1],
    ['5 s to 1 min ahead', 'ahead', 2],
    ['1 s to 5 s ahead', 'near', 3],
    ['within 1 s', 'near', 4],
    ['1 s to 5 s late', 'near', 5],
    ['5 s to 30 s late', 'seconds', 6],
    ['30 s to 2 min late', 'seconds', 7],
    ['2 min to 10 min late', 'minutes', 8],
    ['10 min to 1 h late', 'minutes', 9],
    ['1 h to 24 h late', 'hours', 10],
    ['more than 24 h late', 'hours', 11],
  ]);
});

test('a sentence and a few words say what the bars show, and leave out what there is none of', () => {
  const classes = classesOf(1, 0, 1, 10, 1_000, 20, 3, 0, 0, 4, 5, 1);
  expect(skewSentence(classes)).toBe(
    'Of 1,045 readings with a time of their own: 1,030 received within 5 s of it, 2 by a clock ahead of ours, ' +
      '3 late by seconds, 4 late by minutes, 6 late by hours or more.',
  );
  expect(skewShort(classes)).toBe('1,030 within 5 s · 2 ahead · 13 late');
  expect(skewShort(classesOf(0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0))).toBe('7 within 5 s');
});

test('a feed without reading times says so', () => {
  const none = classesOf(...Array.from({ length: 12 }, () => 0));
  expect([skewSentence(none), skewShort(none)]).toEqual([
    'No reading of this feed came with a time of its own.',
    'no reading times',
  ]);
});
