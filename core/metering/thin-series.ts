import { must } from '../base/assert.ts';
import { packRows, type Rows, unpackRows } from './packed-rows.ts';
import type { ReadingArchive } from './reading-archive.ts';
import { isQuarantined, statusOfCode } from './reading-status.ts';
import {
  acceptedBefore,
  acceptedFrom,
  at,
  copyOfSeries,
  endOfInstant,
  indexAtOrAfter,
  newSeries,
  odometerAt,
  type Series,
} from './series.ts';
import { makeRoom, dropRows, resize } from './series-columns.ts';
import {
  sliceOfStretches,
  spliceStretches,
  stretchAfter,
  stretchFrom,
  type ThinnedStretches,
} from './thinned-stretches.ts';

/**
 * Thinning is a cache: the rows of a stretch of time go to an archive, but for those that M(t) at its bounds is read
 * from. Whatever looks into the stretch, or judges its readings again, first has them restored, or looks through the
 * archive. So a series and its thinned self answer alike.
 */

/** From one instant until before another. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** Fewer are not worth their place in an archive. */
const ROWS_MIN = 2;
const CAPACITY_SPARE = 8;

/**
 * Thins a series from an instant until before another, span by span: `spanAt` names the span around an instant. Spans
 * without a row are passed over. Stretches within a span become one.
 */
export function thinSpans(
  series: Series,
  fromMs: number,
  untilMs: number,
  spanAt: (ms: number) => TimeSpan,
  archive: ReadingArchive,
): void {
  let index = indexAtOrAfter(series, fromMs);
  while (index < series.count && at(series.atMs, index) < untilMs) {
    const { startMs, endMs } = spanAt(at(series.atMs, index));
    thinSpan(series, { startMs, endMs: Math.min(endMs, untilMs) }, archive);
    index = indexAtOrAfter(series, endMs);
  }
}

function thinSpan(series: Series, { startMs, endMs }: TimeSpan, archive: ReadingArchive): void {
  const first = acceptedFrom(series, indexAtOrAfter(series, startMs));
  const last = acceptedBefore(series, indexAtOrAfter(series, endMs));
  if (first < 0 || last <= first) return;
  const [afterMs, beforeMs] = [at(series.atMs, first), at(series.atMs, last)];
  const from = endOfInstant(series, first);
  const to = indexAtOrAfter(series, beforeMs);
  if (to - from < ROWS_MIN) return;
  const stretches = [stretchFrom(series.thinned, afterMs), stretchFrom(series.thinned, beforeMs)] as const;
  const rows = sliceOfRows(series, from, to, sliceOfStretches(series.thinned, ...stretches));
  const stretch: ThinnedStretches = {
    afterMs: Float64Array.of(afterMs),
    reference: Float64Array.of(archive.put(packRows(rows))),
    hasQuarantined: Uint8Array.of(holdsQuarantined(rows) ? 1 : 0),
  };
  dropRows(series, from, to);
  series.thinnedCount += to - from;
  series.thinned = spliceStretches(series.thinned, ...stretches, stretch);
  // Tomorrow about as many rows come as leave today.
  const capacity = Math.ceil((series.count + to - from) * 1.1) + CAPACITY_SPARE;
  if (series.atMs.length > capacity * 1.3) resize(series, capacity);
}

function sliceOfRows(series: Series, from: number, to: number, thinned: ThinnedStretches): Rows {
  return {
    atMs: series.atMs.slice(from, to),
    micrometres: series.micrometres.slice(from, to),
    position: series.position.slice(from, to),
    receivedAtMs: series.receivedAtMs.slice(from, to),
    status: series.status.slice(from, to),
    rank: series.rank.slice(from, to),
    backlogPlace: series.backlogPlace.slice(from, to),
    thinned,
  };
}

function holdsQuarantined({ status, thinned }: Rows): boolean {
  return status.some((code) => isQuarantined(statusOfCode(code))) || thinned.hasQuarantined.includes(1);
}

/** A stretch that could be restored; it lies between the two instants. */
export interface Stretch {
  readonly afterMs: number;
  readonly beforeMs: number;
  readonly hasQuarantined: boolean;
}

/**
 * Puts the thinned rows back that have anything to do with the time from one instant to another, both inclusive; of the
 * stretches that hold neither instant only those that are needed.
 */
export function restoreBetween(
  series: Series,
  fromMs: number,
  toMs: number,
  archive: ReadingArchive | null,
  isNeeded: IsNeeded = () => true,
): void {
  let place = lastToRestore(series, series.thinned.afterMs.length, fromMs, toMs, isNeeded);
  while (place >= 0) {
    // What comes back may hold stretches itself, which are looked at next.
    const end = place + restore(series, place, archive);
    place = lastToRestore(series, end, fromMs, toMs, isNeeded);
  }
}

type IsNeeded = (stretch: Stretch) => boolean;

/** The place of the last stretch before the place `end` that is to be restored; -1 for none. */
function lastToRestore(
  series: Series,
  end: number,
  fromMs: number,
  toMs: number,
  isNeeded: IsNeeded,
): number {
  let place = Math.min(end, stretchFrom(series.thinned, toMs)) - 1;
  for (; place >= 0; place -= 1) {
    const stretch = stretchAt(series, place);
    if (stretch.beforeMs < fromMs) return -1;
    const isBound = stretch.afterMs < fromMs || stretch.beforeMs > toMs;
    if (isBound || isNeeded(stretch)) return place;
  }
  return -1;
}

/** Puts every thinned row back. */
export function restoreAll(series: Series, archive: ReadingArchive | null): void {
  restoreBetween(series, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, archive);
}

/** Puts the rows back that follow one of this instant, if they were thinned. */
export function restoreAfter(series: Series, ms: number, archive: ReadingArchive | null): void {
  let place = stretchAfter(series.thinned, ms);
  while (place >= 0) {
    restore(series, place, archive);
    place = stretchAfter(series.thinned, ms);
  }
}

/** The series itself, or a copy in which the thinned rows between two instants are back, as `restoreBetween` has it. */
export function wholeBetween(
  series: Series,
  fromMs: number,
  toMs: number,
  archive: ReadingArchive | null,
  isNeeded: IsNeeded = () => true,
): Series {
  const stretches = series.thinned.afterMs.length;
  if (lastToRestore(series, stretches, fromMs, toMs, isNeeded) < 0) return series;
  const whole = copyOfSeries(series);
  restoreBetween(whole, fromMs, toMs, archive, isNeeded);
  return whole;
}

/** The series itself, or a copy with every thinned row. */
export function wholeSeries(series: Series, archive: ReadingArchive | null): Series {
  return wholeBetween(series, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, archive);
}

/** Rule M7, M(t) in micrometres as `odometerAt` gives it, also where the readings are thinned. Changes nothing. */
export function odometerThrough(series: Series, atMs: number, archive: ReadingArchive | null): number | null {
  const place = stretchFrom(series.thinned, atMs) - 1;
  if (place < 0 || stretchAt(series, place).beforeMs <= atMs) return odometerAt(series, atMs);
  const excerpt = stretchWithBounds(series, place);
  restore(excerpt, 0, archive);
  return odometerThrough(excerpt, atMs, archive);
}

/** A series of the two accepted rows that a stretch lies between. */
function stretchWithBounds(series: Series, place: number): Series {
  const { afterMs, beforeMs } = stretchAt(series, place);
  const from = indexAtOrAfter(series, afterMs);
  const to = acceptedFrom(series, indexAtOrAfter(series, beforeMs)) + 1;
  const thinned = sliceOfStretches(series.thinned, place, place + 1);
  return { ...newSeries(series.isByReceipt), count: to - from, ...sliceOfRows(series, from, to, thinned) };
}

function stretchAt(series: Series, place: number): Stretch {
  const afterMs = at(series.thinned.afterMs, place);
  const before = endOfInstant(series, indexAtOrAfter(series, afterMs));
  return {
    afterMs,
    beforeMs: at(series.atMs, before),
    hasQuarantined: series.thinned.hasQuarantined[place] === 1,
  };
}

/** Puts the rows of a stretch back; gives how many stretches are there in its place. */
function restore(series: Series, place: number, archive: ReadingArchive | null): number {
  const from = must(archive, 'what was thinned is in an archive');
  const rows = unpackRows(from.take(at(series.thinned.reference, place)));
  const index = endOfInstant(series, indexAtOrAfter(series, at(series.thinned.afterMs, place)));
  makeRoom(series, index, rows.atMs.length);
  series.atMs.set(rows.atMs, index);
  series.micrometres.set(rows.micrometres, index);
  series.position.set(rows.position, index);
  series.receivedAtMs.set(rows.receivedAtMs, index);
  series.status.set(rows.status, index);
  series.rank.set(rows.rank, index);
  series.backlogPlace.set(rows.backlogPlace, index);
  series.thinned = spliceStretches(series.thinned, place, place + 1, rows.thinned);
  series.thinnedCount -= rows.atMs.length;
  series.wholeFromMs = Math.min(series.wholeFromMs, at(rows.atMs, 0));
  return rows.thinned.afterMs.length;
}
