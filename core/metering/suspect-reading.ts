import { continuesReading, type DrivingLimits } from './acceptance-scan.ts';
import { type ReadingStatus, statusOfCode } from './reading-status.ts';
import { acceptedBefore, at, type Series } from './series.ts';

/** An accepted reading that the readings after it speak against, and the last of these, by their indices. */
export interface SuspectReading {
  readonly index: number;
  readonly lastRollbackIndex: number;
}

const ROLLBACKS_MIN = 3;
/** Rule M2b: a feed without reading times may send a few old values in one go. */
const RECURS_OVER_MS = 10 * 60_000;

/**
 * Rule M5, "accepted reading suspect": the last accepted reading, when a series ends with three rollbacks in a row that
 * continue each other; null otherwise. Looks back no further than it takes, so it may be asked at every rollback.
 */
export function suspectReading(series: Series, limits: DrivingLimits): SuspectReading | null {
  const last = judgedBefore(series, series.count);
  let index = last;
  let rollbacks = 0;
  while (index >= 0 && statusAt(series, index) === 'rollback') {
    rollbacks += 1;
    if (rollbacks >= ROLLBACKS_MIN && recurs(series, index, last)) {
      const accepted = acceptedBefore(series, index);
      return accepted < 0 ? null : { index: accepted, lastRollbackIndex: last };
    }
    const before = judgedBefore(series, index);
    if (before < 0 || !continuesReading(readingAt(series, before), readingAt(series, index), limits)) break;
    index = before;
  }
  return null;
}

function recurs(series: Series, first: number, last: number): boolean {
  return !series.isByReceipt || at(series.atMs, last) - at(series.atMs, first) >= RECURS_OVER_MS;
}

/** These neither continue a row of rollbacks nor end it. */
const PASSED_OVER: ReadonlySet<ReadingStatus> = new Set(['superseded', 'conflict', 'rejected', 'repeat']);

function judgedBefore(series: Series, index: number): number {
  let i = index - 1;
  while (i >= 0 && PASSED_OVER.has(statusAt(series, i))) i -= 1;
  return i;
}

function statusAt(series: Series, index: number): ReadingStatus {
  return statusOfCode(at(series.status, index));
}

function readingAt(series: Series, index: number): { readonly atMs: number; readonly micrometres: number } {
  return { atMs: at(series.atMs, index), micrometres: at(series.micrometres, index) };
}
