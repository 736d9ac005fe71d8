import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawRow } from '../../../core/protocol/ingest-asks.ts';
import { EMPTY_TAIL, nextTailAsk, ROWS_KEPT, type Tail, takeTail } from './tail-rows.ts';

const row = (position: number): RawRow => ({
  position,
  topic: 'a/b',
  clientId: 'c',
  receivedAtMs: position,
  bytes: 2,
  preview: '{}',
  isTruncated: false,
});
const answer = (positions: readonly number[], unseen: number, newest: number) => ({
  rows: positions.map(row),
  unseen,
  newest,
});
const positionsOf = (tail: Tail) => tail.rows.map(({ position }) => position);
const filled = takeTail(EMPTY_TAIL, answer([7, 5], 40, 6), false);

test('at first the list fills with what is there, and what was before is not called missed', () => {
  expect(nextTailAsk(EMPTY_TAIL, false)).toEqual({ after: -1, limit: 100 });
  expect({ ...filled, rows: positionsOf(filled) }).toEqual({
    rows: [7, 5],
    after: 6,
    missed: 0,
    waiting: 0,
    isFilling: false,
  });
});

test('new packets come on top, and those there is no time to draw are counted', () => {
  expect(nextTailAsk(filled, false)).toEqual({ after: 6, limit: 10 });
  const next = takeTail(filled, answer([30, 29], 4_988, 4_996), false);
  expect({ ...next, rows: positionsOf(next) }).toEqual({
    rows: [30, 29, 7, 5],
    after: 4_996,
    missed: 4_988,
    waiting: 0,
    isFilling: false,
  });
});

test('a list that is held stays as it is, counts what waits, and takes it when it goes on', () => {
  expect(nextTailAsk(filled, true)).toEqual({ after: 6, limit: 1 });
  const held = takeTail(filled, answer([20], 11, 18), true);
  expect({ ...held, rows: positionsOf(held) }).toEqual({
    rows: [7, 5],
    after: 6,
    missed: 0,
    waiting: 12,
    isFilling: false,
  });
  expect(nextTailAsk(held, false)).toEqual({ after: 6, limit: 100 });
  expect(positionsOf(takeTail(held, answer([20, 19], 10, 18), false))).toEqual([20, 19, 7, 5]);
});

test('a list that is held before it was filled is filled all the same', () => {
  expect(positionsOf(takeTail(EMPTY_TAIL, answer([3], 0, 1), true))).toEqual([3]);
});

test('a core that was started anew counts from nought: nothing is drawn twice, nothing is left out', () => {
  const restarted = takeTail(filled, answer([], 0, 1), false);
  expect(nextTailAsk(restarted, false)).toEqual({ after: -1, limit: 100 });
  expect(positionsOf(takeTail(restarted, answer([9, 8, 7], 0, 2), false))).toEqual([9, 8, 7, 5]);
});

test('however much comes, so many rows are kept, newest first and none twice', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200), fc.nat(5_000), fc.boolean()), { maxLength: 60 }), (polls) => {
      let [tail, newest] = [EMPTY_TAIL, -1];
      for (const [count, unseen, isHeld] of polls) {
        newest += count + unseen;
        const positions = Array.from({ length: count }, (_, i) => newest - i);
        tail = takeTail(tail, answer(positions, unseen, newest), isHeld);
      }
      const positions = positionsOf(tail);
      expect(positions.length).toBeLessThanOrEqual(ROWS_KEPT);
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => b - a));
    }),
  );
});
