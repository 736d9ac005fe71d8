import { isFields } from '../tracker/vendor-fields.ts';

/**
 * The same JSON document again, with every number as the text it was sent as ("12345.670" stays so): JSON.parse keeps
 * only the nearest double, and rule M1 forbids an odometer to pass through one. Made only when it is asked for.
 */
export class ExactNumbers {
  private exactByPart: Map<unknown, unknown> | null = null;

  private readonly text: string;
  private readonly document: unknown;

  /** `document` is what JSON.parse made of `text`. */
  constructor(text: string, document: unknown) {
    this.text = text;
    this.document = document;
  }

  /** An object or list of the document, with its numbers as text. */
  of(part: unknown): unknown {
    this.exactByPart ??= pairUp(this.document, JSON.parse(withNumbersQuoted(this.text)) as unknown);
    return this.exactByPart.get(part);
  }
}

/** Both documents have the same objects and lists, in the same places. Walked without recursion, so depth costs no stack. */
function pairUp(document: unknown, exact: unknown): Map<unknown, unknown> {
  const exactByPart = new Map<unknown, unknown>();
  const open: [unknown, unknown][] = [[document, exact]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [part, twin] = pair;
    if (Array.isArray(part) && Array.isArray(twin)) {
      exactByPart.set(part, twin);
      part.forEach((item, index) => open.push([item, twin[index]]));
    } else if (isFields(part) && isFields(twin)) {
      exactByPart.set(part, twin);
      for (const name of Object.keys(part)) open.push([part[name], twin[name]]);
    }
  }
  return exactByPart;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The text of valid JSON with quotes around every number: outside of texts only numbers have digits. */
export function withNumbersQuoted(json: string): string {
  let quoted = '';
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(json, at);
    } else if (isNumberStart(code)) {
      const end = endOfNumber(json, at);
      quoted += `${json.slice(copied, at)}"${json.slice(at, end)}"`;
      copied = end;
      at = end;
    } else {
      at += 1;
    }
  }
  return quoted + json.slice(copied);
}

function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function isNumberStart(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

/** Digits, signs, a point, an exponent. */
function endOfNumber(json: string, start: number): number {
  let end = start + 1;
  for (let code = json.charCodeAt(end); isNumberPart(code); code = json.charCodeAt(end)) end += 1;
  return end;
}

function isNumberPart(code: number): boolean {
  return isNumberStart(code) || code === 0x2b || code === 0x2e || code === 0x45 || code === 0x65;
}
