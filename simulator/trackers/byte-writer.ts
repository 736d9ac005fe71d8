import { assert } from '../../core/base/assert.ts';

/** Puts bytes one behind the other, big end first. */
export class ByteWriter {
  private readonly parts: number[] = [];

  /** A whole number without a sign, of up to eight bytes. */
  uint(bytes: number, value: number): this {
    assert(
      Number.isSafeInteger(value) && value >= 0 && value < 256 ** bytes,
      () => `${value} fits ${bytes} bytes`,
    );
    for (let place = bytes - 1; place >= 0; place -= 1)
      this.parts.push(Math.floor(value / 256 ** place) % 256);
    return this;
  }

  /** A whole number with a sign, as a two's complement. */
  int(bytes: number, value: number): this {
    return this.uint(bytes, value < 0 ? value + 256 ** bytes : value);
  }

  ascii(text: string): this {
    for (let i = 0; i < text.length; i += 1) this.parts.push(text.charCodeAt(i));
    return this;
  }

  append(bytes: Uint8Array): this {
    for (const byte of bytes) this.parts.push(byte);
    return this;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.parts);
  }
}
