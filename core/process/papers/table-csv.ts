import { stringify } from 'csv-stringify/sync';
import type { FileColumn, FileTable } from './file-table.ts';

/**
 * A table as CSV by RFC 4180: UTF-8, a head, commas, CRLF. Days and moments are ISO 8601, moments in UTC. Text that a
 * spreadsheet would take for a formula begins with an apostrophe; numbers below nothing stay numbers.
 */
export function tableCsv<Row>({ columns, rows }: FileTable<Row>): string {
  const records = rows.map((row) => columns.map((column) => cellOf(column, row)));
  return stringify([columns.map(({ name }) => name), ...records], {
    record_delimiter: 'windows',
    // A lone CR or LF is quoted too: the library does so for the two together.
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: { boolean: (flag) => (flag ? 'true' : 'false') },
  });
}

function cellOf<Row>(column: FileColumn<Row>, row: Row): string | number | boolean | null {
  if (column.type !== 'moment') return column.value(row);
  const atMs = column.value(row);
  return atMs === null ? null : new Date(atMs).toISOString();
}
