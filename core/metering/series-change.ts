import { type ReadingStatus, statusCode, statusOfCode } from './reading-status.ts';
import { at, NO_POSITION, type Series } from './series.ts';

/**
 * Tells the tally that a reading has a status, or no longer has it. What people signed is no reading that was received
 * and is not tallied.
 */
export type StatusTally = (status: ReadingStatus, change: 1 | -1) => void;

/** From when to when M(t) changed, both inclusive; null when no mile moved. */
export type ChangedSpan = { readonly fromMs: number; readonly toMs: number } | null;

export function setStatus(series: Series, index: number, status: ReadingStatus, tally: StatusTally): void {
  const was = statusOfCode(at(series.status, index));
  if (status === was) return;
  series.status[index] = statusCode(status);
  if (at(series.position, index) === NO_POSITION) return;
  tally(was, -1);
  tally(status, 1);
}
