import { expect, test } from 'vitest';
import { GuessTurns } from './guess-turns.ts';

/** Checks that end when told to, and the order they began in. */
function heldChecks(turns: GuessTurns) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  return {
    begun,
    take: (address: string, name: string): Promise<string | null> =>
      turns.take(address, () => {
        begun.push(name);
        return new Promise((resolve) => ends.push(() => resolve(name)));
      }),
    /** Ends the check that began first, and lets the next one begin. */
    endOne: async (): Promise<void> => {
      ends.shift()?.();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
}

test('two checks run at once; of those that wait, each address has one before any has its second', async () => {
  const checks = heldChecks(new GuessTurns());
  const answers = [
    ...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => checks.take('a', name)),
    checks.take('b', 'b1'),
    checks.take('b', 'b2'),
    checks.take('c', 'c1'),
  ];
  expect(checks.begun).toEqual(['a1', 'a2']);
  for (let i = 0; i < 8; i += 1) await checks.endOne();
  expect(checks.begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
  expect(await Promise.all(answers)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1']);
});

test('an address may have sixteen waiting and all together 512; one more is told at once', async () => {
  const checks = heldChecks(new GuessTurns());
  const ofOne = Array.from({ length: 19 }, (_, i) => checks.take('a', `a${i}`));
  expect(await ofOne[18]).toBeNull();
  for (let i = 0; i < 496; i += 1) void checks.take(`other ${i}`, 'other');
  expect(await checks.take('late', 'late')).toBeNull();
  await checks.endOne();
  void checks.take('late', 'late');
  for (let i = 0; i < 513; i += 1) await checks.endOne();
  expect(checks.begun.at(-1)).toBe('a17');
  expect(checks.begun).toContain('late');
  expect(checks.begun).toHaveLength(2 + 512 + 1);
});

test('a check that fails gives its place on', async () => {
  const turns = new GuessTurns();
  await expect(turns.take('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await Promise.all([1, 2, 3].map((n) => turns.take('a', () => Promise.resolve(n))))).toEqual([
    1, 2, 3,
  ]);
});
