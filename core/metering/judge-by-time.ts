import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { type DrivingLimits, judgeReading, type ScanState, scanFrom } from './acceptance-scan.ts';
import { type ReadingStatus, statusOfCode } from './reading-status.ts';
import type { ReadingArchive } from './reading-archive.ts';
import { rulingAt } from './rulings.ts';
import { acceptedBefore, acceptedFrom, at, endOfInstant, type Series, SOURCE_RANK } from './series.ts';
import { type ChangedSpan, setStatus, type StatusTally } from './series-change.ts';
import { restoreAfter } from './thin-series.ts';

/**
 * Judges the readings of a feed with reading times from the last accepted one before index `from`, the first of its
 * instant, onwards; until a reading after `settledAfter` is accepted as it was before, from where on nothing can have
 * changed. What was thinned on the way is restored.
 */
export function judgeByTime(
  series: Series,
  { from, settledAfter }: { readonly from: number; readonly settledAfter: number },
  limits: DrivingLimits,
  tally: StatusTally,
  archive: ReadingArchive | null = null,
): ChangedSpan {
  const opening = openingIndex(series);
  const before = acceptedBefore(series, from);
  let state: ScanState | null =
    before < 0 ? null : scanFrom(at(series.atMs, before), at(series.micrometres, before));
  const fromMs = series.count === 0 ? 0 : at(series.atMs, Math.max(before, 0));
  let changed: ChangedSpan = null;
  let end = before < 0 ? 0 : endOfInstant(series, before);
  let counted = -1;
  for (let i = end; i < series.count; i += 1) {
    if (i === end) {
      if (i > 0) restoreAfter(series, at(series.atMs, i - 1), archive);
      end = endOfInstant(series, i);
      counted = countedOf(series, Math.max(i, opening), end, state, opening);
    }
    const was = statusOfCode(at(series.status, i));
    const judged = judgeAt(series, i, { opening, counted, state }, limits);
    state = judged.state;
    if (judged.status !== was) {
      setStatus(series, i, judged.status, tally);
      if (judged.status === 'accepted' || was === 'accepted')
        changed = { fromMs, toMs: nextAcceptedMs(series, i) };
    } else if (i > settledAfter && was === 'accepted') break;
  }
  return changed;
}

/**
 * Rule M4: the one reading of an instant that counts, -1 for none: the one that people accepted, unless the meter would
 * fall by it; otherwise the first that they did not reject.
 */
function countedOf(
  series: Series,
  start: number,
  end: number,
  state: ScanState | null,
  opening: number,
): number {
  let first = -1;
  for (let i = start; i < end; i += 1) {
    const ruling = rulingAt(series, i);
    if (ruling === 'reject') continue;
    if (first < 0) first = i;
    if (i === opening && isHandover(series, i)) return i;
    if (ruling === 'accept' && isHonoured(series, i, state)) return i;
  }
  return first;
}

function isHonoured(series: Series, index: number, state: ScanState | null): boolean {
  return state === null || at(series.micrometres, index) >= state.acceptedMicrometres;
}

function judgeAt(
  series: Series,
  i: number,
  place: { readonly opening: number; readonly counted: number; readonly state: ScanState | null },
  limits: DrivingLimits,
): { status: ReadingStatus; state: ScanState | null } {
  const { opening, counted, state } = place;
  const atMs = at(series.atMs, i);
  const micrometres = at(series.micrometres, i);
  const ruling = rulingAt(series, i);
  if (ruling === 'reject') return { status: 'rejected', state };
  if (i < opening) return { status: 'superseded', state: null };
  if (i !== counted) {
    const isClose = Math.abs(at(series.micrometres, counted) - micrometres) <= MICROMETRES_PER_MILE;
    return { status: isClose ? 'superseded' : 'conflict', state };
  }
  const isDecided = ruling === 'accept' && isHonoured(series, i, state);
  if (state === null || isDecided) return { status: 'accepted', state: scanFrom(atMs, micrometres) };
  return { status: judgeReading(state, atMs, micrometres, limits), state };
}

/** The scan begins at the first handover reading; without one, at the first reading. */
export function openingIndex(series: Series): number {
  for (let i = 0; i < series.count; i += 1)
    if (isHandover(series, i) && rulingAt(series, i) !== 'reject') return i;
  return 0;
}

function isHandover(series: Series, index: number): boolean {
  return series.rank[index] === SOURCE_RANK.handover;
}

function nextAcceptedMs(series: Series, index: number): number {
  const next = acceptedFrom(series, index + 1);
  return at(series.atMs, next < 0 ? index : next);
}
