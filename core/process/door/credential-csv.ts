import type { z } from 'zod';
import { fail, ok, type Result } from '../../base/result.ts';
import { builtInProviders } from '../../protocol/book.ts';
import { type CredentialRequest, credentialRequestSchema } from '../../protocol/door-asks.ts';
import { csvLines, type CsvLine, type CsvProblem } from '../csv-lines.ts';

export interface CsvRequest {
  readonly line: number;
  readonly request: CredentialRequest;
}

const COLUMNS = ['username', 'role', 'provider', 'device', 'publish', 'subscribe'] as const;
const HEADER = COLUMNS.join(',');
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
  const file = csvLines(csv);
  return file.ok ? checkedRows(file.value.lines) : fail([file.error]);
}

function checkedRows(rows: readonly CsvLine[]): Result<readonly CsvRecord[], readonly CsvProblem[]> {
  const [header, ...others] = rows;
  if (header === undefined || header.cells.join(',') !== HEADER)
    return fail([{ line: 1, field: 'header', problem: `the first line must be ${HEADER}` }]);
  const wrong = others.filter(({ cells }) => cells.length !== COLUMNS.length);
  if (wrong.length > 0) {
    return fail(
      wrong.map(({ line, cells }) => ({
        line,
        field: 'line',
        problem: `${cells.length} fields, but the header names ${COLUMNS.length}`,
      })),
    );
  }
  return ok(
    others.map(({ line, cells }) => ({
      line,
      fields: Object.fromEntries(COLUMNS.map((column, i) => [column, cells[i] ?? ''])),
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
