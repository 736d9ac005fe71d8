import { expect, test } from 'vitest';
import { Crashes } from './crashes.ts';

test('a crash nobody planned comes in its order among those that were, and is felt for two seconds', () => {
  const crashes = new Crashes([
    { atMs: 1_000, untilMs: 2_000 },
    { atMs: 90_000, untilMs: null },
  ]);
  crashes.forgetBefore(5_000);
  crashes.add({ atMs: 30_000, untilMs: 40_000 });
  expect(crashes.nextMs()).toBe(30_000);
  expect(crashes.happen(30_000)).toEqual({ atMs: 30_000, untilMs: 40_000 });
  expect([30_000, 31_999, 32_000].map((atMs) => crashes.milliGAt(atMs) > 0)).toEqual([true, true, false]);
  expect(crashes.nextMs()).toBe(90_000);
  crashes.forgetAll();
  expect(crashes.nextMs()).toBe(Infinity);
});
