import { fail, ok, type Result } from '../../base/result.ts';
import { closestOf } from '../../mapping/closest-name.ts';
import { csvLines, type CsvLine, type CsvProblem } from '../csv-lines.ts';
import {
  type Column,
  columnNames,
  columns,
  contractColumnNames,
  type ContractRow,
  requiredColumns,
  type RowValues,
} from './contract-columns.ts';
import { unguarded } from './formula-guard.ts';

export interface ReadRows {
  /** Those whose every cell could be read. */
  readonly rows: readonly ContractRow[];
  readonly problems: readonly CsvProblem[];
}

/** The rows of the file, each cell read by its column; nothing is compared yet. */
export function readContractRows(csv: string): ReadRows {
  const file = csvLines(csv);
  if (!file.ok) return { rows: [], problems: [file.error] };
  const [head, ...lines] = file.value.lines;
  const heads = head === undefined ? fail([emptyFile(1, 'the file is empty')]) : readHeads(head);
  if (!heads.ok) return { rows: [], problems: heads.error };
  if (lines.length === 0) return { rows: [], problems: [emptyFile(1, 'there is no line below the heads')] };
  const read = cellReader(file.value.separator === ';');
  const rows: ContractRow[] = [];
  const problems: CsvProblem[] = [];
  for (const line of lines) {
    const row = readRow(line, heads.value, read);
    if (row.ok) rows.push(row.value);
    else problems.push(...row.error);
  }
  return { rows, problems };
}

function emptyFile(line: number, words: string): CsvProblem {
  return { line, field: 'file', problem: `${words}; begin with the heads ${columnNames.join(',')}` };
}

function readHeads({ line, cells }: CsvLine): Result<readonly Column[], readonly CsvProblem[]> {
  const heads = cells.map((cell) => cell.trim().toLowerCase().replaceAll(/[ -]+/g, '_'));
  const problems = cells.flatMap((cell, i): CsvProblem[] => {
    const head = heads[i] ?? '';
    if (!isColumn(head)) return [{ line, field: cell, problem: unknownWords(cell, head) }];
    return heads.indexOf(head) === i ? [] : [{ line, field: head, problem: 'the column is there twice' }];
  });
  for (const field of requiredColumns)
    if (!heads.includes(field)) problems.push({ line, field, problem: 'the column is missing' });
  return problems.length > 0 ? fail(problems) : ok(heads.filter(isColumn));
}

function isColumn(head: string): head is Column {
  return Object.hasOwn(columns, head);
}

function unknownWords(cell: string, head: string): string {
  const meant = closestOf(head, columnNames);
  return meant === null
    ? `there is no column "${cell}"; there are ${columnNames.join(', ')}`
    : `there is no column "${cell}"; did you mean "${meant}"?`;
}

type ReadCell = (column: Column, text: string) => Result<unknown, string>;

/** A contract's cells are the same on all its rows: they are read once, and are then the same value. */
function cellReader(hasDecimalComma: boolean): ReadCell {
  const known = new Map(
    contractColumnNames.map((column) => [column as Column, new Map<string, Result<unknown, string>>()]),
  );
  return (column, text) => {
    const cells = known.get(column);
    const cell = cells?.get(text) ?? columns[column](text, hasDecimalComma);
    cells?.set(text, cell);
    return cell;
  };
}

function readRow(
  { line, cells }: CsvLine,
  heads: readonly Column[],
  readCell: ReadCell,
): Result<ContractRow, readonly CsvProblem[]> {
  if (cells.length !== heads.length) {
    const problem = `${cells.length} cells, but there are ${heads.length} heads`;
    return fail([{ line, field: 'line', problem }]);
  }
  const problems: CsvProblem[] = [];
  const values: Partial<Record<Column, unknown>> = {};
  for (const column of columnNames) {
    const text = unguarded(cells[heads.indexOf(column)] ?? '');
    const read = text === '' ? emptyCell(column) : readCell(column, text);
    if (read.ok) values[column] = read.value;
    else problems.push({ line, field: column, problem: read.error });
  }
  return problems.length > 0 ? fail(problems) : ok({ line, values: values as unknown as RowValues });
}

function emptyCell(column: Column): Result<null, string> {
  return requiredColumns.some((required) => required === column) ? fail('it is empty') : ok(null);
}
