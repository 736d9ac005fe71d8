import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrinkSteps } from './shrink-steps.ts';

const ENOUGH = 10_000;

test('of steps that fail together, just those are left that it takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 61, max: 90 }),
      async (needed, count) => {
        const steps = Array.from({ length: count }, (_, i) => i);
        const fails = async (left: readonly number[]): Promise<boolean> =>
          needed.every((step) => left.includes(step));
        expect(await shrinkSteps(steps, fails, ENOUGH)).toEqual(needed.toSorted((a, b) => a - b));
      },
    ),
  );
});

test('what fails with nothing at all is left with nothing', async () => {
  expect(await shrinkSteps([1, 2, 3], async () => true, ENOUGH)).toEqual([]);
});

test('after its tries it stops with what it has, which fails', async () => {
  let tries = 0;
  const fails = async (left: readonly number[]): Promise<boolean> => {
    tries += 1;
    return left.includes(7);
  };
  const steps = Array.from({ length: 64 }, (_, i) => i);
  const shrunk = await shrinkSteps(steps, fails, 3);
  expect(tries).toBe(3);
  expect(shrunk).toContain(7);
  expect(shrunk.length).toBeLessThan(64);
});
