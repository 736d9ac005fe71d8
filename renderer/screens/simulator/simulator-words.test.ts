import { expect, test } from 'vitest';
import { happeningState } from './simulator-words.ts';

const happening = { id: 1, words: 'x', vehicles: 1, fromMs: 1_000_000, toMs: 1_300_000 };

test('what was brought about is on, with the time that is left, or over', () => {
  expect(happeningState(happening, 1_060_000)).toBe('on, 4 m 00 s left');
  expect(happeningState(happening, 1_300_000)).toBe('over');
  expect(happeningState({ ...happening, toMs: null }, 1_060_000)).toBe(
    'on for 1 m 00 s, until the normal day',
  );
});
