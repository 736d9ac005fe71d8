import { expect, test } from 'vitest';
import { inTurns, judgeRounds, median } from './verdict.ts';

test('the median is the middle value, or between the middle two', () => {
  expect([median([9, 1, 5]), median([4, 1, 9, 2]), median([7])]).toEqual([5, 3, 7]);
});

test('a cost is met at or below its multiple of the floor, a rate at or above it', () => {
  const rounds = [
    { floor: 2, product: 9 },
    { floor: 3, product: 15 },
    { floor: 2, product: 10 },
  ];
  expect(judgeRounds(rounds, { is: 'at most', timesFloor: 5 })).toEqual({
    product: 10,
    floor: 2,
    ratio: 5,
    ratioRange: [4.5, 5],
    isMet: true,
  });
  expect(judgeRounds(rounds, { is: 'at most', timesFloor: 4.9 }).isMet).toBe(false);
  expect(judgeRounds(rounds, { is: 'at least', timesFloor: 5 }).isMet).toBe(true);
  expect(judgeRounds(rounds, { is: 'at least', timesFloor: 5.1 }).isMet).toBe(false);
});

test('an aim that is a figure is held against the product, whatever the floor', () => {
  const rounds = [{ floor: 1, product: 40 }];
  expect(judgeRounds(rounds, { is: 'at most', figure: 40 }).isMet).toBe(true);
  expect(judgeRounds(rounds, { is: 'at most', figure: 39 }).isMet).toBe(false);
});

test('without an aim nothing is met and nothing missed', () => {
  const rounds = [{ floor: 2, product: 9 }];
  expect(judgeRounds(rounds, null)).toMatchObject({ ratio: 4.5, isMet: null });
});

test('floor and product take turns, the floor first', async () => {
  const order: string[] = [];
  const turn = (name: string, value: number) => (): number => {
    order.push(name);
    return value;
  };
  expect(await inTurns(2, turn('floor', 1), turn('product', 2))).toEqual([
    { floor: 1, product: 2 },
    { floor: 1, product: 2 },
  ]);
  expect(order).toEqual(['floor', 'product', 'floor', 'product']);
});
