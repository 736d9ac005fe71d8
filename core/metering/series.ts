import { assert } from '../base/assert.ts';
import type { DistanceUnit } from '../base/distance.ts';
import type { Epoch } from './epochs.ts';
import { interpolateMicrometres } from './odometer-curve.ts';
import type { Ruling } from './rulings.ts';
import { NOTHING_THINNED, stretchAfter, type ThinnedStretches } from './thinned-stretches.ts';

/**
 * The readings of one billing series, (tracker, odometer origin), in the order of rule M4, one column a property so that
 * millions of readings fit and a snapshot is a copy. `position` is the journal record that holds the evidence.
 * `micrometres` is cumulative: what was read plus the offset of its epoch (rule M6).
 *
 * Invariant: `atMs` never falls; the statuses are what the acceptance scan says of exactly these readings, epochs and
 * rulings.
 */
export interface Series {
  /** True for a feed that gives no reading time: metered on change, at receipt (rule M2b). */
  readonly isByReceipt: boolean;
  count: number;
  atMs: Float64Array;
  micrometres: Float64Array;
  position: Float64Array;
  receivedAtMs: Float64Array;
  status: Uint8Array;
  rank: Uint8Array;
  /** Receipt-time feeds: the place of a reading in the backlog it came with. */
  backlogPlace: Uint8Array;
  /** What people decided about the odometer and about single readings. */
  epochs: readonly Epoch[];
  rulings: readonly Ruling[];
  /** Receipt-time feeds: when the series was last heard, and the backlog being taken in, if any (rule M2b). */
  lastHeardAtMs: number;
  /** The unit of the last reading that named one; a value without a unit is read in it or not at all. */
  labelledUnit: DistanceUnit | null;
  backlog: { startMs: number; isBegun: boolean; base: BacklogBase | null } | null;
  /** Rows that left memory (`thin-series.ts`); the columns above hold the others. */
  thinned: ThinnedStretches;
  /** How many rows that are. */
  thinnedCount: number;
  /** All rows before this instant were looked at for thinning; Infinity while there are none. */
  wholeFromMs: number;
  /** When, by our clock, thinning is to look at the series again. */
  thinDueMs: number;
}

/** What the readings of a backlog are judged from: the last accepted one before it. `sinceMs` is its first reading's. */
export interface BacklogBase {
  readonly atMs: number;
  readonly micrometres: number;
  readonly sinceMs: number;
}

export const BACKLOG_PLACE = { none: 0, first: 1, further: 2 } as const;

/** Evidence that a person signed has no packet behind it. */
export const NO_POSITION = -1;

/** Source ranks of rule M4, best first. */
export const SOURCE_RANK = {
  handover: 0,
  replacement: 1,
  vehicle_bus: 2,
  oem_api: 3,
  tracker_can: 4,
  tracker_gps: 5,
  manual: 6,
} as const;
export type ReadingSource = keyof typeof SOURCE_RANK;

const ACCEPTED = 0;
const CAPACITY_AT_FIRST = 16;

export function newSeries(isByReceipt: boolean): Series {
  return {
    isByReceipt,
    count: 0,
    atMs: new Float64Array(CAPACITY_AT_FIRST),
    micrometres: new Float64Array(CAPACITY_AT_FIRST),
    position: new Float64Array(CAPACITY_AT_FIRST),
    receivedAtMs: new Float64Array(CAPACITY_AT_FIRST),
    status: new Uint8Array(CAPACITY_AT_FIRST),
    rank: new Uint8Array(CAPACITY_AT_FIRST),
    backlogPlace: new Uint8Array(CAPACITY_AT_FIRST),
    epochs: [],
    rulings: [],
    lastHeardAtMs: Number.NEGATIVE_INFINITY,
    labelledUnit: null,
    backlog: null,
    thinned: NOTHING_THINNED,
    thinnedCount: 0,
    wholeFromMs: Number.POSITIVE_INFINITY,
    thinDueMs: Number.NEGATIVE_INFINITY,
  };
}

/** A series that may be changed without the other knowing. */
export function copyOfSeries(series: Series): Series {
  return {
    ...series,
    atMs: series.atMs.slice(),
    micrometres: series.micrometres.slice(),
    position: series.position.slice(),
    receivedAtMs: series.receivedAtMs.slice(),
    status: series.status.slice(),
    rank: series.rank.slice(),
    backlogPlace: series.backlogPlace.slice(),
    backlog: series.backlog === null ? null : { ...series.backlog },
  };
}

/** One reading, as a row. Given to a series it holds what was read; kept in one, the cumulative distance. */
export interface SeriesRow {
  readonly atMs: number;
  readonly micrometres: number;
  readonly position: number;
  readonly receivedAtMs: number;
  readonly rank: number;
}

/** What looks at every reading has the thinned ones restored first. */
export function assertWhole({ thinned }: Series): void {
  assert(thinned.afterMs.length === 0, 'all readings of the series are in memory');
}

/** The first index whose instant is at or after `atMs`. */
export function indexAtOrAfter(series: Series, atMs: number): number {
  let low = 0;
  let high = series.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(series.atMs, middle) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where a row, cumulative, has its place. Rule M4: by instant, then source rank, then distance; at a receipt-time feed
 * what people signed of an instant goes first, then what was received, in the order of receipt.
 */
export function indexInOrder(series: Series, row: SeriesRow): number {
  let index = indexAtOrAfter(series, row.atMs);
  while (index < series.count && at(series.atMs, index) === row.atMs && isBefore(series, index, row))
    index += 1;
  return index;
}

function isBefore(series: Series, index: number, row: SeriesRow): boolean {
  if (series.isByReceipt) {
    const isSigned = at(series.position, index) === NO_POSITION;
    if (row.position !== NO_POSITION) return true;
    if (!isSigned) return false;
  }
  const byRank = at(series.rank, index) - row.rank;
  return byRank < 0 || (byRank === 0 && at(series.micrometres, index) < row.micrometres);
}

/** True when the row at an index says the same of the same instant and source. */
export function isSameRow(series: Series, index: number, row: SeriesRow): boolean {
  return (
    at(series.atMs, index) === row.atMs &&
    at(series.micrometres, index) === row.micrometres &&
    at(series.rank, index) === row.rank
  );
}

/** The first index after `index` of another instant. */
export function endOfInstant(series: Series, index: number): number {
  const atMs = at(series.atMs, index);
  let end = index + 1;
  while (end < series.count && at(series.atMs, end) === atMs) end += 1;
  return end;
}

export function isAccepted(series: Series, index: number): boolean {
  return series.status[index] === ACCEPTED;
}

/** The last accepted index before `index`, or -1. */
export function acceptedBefore(series: Series, index: number): number {
  let i = index - 1;
  while (i >= 0 && !isAccepted(series, i)) i -= 1;
  return i;
}

/** The first accepted index at or after `index`, or -1. */
export function acceptedFrom(series: Series, index: number): number {
  for (let i = index; i < series.count; i += 1) if (isAccepted(series, i)) return i;
  return -1;
}

/**
 * Rule M7: M(t) in micrometres; before the first accepted reading its value, after the last the last, at an instant with
 * several (a backlog) the first: so no later reading moves it. Null for none. Not for an instant within a thinned stretch:
 * `odometerThrough` is.
 */
export function odometerAt(series: Series, atMs: number): number | null {
  const last = acceptedBefore(series, series.count);
  if (last >= 0 && atMs > at(series.atMs, last)) return at(series.micrometres, last);
  const index = indexAtOrAfter(series, atMs);
  const after = acceptedFrom(series, index);
  if (after >= 0 && at(series.atMs, after) === atMs) return at(series.micrometres, after);
  const before = acceptedBefore(series, index);
  if (before < 0) return after < 0 ? null : at(series.micrometres, after);
  if (after < 0) return at(series.micrometres, before);
  assert(
    stretchAfter(series.thinned, at(series.atMs, before)) < 0,
    'M(t) is asked of the readings in memory',
  );
  return interpolateMicrometres(
    at(series.atMs, before),
    at(series.micrometres, before),
    at(series.atMs, after),
    at(series.micrometres, after),
    atMs,
  );
}

/** The element of a column at an index that is known to be inside. */
export function at(column: Float64Array | Uint8Array, index: number): number {
  const value = column[index];
  assert(value !== undefined, 'index outside its column');
  return value;
}

/** How two things compare whose differences, the weightiest first, are these. */
export function firstDifference(...differences: readonly number[]): number {
  return differences.find((difference) => difference !== 0) ?? 0;
}
