import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowOf } from './row-window.ts';

test('a window of a list always covers what is on screen and never leaves the list', () => {
  fc.assert(
    fc.property(
      fc.nat(5_000),
      fc.nat(300_000),
      fc.integer({ min: 0, max: 2_000 }),
      (count, scrollTop, height) => {
        const { first, end } = windowOf(count, 44, scrollTop, height);
        expect(0 <= first && first <= end && end <= count).toBe(true);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / 44) + 14);
        const lastSeen = Math.min(count, Math.ceil((scrollTop + height) / 44));
        const firstSeen = Math.min(count, Math.floor(scrollTop / 44));
        expect(first <= firstSeen && end >= lastSeen).toBe(true);
      },
    ),
  );
});
