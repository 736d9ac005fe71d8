import { expect, test } from 'vitest';
import { LapseWatch } from './time-lapse.ts';

const DAY_MS = 86_400_000;

test('days are counted from one, and what is left is told from what the last seconds came to', () => {
  const watch = new LapseWatch(0, 90 * DAY_MS);
  expect(watch.view(false)).toEqual({ day: 1, days: 90, secondsLeft: null, isSkipping: false });
  watch.note(0, 0);
  watch.note(2 * DAY_MS, 1_000);
  expect(watch.view(false)).toEqual({ day: 3, days: 90, secondsLeft: 44, isSkipping: false });
  // Skipping passes ten days a second: the estimate follows once the slow seconds are forgotten.
  watch.note(12 * DAY_MS, 6_000);
  watch.note(22 * DAY_MS, 7_000);
  expect(watch.view(true)).toEqual({ day: 23, days: 90, secondsLeft: 7, isSkipping: true });
  watch.note(90 * DAY_MS, 8_000);
  expect(watch.view(true)).toMatchObject({ day: 90, secondsLeft: 0 });
});
