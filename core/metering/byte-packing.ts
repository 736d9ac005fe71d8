import { assert } from '../base/assert.ts';

/** Beyond it a difference, folded to be positive, may not be exact any more. */
const DIFFERENCE_MAX = 2 ** 51;
const WHOLE = 1;
const AS_THEY_ARE = 0;

/** Bytes as they are written, one after the other. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(values: Uint8Array): void {
    if (this.#length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** A whole number from 0 to 2^53, seven bits a byte, the lowest first. */
  count(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Numbers by their differences when all are whole, which is short; as they are otherwise. */
  numbers(values: Float64Array): void {
    const differences = wholeDifferences(values);
    this.byte(differences === null ? AS_THEY_ARE : WHOLE);
    if (differences === null) this.bytes(new Uint8Array(values.slice().buffer));
    else for (const each of differences) this.count(each < 0 ? -2 * each - 1 : 2 * each);
  }

  #grow(more: number): void {
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
  }

  whole(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

function wholeDifferences(values: Float64Array): Float64Array | null {
  const differences = new Float64Array(values.length);
  let before = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const difference = value - before;
    const isExact = Number.isSafeInteger(value) && Math.abs(difference) <= DIFFERENCE_MAX;
    if (!isExact || Object.is(value, -0)) return null;
    differences[i] = difference;
    before = value;
  }
  return differences;
}

/** What a `ByteWriter` wrote, in the same order. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    assert(value !== undefined, 'what was written is read no further than it goes');
    this.#at += 1;
    return value;
  }

  bytes(length: number): Uint8Array {
    assert(this.#at + length <= this.#bytes.length, 'what was written is read no further than it goes');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  count(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.byte();
      if (byte < 128) return value + byte * weight;
      value += (byte - 128) * weight;
    }
  }

  numbers(length: number): Float64Array {
    if (this.byte() === AS_THEY_ARE) return new Float64Array(this.bytes(length * 8).buffer);
    const values = new Float64Array(length);
    let value = 0;
    for (let i = 0; i < length; i += 1) {
      const folded = this.count();
      value += folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      values[i] = value;
    }
    return values;
  }
}
