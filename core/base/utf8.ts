/** Turns bytes into text, or null when they are not UTF-8. A byte-order mark stays: it is a character like others. */
export type Utf8Reader = (bytes: Uint8Array) => string | null;

let reader: Utf8Reader = readUtf8Portably;

/** The text of UTF-8 bytes, or null when some byte is not UTF-8 (`firstInvalidUtf8` says which). */
export function readUtf8(bytes: Uint8Array): string | null {
  return reader(bytes);
}

/**
 * Lets the platform's own decoder do the reading: about four times as fast, and nothing else changes. Called once,
 * where the process is put together; a test holds such a reader against `readUtf8Portably`.
 */
export function usePlatformUtf8Reader(platformReader: Utf8Reader): void {
  reader = platformReader;
}

/** The reader that needs no platform. Telemetry is nearly always plain ASCII, so that goes eight bytes at a step. */
export function readUtf8Portably(bytes: Uint8Array): string | null {
  let text = '';
  let at = 0;
  while (at + 8 <= bytes.length) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    const e = bytes[at + 4] ?? 0;
    const f = bytes[at + 5] ?? 0;
    const g = bytes[at + 6] ?? 0;
    const h = bytes[at + 7] ?? 0;
    if ((a | b | c | d | e | f | g | h) > 0x7f) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
    at += 8;
  }
  return readRest(bytes, at, text);
}

function readRest(bytes: Uint8Array, from: number, start: string): string | null {
  let text = start;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      text += String.fromCharCode(byte);
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length === 0) return null;
    text += String.fromCodePoint(codePointAt(bytes, at, length));
    at += length;
  }
  return text;
}

/** Where the first byte stands that is not UTF-8; -1 when all of them are. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** How many bytes the character at `at` has; 0 when it is none: cut short, overlong, a surrogate, above U+10FFFF. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const second = bytes[at + 1] ?? 0;
  if (second < lowestSecond(lead) || second > highestSecond(lead)) return 0;
  if (lead < 0xe0) return 2;
  if (!isContinuation(bytes[at + 2])) return 0;
  if (lead < 0xf0) return 3;
  return isContinuation(bytes[at + 3]) ? 4 : 0;
}

function lowestSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at] ?? 0;
  if (length === 1) return lead;
  let point = lead & (0xff >> (length + 1));
  for (let i = 1; i < length; i += 1) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}
