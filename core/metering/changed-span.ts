import { assertWhole, at, isAccepted, type Series } from './series.ts';
import type { ChangedSpan } from './series-change.ts';

/** The points between which M(t) is linear (rule M7), micrometres. */
interface AcceptedPoints {
  readonly atMs: readonly number[];
  readonly micrometres: readonly number[];
}

export function acceptedPoints(series: Series): AcceptedPoints {
  const atMs: number[] = [];
  const micrometres: number[] = [];
  assertWhole(series);
  for (let i = 0; i < series.count; i += 1) {
    if (!isAccepted(series, i)) continue;
    atMs.push(at(series.atMs, i));
    micrometres.push(at(series.micrometres, i));
  }
  return { atMs, micrometres };
}

/** Where two curves differ: from the last point they share at their beginnings to the first they share at their ends. */
export function changeBetween(before: AcceptedPoints, after: AcceptedPoints): ChangedSpan {
  const counts = [before.atMs.length, after.atMs.length] as const;
  const shorter = Math.min(...counts);
  let head = 0;
  while (head < shorter && isSamePoint(before, head, after, head)) head += 1;
  if (head === counts[0] && head === counts[1]) return null;
  let tail = 0;
  while (tail < shorter - head && isSamePoint(before, counts[0] - 1 - tail, after, counts[1] - 1 - tail))
    tail += 1;
  const instants = (index: (count: number) => number): number[] =>
    [before.atMs[index(counts[0])], after.atMs[index(counts[1])]].filter((ms) => ms !== undefined);
  return {
    fromMs: Math.min(...instants(() => Math.max(head - 1, 0))),
    toMs: Math.max(...instants((count) => count - Math.max(tail, 1))),
  };
}

function isSamePoint(a: AcceptedPoints, i: number, b: AcceptedPoints, j: number): boolean {
  return a.atMs[i] === b.atMs[j] && a.micrometres[i] === b.micrometres[j];
}
