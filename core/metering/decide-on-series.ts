import { assert, unreachable } from '../base/assert.ts';
import type { DrivingLimits } from './acceptance-scan.ts';
import { acceptedPoints, changeBetween } from './changed-span.ts';
import { type OpenedEpoch, withEpoch } from './epochs.ts';
import { judgeByReceipt } from './judge-by-receipt.ts';
import { judgeByTime } from './judge-by-time.ts';
import { givenRows, type KeptRow, refill, signedRows, trackerRows, unjudgedRow } from './kept-rows.ts';
import { statusOfCode } from './reading-status.ts';
import { type Ruling, withRuling } from './rulings.ts';
import { NO_POSITION, type Series, type SeriesRow, SOURCE_RANK } from './series.ts';
import type { ChangedSpan, StatusTally } from './series-change.ts';

/** What people decide about the readings of one series. Distances are what instruments showed, in micrometres. */
export type SeriesDecision =
  | ({ readonly kind: 'open-epoch' } & OpenedEpoch)
  | Ruling
  /** A reading that people signed: a closing handover, or one entered by hand. */
  | { readonly kind: 'sign'; readonly row: SeriesRow };

/**
 * Takes a decision into its series and judges every reading again: the set of readings and decisions decides, never
 * their order (rule M10). One that is there already changes nothing. Whether it makes sense is asked before.
 */
export function decideOnSeries(
  series: Series,
  decision: SeriesDecision,
  limits: DrivingLimits,
  tally: StatusTally,
): ChangedSpan {
  const before = acceptedPoints(series);
  takeIn(series, decision);
  judgeAll(series, limits, tally);
  return changeBetween(before, acceptedPoints(series));
}

function takeIn(series: Series, decision: SeriesDecision): void {
  switch (decision.kind) {
    case 'open-epoch':
      refill(series, givenRows(series), withEpoch(series.epochs, decision));
      return;
    case 'accept':
    case 'reject':
      series.rulings = withRuling(series.rulings, decision);
      return;
    case 'sign':
      assert(decision.row.position === NO_POSITION, 'what people sign has no packet');
      assert(decision.row.rank !== SOURCE_RANK.replacement, 'an epoch brings its replacement along');
      refill(series, [...givenRows(series), unjudgedRow(decision.row)], series.epochs);
      return;
    default:
      unreachable(decision);
  }
}

/**
 * Takes every row that a tracker sent out of its series; what people signed and decided stays. The rows hold what the
 * instruments showed and fit into another series, with epochs of its own.
 */
export function takeTrackerRows(series: Series, limits: DrivingLimits, tally: StatusTally): KeptRow[] {
  const taken = trackerRows(series);
  for (const { status } of taken) tally(statusOfCode(status), -1);
  refill(series, signedRows(series), series.epochs);
  series.backlog = null;
  judgeAll(series, limits, tally);
  return taken;
}

/** Gives a series rows that were taken out of others, and judges all of them together. */
export function addRows(
  series: Series,
  rows: readonly KeptRow[],
  limits: DrivingLimits,
  tally: StatusTally,
): ChangedSpan {
  const before = acceptedPoints(series);
  const added = rows.map(({ row, backlogPlace }) => ({ ...unjudgedRow(row), backlogPlace }));
  for (const { status } of added) tally(statusOfCode(status), 1);
  const doubled = refill(series, [...givenRows(series), ...added], series.epochs);
  for (const { row, status } of doubled) if (row.position !== NO_POSITION) tally(statusOfCode(status), -1);
  for (const { row } of rows) series.lastHeardAtMs = Math.max(series.lastHeardAtMs, row.receivedAtMs);
  judgeAll(series, limits, tally);
  return changeBetween(before, acceptedPoints(series));
}

/** True for a series that holds nothing, neither readings nor what people decided. */
export function isEmpty({ count, epochs, rulings }: Series): boolean {
  return count === 0 && epochs.length === 0 && rulings.length === 0;
}

function judgeAll(series: Series, limits: DrivingLimits, tally: StatusTally): void {
  if (series.isByReceipt) judgeByReceipt(series, limits, tally);
  else judgeByTime(series, { from: 0, settledAfter: series.count }, limits, tally);
}
