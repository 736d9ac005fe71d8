import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementOf, findAgreedMax, findMax, type FindMaxOptions, type TrialOutcome } from './find-max.ts';

/** A target that keeps its threshold up to a knee, and what was tried on it. */
function targetWith(
  knee: number,
  beyond: TrialOutcome = 'broken',
): Pick<FindMaxOptions, 'trial'> & { readonly tried: string[] } {
  const tried: string[] = [];
  return {
    tried,
    trial: async (perSecond, kind) => {
      tried.push(`${kind} ${Math.round(perSecond)}`);
      return perSecond <= knee ? 'kept' : beyond;
    },
  };
}

test('it doubles until it breaks twice, bisects to 5 %, and holds the answer', async () => {
  const { tried, trial } = targetWith(700);
  const answer = await findMax({ startPerSecond: 100, ceilingPerSecond: 100_000, trial });
  expect(tried).toEqual([
    'search 100',
    'search 200',
    'search 400',
    'search 800',
    'search 800',
    'search 566',
    'search 673',
    'search 734',
    'search 734',
    'search 703',
    'search 703',
    'hold 673',
  ]);
  expect(answer).toEqual({ perSecond: expect.closeTo(672.7, 1), limit: 'target' });
});

test('wherever the knee is, the answer is kept and no more than 5 % below it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 2, max: 90_000, noNaN: true }),
      fc.integer({ min: 1, max: 5_000 }),
      async (knee, startPerSecond) => {
        const { trial } = targetWith(knee);
        const { perSecond } = await findMax({ startPerSecond, ceilingPerSecond: 100_000, trial });
        expect(perSecond).toBeLessThanOrEqual(knee);
        expect(perSecond * 1.05).toBeGreaterThanOrEqual(knee * 0.999_999);
      },
    ),
  );
});

test('three noisy searches agree within 15 %', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 50, max: 50_000 }),
      fc.infiniteStream(fc.double({ min: 0.97, max: 1.03, noNaN: true })),
      async (knee, noise) => {
        const trial: FindMaxOptions['trial'] = async (perSecond) =>
          perSecond <= knee * Number(noise.next().value) ? 'kept' : 'broken';
        const { agreed } = await findAgreedMax({ startPerSecond: 100, ceilingPerSecond: 1e6, trial });
        expect(agreed?.limit).toBe('target');
        expect(Math.abs((agreed?.perSecond ?? 0) / knee - 1)).toBeLessThan(0.15);
      },
    ),
    { numRuns: 30 },
  );
});

test('what cannot be held is lowered until it can; a generator that gives out is named', async () => {
  const held: number[] = [];
  const trial: FindMaxOptions['trial'] = async (perSecond, kind) => {
    if (kind === 'hold') held.push(perSecond);
    return perSecond <= (kind === 'hold' ? 600 : 700) ? 'kept' : 'broken';
  };
  const { perSecond } = await findMax({ startPerSecond: 100, ceilingPerSecond: 1e6, trial });
  expect(held.length).toBeGreaterThan(1);
  expect(perSecond).toBe(held.at(-1));
  expect(perSecond).toBeLessThanOrEqual(600);
  const weak = targetWith(700, 'generator');
  expect(await findMax({ ...weak, startPerSecond: 100, ceilingPerSecond: 1e6 })).toMatchObject({
    limit: 'generator',
  });
  const strong = targetWith(1e9);
  expect(await findMax({ ...strong, startPerSecond: 300, ceilingPerSecond: 1_000 })).toEqual({
    perSecond: 1_000,
    limit: 'ceiling',
  });
  const dead = targetWith(0);
  expect(await findMax({ ...dead, startPerSecond: 100, ceilingPerSecond: 1_000 })).toEqual({
    perSecond: 0,
    limit: 'target',
  });
});

test('what others spoilt says nothing of the rate: tried again, and in the end given up rather than answered', async () => {
  let trials = 0;
  const seldomQuiet = targetWith(700);
  const trial: FindMaxOptions['trial'] = async (perSecond, kind) => {
    trials += 1;
    return trials % 3 === 0 ? seldomQuiet.trial(perSecond, kind) : 'disturbed';
  };
  const answer = await findMax({ startPerSecond: 100, ceilingPerSecond: 100_000, trial });
  expect(answer).toEqual({ perSecond: expect.closeTo(672.7, 1), limit: 'target' });
  const busy = targetWith(300, 'disturbed');
  const givenUp = await findAgreedMax({ ...busy, startPerSecond: 100, ceilingPerSecond: 100_000 });
  expect(busy.tried).toEqual(['search 100', 'search 200', ...Array.from({ length: 4 }, () => 'search 400')]);
  expect(givenUp).toEqual({ answers: [{ perSecond: 200, limit: 'disturbed' }], agreed: null });
});

test('answers that do not agree are no answer, after six searches', async () => {
  let search = 0;
  const trial: FindMaxOptions['trial'] = async (perSecond, kind) => {
    const isKept = perSecond <= (search % 2 === 0 ? 100 : 1_000);
    if (kind === 'hold' && isKept) search += 1;
    return isKept ? 'kept' : 'broken';
  };
  const { answers, agreed } = await findAgreedMax({ startPerSecond: 50, ceilingPerSecond: 1e6, trial });
  expect(agreed).toBeNull();
  expect(answers).toHaveLength(6);
  const at = (perSecond: number) => ({ perSecond, limit: 'target' as const });
  expect(agreementOf([at(10), at(100), at(108), at(114)])).toEqual(at(108));
  expect(agreementOf([at(100), at(108), at(116)])).toBeNull();
  expect(agreementOf([at(100), at(100)])).toBeNull();
});
