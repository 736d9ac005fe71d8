import { assert } from '../../base/assert.ts';
import type { Aim } from './bench-list.ts';

/** One turn of each, one right after the other, so that whatever else the machine did hit both. */
export interface Round {
  readonly floor: number;
  readonly product: number;
}

export interface Verdict {
  readonly product: number;
  readonly floor: number;
  readonly ratio: number;
  /** Ratios of the single rounds, lowest and highest: how much the figure is worth. */
  readonly ratioRange: readonly [lowest: number, highest: number];
  /** Null where there is no aim yet. */
  readonly isMet: boolean | null;
}

/** Medians of both, their ratio, and whether it is what we aim at. */
export function judgeRounds(rounds: readonly Round[], aim: Aim | null): Verdict {
  const product = median(rounds.map((round) => round.product));
  const floor = median(rounds.map((round) => round.floor));
  const ratio = product / floor;
  const ratios = rounds.map((round) => round.product / round.floor);
  return {
    product,
    floor,
    ratio,
    ratioRange: [Math.min(...ratios), Math.max(...ratios)],
    isMet: aim === null ? null : isMet(aim, product, ratio),
  };
}

function isMet(aim: Aim, product: number, ratio: number): boolean {
  return 'figure' in aim ? isWithin(aim.is, product, aim.figure) : isWithin(aim.is, ratio, aim.timesFloor);
}

function isWithin(is: Aim['is'], value: number, aimed: number): boolean {
  return is === 'at most' ? value <= aimed : value >= aimed;
}

/** The middle value; of an even number the mean of the middle two. */
export function median(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const below = inOrder[Math.ceil(inOrder.length / 2) - 1];
  const above = inOrder[Math.floor(inOrder.length / 2)];
  assert(below !== undefined && above !== undefined, 'a median of nothing');
  return (below + above) / 2;
}

/** Floor and product in turns, so that a neighbour who wakes up in the middle spoils both alike. */
export async function inTurns(
  rounds: number,
  floor: () => Promise<number> | number,
  product: () => Promise<number> | number,
): Promise<readonly Round[]> {
  const done: Round[] = [];
  while (done.length < rounds) done.push({ floor: await floor(), product: await product() });
  return done;
}
