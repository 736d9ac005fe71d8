import type { RandomStream } from '../../core/base/random.ts';

type Mutation = (bytes: Uint8Array, other: Uint8Array, chance: RandomStream) => Uint8Array;

/** What lies at the edges of what decoders count and measure with. */
const WORDS: readonly string[] = [
  '0',
  '-1',
  '1e308',
  '-0',
  '1e-400',
  '9007199254740993',
  '4294967296',
  '65536',
  '99999999999999999999',
  '0x10',
  'NaN',
  'Infinity',
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '"__proto__"',
  '0.1',
  '1e3',
  '180.0000001',
  '90.0000001',
  '1970-01-01T00:00:00Z',
  '20040101000000',
  '9999-12-31T23:59:60Z',
  '\u0000',
  '\ud83d\ude97',
  ',',
  ',,',
  '$',
  '+',
  '\\u0000',
  '"',
  '\\',
];
const EDGE_BYTES: readonly number[] = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff];
const PIECE_BYTES_MAX = 16;

/** One accident, or a few in a row, to a message; the same chance gives the same bytes. */
export function mutated(bytes: Uint8Array, other: Uint8Array, chance: RandomStream): Uint8Array {
  let result = bytes;
  const times = 1 + chance.below(3);
  for (let i = 0; i < times; i += 1) {
    const mutate = mutations[chance.below(mutations.length)];
    if (mutate !== undefined) result = mutate(result, other, chance);
  }
  return result;
}

const mutations: readonly Mutation[] = [
  flipBit,
  setEdgeByte,
  cutShort,
  removePiece,
  doublePiece,
  spliceOther,
  insertWord,
  replaceDigits,
  insertChance,
];

function flipBit(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const at = chance.below(bytes.length);
  return bytes.map((byte, i) => (i === at ? byte ^ (1 << chance.below(8)) : byte));
}

function setEdgeByte(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const at = chance.below(bytes.length);
  const edge = EDGE_BYTES[chance.below(EDGE_BYTES.length)] ?? 0;
  return bytes.map((byte, i) => (i === at ? edge : byte));
}

function cutShort(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  return bytes.slice(0, chance.below(bytes.length + 1));
}

function removePiece(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const [from, to] = piece(bytes, chance);
  return joined(bytes.subarray(0, from), bytes.subarray(to));
}

function doublePiece(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const [from, to] = piece(bytes, chance);
  return joined(bytes.subarray(0, to), bytes.subarray(from));
}

function spliceOther(bytes: Uint8Array, other: Uint8Array, chance: RandomStream): Uint8Array {
  return joined(
    bytes.subarray(0, chance.below(bytes.length + 1)),
    other.subarray(chance.below(other.length + 1)),
  );
}

function insertWord(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const at = chance.below(bytes.length + 1);
  return joined(bytes.subarray(0, at), word(chance), bytes.subarray(at));
}

/** A number becomes one of the words: the mutation that reaches past every parser. */
function replaceDigits(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const isDigit = (at: number): boolean => (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39;
  let from = chance.below(bytes.length);
  while (from < bytes.length && !isDigit(from)) from += 1;
  let to = from;
  while (to < bytes.length && isDigit(to)) to += 1;
  return joined(bytes.subarray(0, from), word(chance), bytes.subarray(to));
}

function insertChance(bytes: Uint8Array, _other: Uint8Array, chance: RandomStream): Uint8Array {
  const at = chance.below(bytes.length + 1);
  const noise = new Uint8Array(1 + chance.below(PIECE_BYTES_MAX)).map(() => chance.below(256));
  return joined(bytes.subarray(0, at), noise, bytes.subarray(at));
}

function piece(bytes: Uint8Array, chance: RandomStream): readonly [number, number] {
  const from = chance.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + chance.below(PIECE_BYTES_MAX))];
}

const encoder = new TextEncoder();

function word(chance: RandomStream): Uint8Array {
  return encoder.encode(WORDS[chance.below(WORDS.length)] ?? '');
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
