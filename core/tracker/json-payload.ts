import { fail, ok, type Result } from '../base/result.ts';
import { firstInvalidUtf8, readUtf8 } from '../base/utf8.ts';
import type { Refusal } from './refusal.ts';
import { shown } from './vendor-fields.ts';

/** A JSON payload and its source text, which still has every digit of its numbers. */
export interface JsonPayload {
  readonly text: string;
  readonly document: unknown;
}

/** Reads a payload as JSON in UTF-8; 'not-json' says at which byte, or what the parser stumbled over. */
export function readJsonPayload(payload: Uint8Array): Result<JsonPayload, Refusal> {
  const text = readTextPayload(payload);
  if (!text.ok) return text;
  try {
    return ok({ text: text.value, document: JSON.parse(text.value) as unknown });
  } catch {
    return fail({ reason: 'not-json', detail: `the payload is not JSON: ${shown(text.value)}` });
  }
}

/** Reads a payload as UTF-8 text; 'not-json' names the first byte that is not. */
export function readTextPayload(payload: Uint8Array): Result<string, Refusal> {
  const text = readUtf8(payload);
  if (text !== null) return ok(text);
  const at = firstInvalidUtf8(payload);
  const byte = (payload[at] ?? 0).toString(16).padStart(2, '0');
  return fail({ reason: 'not-json', detail: `the payload is not UTF-8 text: byte 0x${byte} at ${at}` });
}
