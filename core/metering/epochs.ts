import { at, firstDifference, NO_POSITION, type Series, type SeriesRow, SOURCE_RANK } from './series.ts';

/**
 * A replaced or re-set odometer (rule M6): the old instrument closes and the new one opens at `atMs`. Both values are
 * what the instruments showed, in micrometres.
 */
export interface OpenedEpoch {
  readonly atMs: number;
  readonly closingMicrometres: number;
  readonly openingMicrometres: number;
  readonly receivedAtMs: number;
}

export interface Epoch extends OpenedEpoch {
  /** Added to what is read from `atMs` until the next epoch. */
  readonly offsetMicrometres: number;
}

/** The epochs with one more, by time; one that is there already is there once. */
export function withEpoch(epochs: readonly Epoch[], opened: OpenedEpoch): readonly Epoch[] {
  const known = epochs.find((epoch) => orderOf(epoch, opened) === 0);
  const others = epochs.filter((epoch) => epoch !== known);
  const receivedAtMs = Math.min(opened.receivedAtMs, known?.receivedAtMs ?? opened.receivedAtMs);
  let offsetMicrometres = 0;
  return [...others, { ...opened, receivedAtMs }].toSorted(orderOf).map((epoch) => {
    const { atMs, closingMicrometres, openingMicrometres, receivedAtMs } = epoch;
    offsetMicrometres += closingMicrometres - openingMicrometres;
    return { atMs, closingMicrometres, openingMicrometres, receivedAtMs, offsetMicrometres };
  });
}

function orderOf(a: OpenedEpoch, b: OpenedEpoch): number {
  return firstDifference(
    a.atMs - b.atMs,
    a.closingMicrometres - b.closingMicrometres,
    a.openingMicrometres - b.openingMicrometres,
  );
}

/** What is added to a value read at `atMs`, micrometres. */
export function offsetAt(epochs: readonly Epoch[], atMs: number): number {
  return epochs.findLast((epoch) => epoch.atMs <= atMs)?.offsetMicrometres ?? 0;
}

/** The row of each epoch: the old instrument's closing value, cumulative. */
export function replacementRows(epochs: readonly Epoch[]): SeriesRow[] {
  return epochs.map(({ atMs, openingMicrometres, offsetMicrometres, receivedAtMs }) => ({
    atMs,
    micrometres: openingMicrometres + offsetMicrometres,
    position: NO_POSITION,
    receivedAtMs,
    rank: SOURCE_RANK.replacement,
  }));
}

/** A row as it was given, as it is kept. */
export function cumulativeRow(series: Series, row: SeriesRow): SeriesRow {
  if (series.epochs.length === 0) return row;
  const { atMs, position, receivedAtMs, rank } = row;
  const micrometres = row.micrometres + offsetAt(series.epochs, atMs);
  return { atMs, micrometres, position, receivedAtMs, rank };
}

/** What the instrument of that time showed, micrometres; at a replacement, what the new one opened with. */
export function rawMicrometresAt(series: Series, index: number): number {
  return at(series.micrometres, index) - offsetAt(series.epochs, at(series.atMs, index));
}

export function isReplacement(series: Series, index: number): boolean {
  return series.rank[index] === SOURCE_RANK.replacement;
}
