import { assert } from '../base/assert.ts';
import { type DistanceUnit, MICROMETRES_PER_MILE } from '../base/distance.ts';
import { interpolateMicrometres } from './odometer-curve.ts';

/**
 * The readings of one billing series, (tracker, odometer origin), in the order of rule M4, one column a property so that
 * millions of readings fit and a snapshot is a copy. `position` is the journal record that holds the evidence.
 *
 * Invariant: `atMs` never falls; the statuses are what the acceptance scan says of exactly these readings.
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
  /** Receipt-time feeds: when the series was last heard, and the backlog being taken in, if any (rule M2b). */
  lastHeardAtMs: number;
  /** The unit of the last reading that named one; a value without a unit is read in it or not at all. */
  labelledUnit: DistanceUnit | null;
  backlog: { startMs: number; baseMs: number; baseMicrometres: number } | null;
}

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
    lastHeardAtMs: Number.NEGATIVE_INFINITY,
    labelledUnit: null,
    backlog: null,
  };
}

/** One reading, as a row. */
export interface SeriesRow {
  readonly atMs: number;
  readonly micrometres: number;
  readonly position: number;
  readonly receivedAtMs: number;
  readonly rank: number;
}

/** The rows that trackers sent, with their statuses; those that people signed are left out. */
export function trackerRows(series: Series): { readonly row: SeriesRow; readonly status: number }[] {
  const rows: { row: SeriesRow; status: number }[] = [];
  for (let i = 0; i < series.count; i += 1) {
    const position = at(series.position, i);
    if (position === NO_POSITION) continue;
    const row = {
      atMs: at(series.atMs, i),
      micrometres: at(series.micrometres, i),
      position,
      receivedAtMs: at(series.receivedAtMs, i),
      rank: at(series.rank, i),
    };
    rows.push({ row, status: at(series.status, i) });
  }
  return rows;
}

/**
 * True for a value that says nothing new when its feed gives no time for it: equal to the last accepted one, or up to a
 * mile below (rule M2b).
 */
export function isNotAbove(series: Series, micrometres: number): boolean {
  const last = acceptedBefore(series, series.count);
  if (last < 0) return false;
  const highest = at(series.micrometres, last);
  return micrometres <= highest && micrometres >= highest - MICROMETRES_PER_MILE;
}

/** Puts a row at `index`, moving what follows; the caller has found the place rule M4 gives it. */
export function insertRow(series: Series, index: number, row: SeriesRow, status: number): void {
  assert(index >= 0 && index <= series.count, 'row outside its series');
  if (series.count === series.atMs.length) grow(series);
  if (index < series.count) moveUp(series, index);
  series.atMs[index] = row.atMs;
  series.micrometres[index] = row.micrometres;
  series.position[index] = row.position;
  series.receivedAtMs[index] = row.receivedAtMs;
  series.status[index] = status;
  series.rank[index] = row.rank;
  series.count += 1;
}

function moveUp(series: Series, index: number): void {
  for (const column of columnsOf(series)) column.copyWithin(index + 1, index, series.count);
}

function grow(series: Series): void {
  const capacity = series.atMs.length * 2;
  const wider = (column: Float64Array): Float64Array => {
    const copy = new Float64Array(capacity);
    copy.set(column);
    return copy;
  };
  const widerBytes = (column: Uint8Array): Uint8Array => {
    const copy = new Uint8Array(capacity);
    copy.set(column);
    return copy;
  };
  series.atMs = wider(series.atMs);
  series.micrometres = wider(series.micrometres);
  series.position = wider(series.position);
  series.receivedAtMs = wider(series.receivedAtMs);
  series.status = widerBytes(series.status);
  series.rank = widerBytes(series.rank);
}

function columnsOf(series: Series): readonly (Float64Array | Uint8Array)[] {
  return [series.atMs, series.micrometres, series.position, series.receivedAtMs, series.status, series.rank];
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

/** Rule M7: M(t) in micrometres; before the first accepted reading its value, after the last the last; null for none. */
export function odometerAt(series: Series, atMs: number): number | null {
  const last = acceptedBefore(series, series.count);
  if (last >= 0 && atMs >= at(series.atMs, last)) return at(series.micrometres, last);
  const index = indexAtOrAfter(series, atMs);
  const after = acceptedFrom(series, index);
  if (after >= 0 && at(series.atMs, after) === atMs) return at(series.micrometres, after);
  const before = acceptedBefore(series, index);
  if (before < 0) return after < 0 ? null : at(series.micrometres, after);
  if (after < 0) return at(series.micrometres, before);
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
