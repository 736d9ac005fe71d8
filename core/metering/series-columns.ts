import { assert } from '../base/assert.ts';
import { BACKLOG_PLACE, type Series, type SeriesRow } from './series.ts';

const CAPACITY_SPARE = 16;
/** A fleet of series is most of what is in memory, and rooms half empty would be half of it. */
const CAPACITY_GROWTH = 1.2;

/** Puts a row at `index`, moving what follows; the caller has found the place rule M4 gives it. */
export function insertRow(
  series: Series,
  index: number,
  row: SeriesRow,
  status: number,
  backlogPlace: number = BACKLOG_PLACE.none,
): void {
  makeRoom(series, index, 1);
  series.atMs[index] = row.atMs;
  series.micrometres[index] = row.micrometres;
  series.position[index] = row.position;
  series.receivedAtMs[index] = row.receivedAtMs;
  series.status[index] = status;
  series.rank[index] = row.rank;
  series.backlogPlace[index] = backlogPlace;
  series.wholeFromMs = Math.min(series.wholeFromMs, row.atMs);
}

/** Moves the rows from `index` on up by so many places, which the caller fills. */
export function makeRoom(series: Series, index: number, rows: number): void {
  assert(index >= 0 && index <= series.count, 'row outside its series');
  const count = series.count + rows;
  if (count > series.atMs.length) resize(series, CAPACITY_SPARE + Math.ceil(count * CAPACITY_GROWTH));
  if (index < series.count)
    for (const column of columnsOf(series)) column.copyWithin(index + rows, index, series.count);
  series.count = count;
}

/** Takes the rows from `from` until before `to` out. */
export function dropRows(series: Series, from: number, to: number): void {
  for (const column of columnsOf(series)) column.copyWithin(from, to, series.count);
  series.count -= to - from;
}

/** Gives a series room for so many rows and no more. */
export function resize(series: Series, capacity: number): void {
  const kept = Math.min(capacity, series.count);
  const sized = <C extends Float64Array | Uint8Array>(column: C, resized: C): C => {
    resized.set(column.subarray(0, kept));
    return resized;
  };
  series.atMs = sized(series.atMs, new Float64Array(capacity));
  series.micrometres = sized(series.micrometres, new Float64Array(capacity));
  series.position = sized(series.position, new Float64Array(capacity));
  series.receivedAtMs = sized(series.receivedAtMs, new Float64Array(capacity));
  series.status = sized(series.status, new Uint8Array(capacity));
  series.rank = sized(series.rank, new Uint8Array(capacity));
  series.backlogPlace = sized(series.backlogPlace, new Uint8Array(capacity));
}

function columnsOf(series: Series): readonly (Float64Array | Uint8Array)[] {
  const { atMs, micrometres, position, receivedAtMs, status, rank, backlogPlace } = series;
  return [atMs, micrometres, position, receivedAtMs, status, rank, backlogPlace];
}
