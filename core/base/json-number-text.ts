import { assert } from './assert.ts';

/** The steps from the top of a JSON document to one of its values: member names and places in lists. */
export type JsonPath = readonly (string | number)[];

/**
 * The number at `path`, spelled as the document spells it ("12345.670", "1e3"): JSON.parse keeps only the nearest
 * double, and rule M1 forbids a distance to pass through one. The caller has parsed `json` and found `value` there.
 */
export function numberTextAt(json: string, path: JsonPath, value: number): string {
  const start = json.includes('\\') ? startByWalking(json, 0, path) : startFromOnlyMember(json, path);
  const text = numberTokenAt(json, start);
  assert(
    Number(text) === value,
    () => `"${text}" stands at ${path.join('.')}, but ${value} was parsed there`,
  );
  return text;
}

/**
 * The JSON text of each item of the list that a document is: for many numbers of a long list, each looked up in its own
 * item, where `numberTextAt` would step over all the items before it every time. The caller has parsed `json` as a list.
 */
export function listItemTexts(json: string): readonly string[] {
  const texts: string[] = [];
  const listStart = skipSpace(json, 0);
  assert(json.charCodeAt(listStart) === BRACKET_OPEN, () => `no list at ${listStart} to take items of`);
  let at = skipSpace(json, listStart + 1);
  while (at < json.length && json.charCodeAt(at) !== BRACKET_CLOSE) {
    const end = endOfValue(json, at);
    texts.push(json.slice(at, end));
    at = skipSeparator(json, end);
  }
  return texts;
}

/**
 * The quick way, for a document without a backslash: every member name stands in it letter for letter, so a quoted name
 * that occurs once is the member we look for, and only what is below it has to be walked. A name found twice may be a
 * text value, or a member of something else; then the one above it is tried, and at last the document is walked.
 */
function startFromOnlyMember(json: string, path: JsonPath): number {
  for (let step = path.length - 1; step >= 0; step -= 1) {
    const start = startOfOnlyMember(json, path[step]);
    if (start !== null)
      return step === path.length - 1 ? start : startByWalking(json, start, path.slice(step + 1));
  }
  return startByWalking(json, 0, path);
}

function startOfOnlyMember(json: string, name: string | number | undefined): number | null {
  if (typeof name !== 'string') return null;
  const end = onlyQuoted(json, name);
  if (end < 0) return null;
  const colon = skipSpace(json, end);
  return json.charCodeAt(colon) === COLON ? skipSpace(json, colon + 1) : null;
}

/** Where the one `"name"` in the document ends; -1 for none or several. Searching from the name's first letter, not the quote, is twice as fast. */
function onlyQuoted(json: string, name: string): number {
  const needle = `${name}"`;
  let end = -1;
  for (let at = json.indexOf(needle); at >= 0; at = json.indexOf(needle, at + 1)) {
    if (json.charCodeAt(at - 1) !== QUOTE) continue;
    if (end >= 0) return -1;
    end = at + needle.length;
  }
  return end;
}

function startByWalking(json: string, from: number, path: JsonPath): number {
  let at = skipSpace(json, from);
  for (const step of path)
    at = typeof step === 'string' ? startOfMember(json, at, step) : startOfItem(json, at, step);
  return at;
}

/** Where the value of an object's member starts. Of members with the same name the last one counts, as in JSON.parse. */
function startOfMember(json: string, objectStart: number, name: string): number {
  assert(
    json.charCodeAt(objectStart) === BRACE_OPEN,
    () => `no object at ${objectStart} to look for "${name}" in`,
  );
  let found = -1;
  let at = skipSpace(json, objectStart + 1);
  while (json.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(json, at);
    const valueStart = skipSpace(json, skipSpace(json, nameEnd) + 1);
    if (nameOf(json, at, nameEnd) === name) found = valueStart;
    at = skipSeparator(json, endOfValue(json, valueStart));
  }
  assert(found >= 0, () => `no member "${name}" in the object at ${objectStart}`);
  return found;
}

function startOfItem(json: string, listStart: number, index: number): number {
  assert(
    json.charCodeAt(listStart) === BRACKET_OPEN,
    () => `no list at ${listStart} to take item ${index} of`,
  );
  let at = skipSpace(json, listStart + 1);
  for (let i = 0; i < index; i += 1) at = skipSeparator(json, endOfValue(json, at));
  return at;
}

function nameOf(json: string, start: number, end: number): unknown {
  const quoted = json.slice(start, end);
  return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1);
}

/** Steps over a whole value; nested ones by counting brackets, so that depth costs no stack. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const code = json.charCodeAt(at);
    if (code === BRACE_OPEN || code === BRACKET_OPEN) depth += 1;
    if (code === BRACE_CLOSE || code === BRACKET_CLOSE) depth -= 1;
    at = endOfToken(json, at, code);
  } while (depth > 0 && at < json.length);
  return at;
}

/** A string and a word or number are stepped over whole, everything else character by character. */
function endOfToken(json: string, at: number, code: number): number {
  if (code === QUOTE) return endOfString(json, at);
  let end = at + 1;
  if (isWordCode(code)) while (isWordCode(json.charCodeAt(end))) end += 1;
  return end;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function skipSeparator(json: string, from: number): number {
  const at = skipSpace(json, from);
  return json.charCodeAt(at) === COMMA ? skipSpace(json, at + 1) : at;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (isSpaceCode(json.charCodeAt(at))) at += 1;
  return at;
}

function numberTokenAt(json: string, start: number): string {
  let end = start;
  while (isWordCode(json.charCodeAt(end))) end += 1;
  return json.slice(start, end);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;

function isSpaceCode(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Part of a number, `true`, `false` or `null`: anything that is neither punctuation nor space (nor NaN, past the end). */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2e ||
    isSignOrExponent(code)
  );
}

function isSignOrExponent(code: number): boolean {
  return code === 0x2b || code === 0x2d || code === 0x45;
}
