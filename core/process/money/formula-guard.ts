import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet would run as a formula; csv-stringify guards the same. */
const GUARDED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Texts as CSV: an apostrophe stands before what a spreadsheet would run as a formula (see `papers/table-csv.ts`), and
 * one more before text that looks so guarded, so that `unguarded` gives back exactly what was written.
 */
export function guardedCsv(records: readonly (readonly string[])[]): string {
  const guarded = records.map((cells) => cells.map((cell) => (GUARDED.test(cell) ? `'${cell}` : cell)));
  return stringify(guarded, {
    record_delimiter: 'windows',
    // Outer spaces are kept only between quotes; a lone CR or LF is quoted too.
    quoted_match: /[\r\n]|^\s|\s$/,
    escape_formulas: true,
  });
}

/** Takes the guard off again. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
