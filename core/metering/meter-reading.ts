import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { type DrivingLimits, judgeReading, type ScanState, scanFrom } from './acceptance-scan.ts';
import { type ReadingStatus, statusCode, statusOfCode } from './reading-status.ts';
import {
  acceptedBefore,
  at,
  indexAtOrAfter,
  insertRow,
  isAccepted,
  isNotAbove,
  type Series,
  type SeriesRow,
  SOURCE_RANK,
} from './series.ts';

/** Tells the tally that a reading has a status, or no longer has it. */
export type StatusTally = (status: ReadingStatus, change: 1 | -1) => void;

/** From when to when M(t) changed, both inclusive; null when no mile moved. */
export type ChangedSpan = { readonly fromMs: number; readonly toMs: number } | null;

/** Rule M3: how far ahead of ours a tracker's clock may be. */
export const CLOCK_AHEAD_MS_MAX = 5 * 60_000;
/** Rule M2b: values arriving this soon after a silence are one backlog. */
const BACKLOG_MS = 60_000;

/**
 * Takes one reading into its series and judges it; later readings are judged again when it comes late, so that the set
 * of readings decides and not their order (rule M10). A reading already there is not taken again: `isKnown`.
 */
export function meterReading(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
): { readonly isKnown: boolean; readonly changed: ChangedSpan } {
  return series.isByReceipt
    ? meterByReceipt(series, row, limits, tally)
    : meterByTime(series, row, limits, tally);
}

/** Rule M2b: only a value above the highest so far is a reading; its instant is that of receipt. */
function meterByReceipt(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
): { isKnown: boolean; changed: ChangedSpan } {
  const silenceMs = row.atMs - series.lastHeardAtMs;
  series.lastHeardAtMs = row.atMs;
  const last = acceptedBefore(series, series.count);
  if (last < 0) return append(series, row, 'accepted', tally, row.atMs);
  openOrCloseBacklog(series, row.atMs, silenceMs, last);
  const lastMicrometres = at(series.micrometres, last);
  const state = stateAtEnd(series, last);
  if (state.run === null && isNotAbove(series, row.micrometres)) {
    tally('repeat', 1);
    return { isKnown: false, changed: null };
  }
  if (series.backlog !== null && row.micrometres > lastMicrometres) {
    state.acceptedAtMs = series.backlog.baseMs;
    state.acceptedMicrometres = series.backlog.baseMicrometres;
  }
  const status = judgeReading(state, row.atMs, row.micrometres, limits);
  if (status === 'jitter' || (status === 'accepted' && row.micrometres <= lastMicrometres)) {
    tally('repeat', 1);
    return { isKnown: false, changed: null };
  }
  return append(series, row, status, tally, at(series.atMs, last));
}

function openOrCloseBacklog(series: Series, nowMs: number, silenceMs: number, last: number): void {
  if (silenceMs > BACKLOG_MS) {
    series.backlog = {
      startMs: nowMs,
      baseMs: at(series.atMs, last),
      baseMicrometres: at(series.micrometres, last),
    };
  } else if (series.backlog !== null && nowMs - series.backlog.startMs > BACKLOG_MS) {
    series.backlog = null;
  }
}

function append(
  series: Series,
  row: SeriesRow,
  status: ReadingStatus,
  tally: StatusTally,
  fromMs: number,
): { isKnown: boolean; changed: ChangedSpan } {
  insertRow(series, series.count, row, statusCode(status));
  tally(status, 1);
  return { isKnown: false, changed: status === 'accepted' ? { fromMs, toMs: row.atMs } : null };
}

/** A feed with reading times: the reading takes its place in time, and the scan is run on from there. */
function meterByTime(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  tally: StatusTally,
): { isKnown: boolean; changed: ChangedSpan } {
  const next = judgeNext(series, row, limits);
  if (next !== null) return append(series, row, next, tally, at(series.atMs, series.count - 1));
  const index = placeOf(series, row);
  if (isSameReading(series, index, row)) return { isKnown: true, changed: null };
  insertRow(series, index, row, statusCode('superseded'));
  tally('superseded', 1);
  const isOpening = row.rank === SOURCE_RANK.handover;
  return { isKnown: false, changed: rescan(series, index, isOpening ? 0 : index, limits, tally) };
}

/**
 * What the scan says of a reading newer than all others that follows an accepted one, which is nearly every reading
 * there is; null for any other, whose coming may change what was said of those after it.
 */
function judgeNext(series: Series, row: SeriesRow, limits: DrivingLimits): ReadingStatus | null {
  const last = series.count - 1;
  if (last < 0 || !isAccepted(series, last) || row.rank === SOURCE_RANK.handover) return null;
  if (row.atMs <= at(series.atMs, last)) return null;
  return judgeReading(
    scanFrom(at(series.atMs, last), at(series.micrometres, last)),
    row.atMs,
    row.micrometres,
    limits,
  );
}

/** Rule M4: by instant, then source rank, then distance. */
function placeOf(series: Series, row: SeriesRow): number {
  let index = indexAtOrAfter(series, row.atMs);
  while (index < series.count && at(series.atMs, index) === row.atMs) {
    const rank = at(series.rank, index);
    if (rank > row.rank || (rank === row.rank && at(series.micrometres, index) >= row.micrometres)) break;
    index += 1;
  }
  return index;
}

function isSameReading(series: Series, index: number, row: SeriesRow): boolean {
  return (
    index < series.count &&
    at(series.atMs, index) === row.atMs &&
    at(series.micrometres, index) === row.micrometres &&
    at(series.rank, index) === row.rank
  );
}

/**
 * Judges from the last accepted reading before `from` onwards, until a reading after `index` is accepted as it was
 * before: from there on nothing can have changed. An opening reading re-judges the whole series.
 */
function rescan(
  series: Series,
  index: number,
  from: number,
  limits: DrivingLimits,
  tally: StatusTally,
): ChangedSpan {
  const opening = openingIndex(series);
  const before = acceptedBefore(series, from);
  let state: ScanState | null =
    before < 0 ? null : scanFrom(at(series.atMs, before), at(series.micrometres, before));
  let changed: ChangedSpan = null;
  const fromMs = at(series.atMs, Math.max(before, 0));
  for (let i = before + 1; i < series.count; i += 1) {
    const was = statusOfCode(at(series.status, i));
    const judged: { status: ReadingStatus; state: ScanState | null } = judgeAt(
      series,
      i,
      state,
      opening,
      limits,
    );
    state = judged.state;
    if (judged.status !== was) {
      series.status[i] = statusCode(judged.status);
      tally(was, -1);
      tally(judged.status, 1);
      if (judged.status === 'accepted' || was === 'accepted')
        changed = { fromMs, toMs: nextAcceptedMs(series, i) };
    } else if (i > index && was === 'accepted') break;
  }
  return changed;
}

function judgeAt(
  series: Series,
  i: number,
  state: ScanState | null,
  opening: number,
  limits: DrivingLimits,
): { status: ReadingStatus; state: ScanState | null } {
  const atMs = at(series.atMs, i);
  const micrometres = at(series.micrometres, i);
  if (i < opening) return { status: 'superseded', state: null };
  if (state === null) return { status: 'accepted', state: scanFrom(atMs, micrometres) };
  if (i > 0 && at(series.atMs, i - 1) === atMs && i - 1 >= opening) {
    const first = at(series.micrometres, indexAtOrAfter(series, atMs));
    const isClose = Math.abs(first - micrometres) <= MICROMETRES_PER_MILE;
    return { status: isClose ? 'superseded' : 'conflict', state };
  }
  return { status: judgeReading(state, atMs, micrometres, limits), state };
}

/** The scan begins at the latest handover reading; without one, at the first reading. */
function openingIndex(series: Series): number {
  for (let i = 0; i < series.count; i += 1) if (at(series.rank, i) === SOURCE_RANK.handover) return i;
  return 0;
}

/** The scan's state at the end of a series: its last accepted reading, and the run of faults that followed it. */
function stateAtEnd(series: Series, accepted: number): ScanState {
  const state = scanFrom(at(series.atMs, accepted), at(series.micrometres, accepted));
  const last = series.count - 1;
  for (let i = accepted + 1; i <= last; i += 1) {
    if (series.status[i] !== JUMP) continue;
    state.run = { atMs: at(series.atMs, last), micrometres: at(series.micrometres, last) };
    break;
  }
  return state;
}

const JUMP = statusCode('jump');

function nextAcceptedMs(series: Series, index: number): number {
  for (let i = index + 1; i < series.count; i += 1) if (isAccepted(series, i)) return at(series.atMs, i);
  return at(series.atMs, index);
}
