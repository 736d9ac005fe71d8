import { CsvError, parse } from 'csv-parse/sync';
import { fail, ok, type Result } from '../base/result.ts';

/** What is wrong with a line of the file: the field, and what would be right. Lines count from 1, the header's. */
export interface CsvProblem {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
}

export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t'] as const;

export interface CsvFile {
  /** Where a comma is the decimal mark, a spreadsheet separates cells by semicolons. */
  readonly separator: (typeof SEPARATORS)[number];
  /** Lines without any text are left out. */
  readonly lines: readonly CsvLine[];
}

/** A file for more vehicles, or payments, than one machine serves; beyond it somebody chose the wrong file. */
const CSV_LINES_MAX = 100_000;

/** Reads a CSV file as spreadsheets write it: quoted cells, any line ending, a byte order mark, `,` or `;` or tabs. */
export function csvLines(csv: string): Result<CsvFile, CsvProblem> {
  const separator = separatorOf(csv);
  if (csv.includes('\uFFFD') || csv.includes('\0'))
    return fail(fileProblem(1, 'the file is not UTF-8 text; save it again as "CSV UTF-8"'));
  try {
    const rows = parse(csv, {
      bom: true,
      trim: true,
      delimiter: separator,
      skip_empty_lines: true,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as ParsedRow[];
    const lines = numbered(rows);
    if (lines.length > CSV_LINES_MAX + 1)
      return fail(fileProblem(CSV_LINES_MAX + 2, `at most ${CSV_LINES_MAX} lines a file`));
    return ok({ separator, lines: lines.filter(({ cells }) => cells.some((cell) => cell !== '')) });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return fail(fileProblem(lineOf(error), `not a CSV file: ${problem}`));
  }
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The parser counts the CR and the LF of a cell as a line each; an editor shows one. */
function numbered(rows: readonly ParsedRow[]): CsvLine[] {
  let countedTwice = 0;
  return rows.map(({ record, info }) => {
    for (const cell of record) countedTwice += cell.split('\r\n').length - 1;
    return { line: info.lines - countedTwice, cells: record };
  });
}

function fileProblem(line: number, problem: string): CsvProblem {
  return { line, field: 'file', problem };
}

/** The separator that the first line with text has most of. */
function separatorOf(csv: string): (typeof SEPARATORS)[number] {
  const head = /[^\r\n\uFEFF]+/.exec(csv)?.[0].replaceAll(/"[^"]*"/g, '') ?? '';
  const countOf = (separator: string): number => head.split(separator).length;
  return SEPARATORS.reduce((most, each) => (countOf(each) > countOf(most) ? each : most));
}

function lineOf(error: unknown): number {
  const line = error instanceof CsvError ? error['lines'] : undefined;
  return typeof line === 'number' && line > 0 ? line : 1;
}
