import { cumulativeRow, type Epoch, isReplacement, rawMicrometresAt, replacementRows } from './epochs.ts';
import { statusCode } from './reading-status.ts';
import {
  assertWhole,
  at,
  BACKLOG_PLACE,
  firstDifference,
  isSameRow,
  NO_POSITION,
  type Series,
  type SeriesRow,
} from './series.ts';
import { insertRow } from './series-columns.ts';

/** A row as it was given, its distance as the instrument showed it, with what the series made of it. */
export interface KeptRow {
  readonly row: SeriesRow;
  readonly status: number;
  readonly backlogPlace: number;
}

/** A row no series has judged yet. */
export function unjudgedRow(row: SeriesRow): KeptRow {
  return { row, status: UNJUDGED, backlogPlace: BACKLOG_PLACE.none };
}

const UNJUDGED = statusCode('superseded');

/** The rows that trackers sent; those that people signed are left out. */
export function trackerRows(series: Series): KeptRow[] {
  return givenRows(series).filter(({ row }) => row.position !== NO_POSITION);
}

/** The rows that people signed by themselves; a replacement belongs to its epoch. */
export function signedRows(series: Series): KeptRow[] {
  return givenRows(series).filter(({ row }) => row.position === NO_POSITION);
}

/** Every row that a series was given. */
export function givenRows(series: Series): KeptRow[] {
  const rows: KeptRow[] = [];
  assertWhole(series);
  for (let i = 0; i < series.count; i += 1) {
    if (isReplacement(series, i)) continue;
    const row = {
      atMs: at(series.atMs, i),
      micrometres: rawMicrometresAt(series, i),
      position: at(series.position, i),
      receivedAtMs: at(series.receivedAtMs, i),
      rank: at(series.rank, i),
    };
    rows.push({ row, status: at(series.status, i), backlogPlace: at(series.backlogPlace, i) });
  }
  return rows;
}

/** Gives a series these rows and epochs in the place of those it has; returns the rows that were there twice. */
export function refill(series: Series, rows: readonly KeptRow[], epochs: readonly Epoch[]): KeptRow[] {
  series.epochs = epochs;
  const cumulative = [
    ...rows.map((given) => ({ given, row: cumulativeRow(series, given.row) })),
    ...replacementRows(epochs).map((row) => ({ given: unjudgedRow(row), row })),
  ].toSorted((a, b) => (series.isByReceipt ? byReceipt(a.row, b.row) : byTime(a.row, b.row)));
  series.count = 0;
  const doubled: KeptRow[] = [];
  for (const { given, row } of cumulative) {
    if (isThere(series, row)) doubled.push(given);
    else insertRow(series, series.count, row, given.status, given.backlogPlace);
  }
  return doubled;
}

/** Whatever a feed without reading times sent again, it sent at another time. */
function isThere(series: Series, row: SeriesRow): boolean {
  const last = series.count - 1;
  if (last < 0 || !isSameRow(series, last, row)) return false;
  return !series.isByReceipt || row.position === NO_POSITION;
}

function byTime(a: SeriesRow, b: SeriesRow): number {
  return firstDifference(
    a.atMs - b.atMs,
    a.rank - b.rank,
    a.micrometres - b.micrometres,
    a.position - b.position,
    a.receivedAtMs - b.receivedAtMs,
  );
}

/** Of one instant, what people signed goes first, then what was received, in the order of receipt. */
function byReceipt(a: SeriesRow, b: SeriesRow): number {
  const signed = Number(b.position === NO_POSITION) - Number(a.position === NO_POSITION);
  const among = a.position === NO_POSITION ? byTime(a, b) : a.position - b.position;
  return firstDifference(a.atMs - b.atMs, signed, among);
}
