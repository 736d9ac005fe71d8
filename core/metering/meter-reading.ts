import { type DrivingLimits, judgeReading, scanFrom } from './acceptance-scan.ts';
import { cumulativeRow } from './epochs.ts';
import {
  BACKLOG_MS,
  isNotAboveValue,
  judgeByReceipt,
  judgeReceived,
  receiptStateAtEnd,
} from './judge-by-receipt.ts';
import { judgeByTime } from './judge-by-time.ts';
import { acceptedPoints, changeBetween } from './changed-span.ts';
import type { ReadingArchive } from './reading-archive.ts';
import { type ReadingStatus, statusCode } from './reading-status.ts';
import { type Ruling, rulingOn } from './rulings.ts';
import {
  acceptedBefore,
  at,
  BACKLOG_PLACE,
  indexAtOrAfter,
  indexInOrder,
  isAccepted,
  isSameRow,
  type Series,
  type SeriesRow,
  SOURCE_RANK,
} from './series.ts';
import { insertRow } from './series-columns.ts';
import type { ChangedSpan, StatusTally } from './series-change.ts';
import { restoreAll, restoreBetween } from './thin-series.ts';

/** Rule M3: how far ahead of ours a tracker's clock may be. */
export const CLOCK_AHEAD_MS_MAX = 5 * 60_000;

/** Whether the reading was there already, and where M(t) changed. */
export interface Metered {
  readonly isKnown: boolean;
  readonly changed: ChangedSpan;
}

/**
 * Takes one reading, as its instrument showed it, into its series and judges it; later readings are judged again when it
 * comes late, so that the set of readings decides and not their order (rule M10). A reading already there is not taken
 * again: `isKnown`. Rows that its coming may touch are restored from the archive.
 */
export function meterReading(
  series: Series,
  given: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
  archive: ReadingArchive | null = null,
): Metered {
  const row = cumulativeRow(series, given);
  return series.isByReceipt
    ? meterByReceipt(series, row, limits, tally, archive)
    : meterByTime(series, row, limits, tally, archive);
}

/**
 * True for a value that says nothing new when its feed gives no time for it: equal to the last accepted one, or up to a
 * mile below (rule M2b). The row holds what was read.
 */
export function isNotAbove(series: Series, given: SeriesRow): boolean {
  const last = acceptedBefore(series, series.count);
  if (last < 0) return false;
  return isNotAboveValue(at(series.micrometres, last), cumulativeRow(series, given).micrometres);
}

/** Rule M2b: only a value above the highest so far is a reading; its instant is that of receipt. */
function meterByReceipt(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
  archive: ReadingArchive | null,
): Metered {
  const backlogPlace = noteReceipt(series, row.atMs);
  const { count } = series;
  if (row.rank === SOURCE_RANK.handover || (count > 0 && row.atMs < at(series.atMs, count - 1))) {
    restoreAll(series, archive);
    return meterOutOfTurn(series, row, backlogPlace, limits, tally);
  }
  const state = receiptStateAtEnd(series);
  const fromMs = state.scan?.acceptedAtMs ?? row.atMs;
  const { atMs, micrometres } = row;
  const ruling = rulingOfRow(series, row);
  const status = judgeReceived(state, { atMs, micrometres, backlogPlace, ruling }, limits);
  if (status === 'repeat') {
    tally('repeat', 1);
    return { isKnown: false, changed: null };
  }
  if (series.backlog !== null) {
    series.backlog.isBegun = true;
    series.backlog.base = state.base;
  }
  return append(series, row, { status, backlogPlace }, tally, fromMs);
}

/** Notes that a receipt-time feed was heard; returns the place of what it said in a backlog. */
function noteReceipt(series: Series, nowMs: number): number {
  const silenceMs = nowMs - series.lastHeardAtMs;
  series.lastHeardAtMs = nowMs;
  if (silenceMs > BACKLOG_MS) series.backlog = { startMs: nowMs, isBegun: false, base: null };
  else if (series.backlog !== null && nowMs - series.backlog.startMs > BACKLOG_MS) series.backlog = null;
  if (series.backlog === null) return BACKLOG_PLACE.none;
  return series.backlog.isBegun ? BACKLOG_PLACE.further : BACKLOG_PLACE.first;
}

/** A reading before one that people signed, or the opening itself: all are judged again. */
function meterOutOfTurn(
  series: Series,
  row: SeriesRow,
  backlogPlace: number,
  limits: DrivingLimits,
  tally: StatusTally,
): Metered {
  const before = acceptedPoints(series);
  insertRow(series, indexInOrder(series, row), row, statusCode('repeat'), backlogPlace);
  tally('repeat', 1);
  if (series.backlog !== null) series.backlog.isBegun = true;
  judgeByReceipt(series, limits, tally);
  return { isKnown: false, changed: changeBetween(before, acceptedPoints(series)) };
}

function append(
  series: Series,
  row: SeriesRow,
  { status, backlogPlace }: { readonly status: ReadingStatus; readonly backlogPlace: number },
  tally: StatusTally,
  fromMs: number,
): Metered {
  insertRow(series, series.count, row, statusCode(status), backlogPlace);
  tally(status, 1);
  return { isKnown: false, changed: status === 'accepted' ? { fromMs, toMs: row.atMs } : null };
}

/** A feed with reading times: the reading takes its place in time, and the scan is run on from there. */
function meterByTime(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
  archive: ReadingArchive | null,
): Metered {
  const next = judgeNext(series, row, limits);
  if (next !== null) {
    const judged = { status: next, backlogPlace: BACKLOG_PLACE.none };
    return append(series, row, judged, tally, at(series.atMs, series.count - 1));
  }
  const isOpening = row.rank === SOURCE_RANK.handover;
  if (isOpening) restoreAll(series, archive);
  else restoreBetween(series, row.atMs, row.atMs, archive);
  const index = indexInOrder(series, row);
  const isKnown = index < series.count && isSameRow(series, index, row);
  if (isKnown && !isEarlierEvidence(series, index, row)) return { isKnown, changed: null };
  if (isKnown) keepEvidence(series, index, row);
  else {
    insertRow(series, index, row, statusCode('superseded'));
    tally('superseded', 1);
  }
  const from = isOpening ? 0 : indexAtOrAfter(series, row.atMs);
  return { isKnown, changed: judgeByTime(series, { from, settledAfter: index }, limits, tally, archive) };
}

/** Of a reading that came twice the record that came first is the evidence, whichever was folded first. */
function isEarlierEvidence(series: Series, index: number, row: SeriesRow): boolean {
  return row.position < at(series.position, index);
}

function keepEvidence(series: Series, index: number, row: SeriesRow): void {
  series.position[index] = row.position;
  series.receivedAtMs[index] = row.receivedAtMs;
}

/**
 * What the scan says of a reading newer than all others that follows an accepted one, which is nearly every reading
 * there is; null for any other, whose coming may change what was said of those after it.
 */
function judgeNext(series: Series, row: SeriesRow, limits: DrivingLimits): ReadingStatus | null {
  const last = series.count - 1;
  if (last < 0 || !isAccepted(series, last) || row.rank === SOURCE_RANK.handover) return null;
  if (row.atMs <= at(series.atMs, last) || rulingOfRow(series, row) !== null) return null;
  return judgeReading(
    scanFrom(at(series.atMs, last), at(series.micrometres, last)),
    row.atMs,
    row.micrometres,
    limits,
  );
}

function rulingOfRow(series: Series, row: SeriesRow): Ruling['kind'] | null {
  return series.rulings.length === 0 ? null : rulingOn(series, row);
}
