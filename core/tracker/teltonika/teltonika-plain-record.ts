import { readUtf8 } from '../../base/utf8.ts';
import { Reported } from './teltonika-reported.ts';

/**
 * Reads a record as devices send it, `{"state":{"reported":{"ts":1767225600000,…}}}` without spaces, in one pass over
 * its bytes: JSON.parse makes a dictionary of members named by number, which costs more than the rest of the decoding.
 * Names of up to six small letters or digits, whole numbers and plain ASCII texts are read. Null for every other
 * payload, also a wrong one: JSON.parse then reads it, and says what is wrong.
 */
export function readPlainRecord(payload: Uint8Array): Reported | null {
  return new PlainRecord(payload).read();
}

class PlainRecord {
  private readonly bytes: Uint8Array;
  private readonly reported = new Reported(null);
  private at = OPENING.length;
  /** The payload as text, once a text is met. All is ASCII up to the reader's place, so places are the same in both. */
  private text: string | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(): Reported | null {
    const { bytes, reported } = this;
    if (!standsAt(bytes, 0, OPENING)) return null;
    do {
      const name = this.takeName();
      if (name === UNREADABLE) return null;
      const value = this.takeValue();
      if (value === undefined) return null;
      if (name >= 0) reported.addIo(name, value);
      else this.keep(name, value);
      this.at += 1;
    } while (bytes[this.at - 1] === COMMA);
    const isClosed = this.at + 2 === bytes.length && standsAt(bytes, this.at - 1, CLOSING);
    return isClosed && reported.ts !== undefined ? reported : null;
  }

  private keep(name: number, value: unknown): void {
    const { reported } = this;
    if (name === NAMES.ts) reported.ts = value;
    else if (name === NAMES.latlng) reported.latlng = value;
    else if (name === NAMES.alt) reported.alt = value;
    else if (name === NAMES.ang) reported.ang = value;
    else if (name === NAMES.sat) reported.sat = value;
    else if (name === NAMES.sp) reported.sp = value;
    else if (name === NAMES.evt) reported.evt = value;
  }

  /** Steps over `"name":`. The name as a number: an IO id as it is, letters below 0, five bits a letter. */
  private takeName(): number {
    const { bytes } = this;
    const start = this.at + 1;
    let at = start;
    let code = bytes[at] ?? 0;
    let id = 0;
    for (; code >= ZERO && code <= NINE; code = bytes[at] ?? 0) {
      id = id * 10 + (code - ZERO);
      at += 1;
    }
    let letters = 0;
    if (at === start) {
      for (; code > BEFORE_A && code <= Z; code = bytes[at] ?? 0) {
        letters = letters * 32 + (code - BEFORE_A);
        at += 1;
      }
    }
    if (code !== QUOTE || bytes[at + 1] !== COLON || bytes[start - 1] !== QUOTE) return UNREADABLE;
    this.at = at + 2;
    const length = at - start;
    if (length === 0 || length > NAME_LENGTH_MAX) return UNREADABLE;
    if (letters > 0) return LETTERS_BELOW - letters;
    return length > 1 && bytes[start] === ZERO ? UNREADABLE : id;
  }

  /** A text, or a whole number as String() would write it; undefined for all else. */
  private takeValue(): string | number | undefined {
    const { bytes } = this;
    if (bytes[this.at] === QUOTE) return this.takeText();
    const isNegative = bytes[this.at] === MINUS;
    const start = isNegative ? this.at + 1 : this.at;
    let at = start;
    let value = 0;
    for (let code = bytes[at] ?? 0; code >= ZERO && code <= NINE; code = bytes[at] ?? 0) {
      value = value * 10 + (code - ZERO);
      at += 1;
    }
    this.at = at;
    const digits = at - start;
    const isPlain = bytes[start] !== ZERO || (digits === 1 && !isNegative);
    if (digits === 0 || digits > EXACT_DIGITS_MAX || !isPlain) return undefined;
    return isNegative ? -value : value;
  }

  /** A text without escapes and in ASCII. */
  private takeText(): string | undefined {
    const { bytes } = this;
    const start = this.at + 1;
    let at = start;
    let code = bytes[at] ?? 0;
    for (; code >= SPACE && code <= TILDE && code !== QUOTE && code !== BACKSLASH; code = bytes[at] ?? 0)
      at += 1;
    if (code !== QUOTE) return undefined;
    this.text ??= readUtf8(bytes);
    this.at = at + 1;
    return this.text?.slice(start, at);
  }
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const BEFORE_A = 0x60;
const Z = 0x7a;
const TILDE = 0x7e;
/** Fifteen digits are exact in a double. */
const EXACT_DIGITS_MAX = 15;
const NAME_LENGTH_MAX = 6;
/** What a name is that this reader leaves to JSON.parse. */
const UNREADABLE = Number.MIN_SAFE_INTEGER;
/** Letters count down from here, ids up from 0. */
const LETTERS_BELOW = -1;
const OPENING = ascii('{"state":{"reported":{');
const CLOSING = ascii('}}}');
const NAMES = {
  ts: keyOf('ts'),
  latlng: keyOf('latlng'),
  alt: keyOf('alt'),
  ang: keyOf('ang'),
  sat: keyOf('sat'),
  sp: keyOf('sp'),
  evt: keyOf('evt'),
} as const;

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function keyOf(name: string): number {
  return LETTERS_BELOW - ascii(name).reduce((key, code) => key * 32 + (code - BEFORE_A), 0);
}

function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i += 1) if (bytes[at + i] !== word[i]) return false;
  return true;
}
