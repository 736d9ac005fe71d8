import { fail, ok, type Result } from '../base/result.ts';
import { readJsonPayload, readTextPayload } from '../tracker/json-payload.ts';
import type { Refusal } from '../tracker/refusal.ts';
import { shown } from '../tracker/vendor-fields.ts';
import type { PayloadRules } from './mapping.ts';

/** A payload as expressions see it, and the JSON text it came from; null where numbers are text anyway. */
export interface PayloadDocument {
  readonly document: unknown;
  readonly json: string | null;
}

/** JSON as it is; CSV as a list of its lines, each an object by column; a single value as text. */
export function readPayload(rules: PayloadRules, payload: Uint8Array): Result<PayloadDocument, Refusal> {
  switch (rules.format) {
    case 'json':
      return readJson(payload);
    case 'csv':
      return readCsv(rules.columns, rules.separator, payload);
    case 'text': {
      const text = readTextPayload(payload);
      return text.ok ? ok({ document: text.value.trim(), json: null }) : text;
    }
  }
}

function readJson(payload: Uint8Array): Result<PayloadDocument, Refusal> {
  const json = readJsonPayload(payload);
  if (!json.ok) return json;
  const { document, text } = json.value;
  if (typeof document === 'object' && document !== null) return ok({ document, json: text });
  return fail({
    reason: 'unexpected-shape',
    detail: `the payload is ${shown(document)}, neither an object nor a list`,
  });
}

function readCsv(
  columns: readonly string[],
  separator: string,
  payload: Uint8Array,
): Result<PayloadDocument, Refusal> {
  const text = readTextPayload(payload);
  if (!text.ok) return text;
  const records: object[] = [];
  for (const line of text.value.split('\n')) {
    if (line.trim() === '') continue;
    const cells = line.split(separator);
    // One more or fewer and every value behind it would be taken for its neighbour.
    if (cells.length !== columns.length) return fail(wrongColumns(cells.length, columns.length));
    records.push(Object.fromEntries(columns.map((name, index) => [name, (cells[index] ?? '').trim()])));
  }
  return ok({ document: records, json: null });
}

function wrongColumns(found: number, named: number): Refusal {
  return {
    reason: 'unexpected-shape',
    detail: `a line has ${found} columns, the mapping names ${named}`,
  };
}
