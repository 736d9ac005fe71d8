import { assert } from '../base/assert.ts';

/**
 * Bytes and where the next one is written or read. Plain values and no class: rows are packed by the hundred, a byte at a
 * time, and a private field costs more than the byte where programs run from their sources.
 */
export interface PackedBytes {
  readonly bytes: Uint8Array;
  at: number;
}

/** What a number takes at most, packed with others. */
export const NUMBER_BYTES_MAX = 8;
/** Beyond it a difference, folded to be positive, would not be exact or take more bytes. */
const DIFFERENCE_MAX = 2 ** 51;
const WHOLE = 1;
const AS_THEY_ARE = 0;

/** A whole number from 0 to 2^53, seven bits a byte, the lowest first. */
export function writeCount(packed: PackedBytes, value: number): void {
  packed.at = countAt(packed.bytes, packed.at, value);
}

export function readCount(packed: PackedBytes): number {
  const { bytes } = packed;
  let { at } = packed;
  let byte = bytes[at] ?? 0;
  let value = byte & 127;
  for (let weight = 128; byte >= 128; weight *= 128) {
    at += 1;
    byte = bytes[at] ?? 0;
    value += (byte & 127) * weight;
  }
  packed.at = at + 1;
  return value;
}

function countAt(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let rest = value;
  while (rest >= 128) {
    const above = Math.floor(rest / 128);
    bytes[at] = rest - above * 128 + 128;
    at += 1;
    rest = above;
  }
  bytes[at] = rest;
  return at + 1;
}

/** Numbers by their differences when all are whole, which is short; as they are otherwise. */
export function writeNumbers(packed: PackedBytes, values: Float64Array): void {
  const { bytes } = packed;
  const isWhole = hasWholeDifferences(values);
  bytes[packed.at] = isWhole ? WHOLE : AS_THEY_ARE;
  let at = packed.at + 1;
  if (isWhole) {
    let before = 0;
    for (const value of values) {
      const difference = value - before;
      at = countAt(bytes, at, difference < 0 ? -2 * difference - 1 : 2 * difference);
      before = value;
    }
  } else {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  packed.at = at;
}

function hasWholeDifferences(values: Float64Array): boolean {
  let before = 0;
  for (const value of values) {
    const isExact = Number.isSafeInteger(value) && Math.abs(value - before) <= DIFFERENCE_MAX;
    if (!isExact || Object.is(value, -0)) return false;
    before = value;
  }
  return true;
}

export function readNumbers(packed: PackedBytes, length: number): Float64Array {
  const values = new Float64Array(length);
  const isWhole = readByte(packed) === WHOLE;
  if (!isWhole) {
    new Uint8Array(values.buffer).set(readBytes(packed, values.byteLength));
    return values;
  }
  let value = 0;
  for (let i = 0; i < length; i += 1) {
    const folded = readCount(packed);
    value += folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    values[i] = value;
  }
  return values;
}

export function writeByte(packed: PackedBytes, value: number): void {
  packed.bytes[packed.at] = value;
  packed.at += 1;
}

export function readByte(packed: PackedBytes): number {
  const value = packed.bytes[packed.at];
  assert(value !== undefined, 'what was packed is read no further than it goes');
  packed.at += 1;
  return value;
}

export function writeBytes(packed: PackedBytes, values: Uint8Array): void {
  packed.bytes.set(values, packed.at);
  packed.at += values.length;
}

/** A copy of the next bytes. */
export function readBytes(packed: PackedBytes, length: number): Uint8Array {
  const values = new Uint8Array(length);
  values.set(packed.bytes.subarray(packed.at, packed.at + length));
  packed.at += length;
  return values;
}
