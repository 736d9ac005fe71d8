import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import { builtInProviders } from '../../protocol/book.ts';
import { type CredentialRequest, credentialRequestSchema } from '../../protocol/door-asks.ts';

/** What is wrong with a line of the file: the field, and what would be right. Lines count from 1, the header's. */
export interface CsvProblem {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
}

export interface CsvRequest {
  readonly line: number;
  readonly request: CredentialRequest;
}

const COLUMNS = ['username', 'role', 'provider', 'device', 'publish', 'subscribe'] as const;
const HEADER = COLUMNS.join(',');
/** A file for more vehicles than one machine serves; beyond it somebody chose the wrong file. */
const LINES_MAX = 100_000;
/** Several topic filters in one field; commas separate fields and spaces may stand in a topic. */
const FILTER_SEPARATOR = ';';

/** What a file asks for, and every line that asks for nothing that could be. */
export interface CsvRead {
  readonly requests: readonly CsvRequest[];
  readonly problems: readonly CsvProblem[];
}

/**
 * Credentials asked for by a CSV file, one a line after the header `username,role,provider,device,publish,subscribe`.
 * An empty `publish` takes the topics of the device's feed. Lines without a problem are read whatever the others say, so
 * that all problems can be told at once.
 */
export function readCredentialCsv(csv: string, reason: string): CsvRead {
  const records = recordsOf(csv);
  if (!records.ok) return { requests: [], problems: records.error };
  const requests: CsvRequest[] = [];
  const problems: CsvProblem[] = [];
  for (const record of records.value) {
    const request = requestOf(record, reason);
    if (request.ok) requests.push({ line: record.line, request: request.value });
    else problems.push(request.error);
  }
  problems.push(...repeatedNames(requests));
  return { requests, problems };
}

interface CsvRecord {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

function recordsOf(csv: string): Result<readonly CsvRecord[], readonly CsvProblem[]> {
  if (csv.includes('\uFFFD') || csv.includes('\0')) {
    const problem = 'the file is not UTF-8 text; save it again as "CSV UTF-8"';
    return fail([{ line: 1, field: 'file', problem }]);
  }
  try {
    const rows = parse(csv, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return checkedRows(rows.map(({ record, info }) => ({ line: info.lines, values: record })));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return fail([{ line: 1, field: 'file', problem: `not a CSV file: ${problem}` }]);
  }
}

function checkedRows(
  rows: readonly { line: number; values: string[] }[],
): Result<readonly CsvRecord[], readonly CsvProblem[]> {
  const [header, ...others] = rows;
  if (header === undefined || header.values.join(',') !== HEADER)
    return fail([{ line: 1, field: 'header', problem: `the first line must be ${HEADER}` }]);
  if (others.length > LINES_MAX)
    return fail([{ line: LINES_MAX + 2, field: 'file', problem: `at most ${LINES_MAX} lines a file` }]);
  const wrong = others.filter(({ values }) => values.length !== COLUMNS.length);
  if (wrong.length > 0) {
    return fail(
      wrong.map(({ line, values }) => ({
        line,
        field: 'line',
        problem: `${values.length} fields, but the header names ${COLUMNS.length}`,
      })),
    );
  }
  return ok(
    others.map(({ line, values }) => ({
      line,
      fields: Object.fromEntries(COLUMNS.map((column, i) => [column, values[i] ?? ''])),
    })),
  );
}

function requestOf({ line, fields }: CsvRecord, reason: string): Result<CredentialRequest, CsvProblem> {
  const { username, role, provider = '', device = '', publish = '', subscribe = '' } = fields;
  const filters = (text: string): string[] =>
    text
      .split(FILTER_SEPARATOR)
      .map((filter) => filter.trim())
      .filter((filter) => filter !== '');
  const parsed = credentialRequestSchema.safeParse({
    username,
    role,
    device: provider === '' && device === '' ? null : { provider, name: device },
    publish: publish === '' ? null : filters(publish),
    subscribe: filters(subscribe),
    proof: { kind: 'secret' },
    reason,
  });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  const field = path === 'device.name' ? 'device' : path === 'device.provider' ? 'provider' : path;
  return fail({ line, field, problem: problemWords(field, fields[field] ?? '', issue) });
}

function problemWords(field: string, given: string, issue: z.core.$ZodIssue | undefined): string {
  if (given === '') return 'it is empty';
  if (issue?.code === 'invalid_value') return `"${given}" is none of ${issue.values.join(', ')}`;
  if (field === 'provider')
    return `"${given}" is no feed; give one of ${builtInProviders.join(', ')}, or mapped:NAME`;
  return issue?.message ?? 'not a credential';
}

function* repeatedNames(requests: readonly CsvRequest[]): Generator<CsvProblem> {
  const lineByName = new Map<string, number>();
  for (const { line, request } of requests) {
    const first = lineByName.get(request.username);
    if (first === undefined) lineByName.set(request.username, line);
    else yield { line, field: 'username', problem: `"${request.username}" stands on line ${first} already` };
  }
}
