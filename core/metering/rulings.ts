import { isReplacement, offsetAt } from './epochs.ts';
import { at, type Series } from './series.ts';

/**
 * What people decided about one reading (rule M5), which is named by its journal position, its instant and what was
 * read. It may come before its reading.
 */
export interface Ruling {
  readonly kind: 'accept' | 'reject';
  readonly position: number;
  readonly atMs: number;
  readonly rawMicrometres: number;
}

/** The rulings with one more; one that is there already is there once. */
export function withRuling(rulings: readonly Ruling[], ruling: Ruling): readonly Ruling[] {
  const { kind, position, atMs, rawMicrometres } = ruling;
  const isThere = rulings.some((known) => known.kind === kind && isSameReading(known, ruling));
  return isThere ? rulings : [...rulings, { kind, position, atMs, rawMicrometres }];
}

function isSameReading(a: Ruling, b: Ruling): boolean {
  return a.position === b.position && a.atMs === b.atMs && a.rawMicrometres === b.rawMicrometres;
}

/** A reading as a series keeps it: cumulative micrometres. */
interface KeptReading {
  readonly position: number;
  readonly atMs: number;
  readonly micrometres: number;
}

/** What was decided about a reading; a rejection stands, whatever else was decided before or after it. */
export function rulingOn(series: Series, reading: KeptReading): Ruling['kind'] | null {
  let kind: Ruling['kind'] | null = null;
  for (const ruling of series.rulings) {
    if (ruling.position !== reading.position || ruling.atMs !== reading.atMs) continue;
    if (ruling.rawMicrometres + offsetAt(series.epochs, ruling.atMs) !== reading.micrometres) continue;
    if (ruling.kind === 'reject') return 'reject';
    kind = 'accept';
  }
  return kind;
}

/** What was decided about the reading at an index. A replacement is accepted by those who signed it. */
export function rulingAt(series: Series, index: number): Ruling['kind'] | null {
  if (isReplacement(series, index)) return 'accept';
  if (series.rulings.length === 0) return null;
  return rulingOn(series, {
    position: at(series.position, index),
    atMs: at(series.atMs, index),
    micrometres: at(series.micrometres, index),
  });
}
