import type { SchemaElement } from 'hyparquet';
import { unreachable } from '../../base/assert.ts';
import type { FileColumn, FileTable } from './file-table.ts';

/**
 * A table as Parquet: days are DATE, moments TIMESTAMP in UTC, whole numbers INT64, decimals exact text. The same rows
 * give the same bytes.
 */
export async function tableParquet<Row>({ columns, rows }: FileTable<Row>): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const buffer = parquetWriteBuffer({
    columnData: columns.map((column) => ({ name: column.name, data: valuesOf(column, rows) })),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
    createdBy: 'Milepost',
  });
  return new Uint8Array(buffer);
}

function elementOf({
  name,
  type,
}: {
  readonly name: string;
  readonly type: FileColumn<never>['type'];
}): SchemaElement {
  const element = { name, repetition_type: 'OPTIONAL' } as const;
  switch (type) {
    case 'text':
    case 'decimal':
      return { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'day':
      return { ...element, type: 'INT32', converted_type: 'DATE' };
    case 'moment':
      return { ...element, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
    case 'whole':
      return { ...element, type: 'INT64' };
    case 'flag':
      return { ...element, type: 'BOOLEAN' };
    default:
      return unreachable(type);
  }
}

function valuesOf<Row>(column: FileColumn<Row>, rows: readonly Row[]): unknown[] {
  switch (column.type) {
    case 'text':
    case 'decimal':
      return rows.map(column.value);
    case 'flag':
      return rows.map(column.value);
    case 'day':
      return present(rows.map(column.value), (day) => new Date(`${day}T00:00:00Z`));
    case 'moment':
      return present(rows.map(column.value), (atMs) => new Date(atMs));
    case 'whole':
      return present(rows.map(column.value), BigInt);
    default:
      return unreachable(column);
  }
}

function present<T, U>(values: readonly (T | null)[], convert: (value: T) => U): (U | null)[] {
  return values.map((value) => (value === null ? null : convert(value)));
}
