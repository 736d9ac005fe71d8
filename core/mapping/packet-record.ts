import { numberTextAt } from '../base/json-number-text.ts';
import { type Findings, isNoValue } from '../tracker/vendor-fields.ts';
import type { ExactNumbers } from './exact-numbers.ts';
import { type Expression, follow, valueOf } from './expression.ts';
import type { Source } from './mapping.ts';

/** One record of a packet, and the packet around it. */
export interface PacketRecord {
  readonly record: unknown;
  readonly document: unknown;
  /** The JSON text of the packet; null where numbers are text anyway (csv, text). */
  readonly json: string | null;
  readonly exact: ExactNumbers | null;
}

/** A field's value; undefined for none, whether absent or said so. What an expression cannot work on refuses the packet. */
export function fieldIn(findings: Findings, { name, at, noValues }: Source, within: PacketRecord): unknown {
  const value = valueAt(findings, name, at, within);
  if (value === undefined || value === null || isNoValue(value)) return undefined;
  return noValues !== null && isOneOf(noValues, value) ? undefined : value;
}

/** A number is the same however it is written: 65535, "65535" and 65535.0. */
function isOneOf(noValues: ReadonlySet<string>, value: unknown): boolean {
  const text = textOf(value);
  return text !== null && (noValues.has(text) || noValues.has(String(Number(text))));
}

/** An expression's value, which is undefined after a refusal. */
export function valueAt(
  findings: Findings,
  name: string,
  at: Expression,
  { record, document }: PacketRecord,
): unknown {
  if (at.steps !== null) return follow(at.steps, at.isOfPacket ? document : record);
  const value = valueOf(at, record, document);
  if (value.ok) return value.value;
  findings.refuse('unexpected-shape', `${name}: "${at.text}" cannot be worked out: ${value.error}`);
  return undefined;
}

/** Text, a number or true and false as one compares them with what a mapping file says; null for an object or a list. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/**
 * What `fieldIn` gives, with numbers as the text they were sent as. A plain path in a packet of one record is looked up in
 * the packet's text; everything else is worked out over the document with exact numbers.
 */
export function exactFieldIn(findings: Findings, source: Source, within: PacketRecord): unknown {
  const { at } = source;
  const { record, document, json, exact } = within;
  if (json === null) return fieldIn(findings, source, within);
  if (at.steps !== null && record === document) {
    const value = fieldIn(findings, source, within);
    return typeof value === 'number' ? numberTextAt(json, at.steps, value) : value;
  }
  const exactRecord = exact?.of(record);
  if (exactRecord !== undefined)
    return fieldIn(findings, source, { ...within, record: exactRecord, document: exact?.of(document) });
  findings.refuse(
    'unexpected-shape',
    'the records are lists that the mapping put together: an odometer cannot be read in them',
  );
  return undefined;
}
