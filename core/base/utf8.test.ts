import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { bytesOf } from '../../tests/support/tracker-packet.ts';
import { firstInvalidUtf8, readUtf8, readUtf8Portably, usePlatformUtf8Reader } from './utf8.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readWithPlatform(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

afterEach(() => usePlatformUtf8Reader(readUtf8Portably));

test('plain, accented, wide and paired characters are read as written', () => {
  const text = 'odometer 12345.678 mi, 19 868 443 m · Bełchatów · 走行距離 · 🚕, and a tail of plain text';
  expect(readUtf8(bytesOf(text))).toBe(text);
});

test('no bytes are no text, and a byte-order mark is a character', () => {
  expect(readUtf8(new Uint8Array())).toBe('');
  expect(readUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe('\uFEFF1');
});

test.each([
  ['a lone continuation', [0x31, 0x80], 1],
  ['an overlong slash', [0xc0, 0xaf], 0],
  ['an overlong three-byte form', [0x31, 0xe0, 0x9f, 0x80], 1],
  ['half a surrogate pair', [0xed, 0xa0, 0x80], 0],
  ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0],
  ['a lead byte that never occurs', [0x31, 0x32, 0xff], 2],
  ['a character cut short', [0x31, 0xe2, 0x82], 1],
  ['a bad byte after twenty good ones', [...Array<number>(20).fill(0x61), 0xf8], 20],
])('%s is not UTF-8, and its place is named', (_, bytes, place) => {
  expect(readUtf8(Uint8Array.from(bytes))).toBeNull();
  expect(firstInvalidUtf8(Uint8Array.from(bytes))).toBe(place);
});

test('any bytes: our reader and the platform agree, and a place is named exactly when there is no text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' }).map(bytesOf)), (bytes) => {
      const text = readUtf8Portably(bytes);
      expect(text).toBe(readWithPlatform(bytes));
      expect(firstInvalidUtf8(bytes) === -1).toBe(text !== null);
    }),
  );
});

test('a reader of the platform is used once it is handed in', () => {
  usePlatformUtf8Reader(() => 'from the platform');
  expect(readUtf8(bytesOf('1'))).toBe('from the platform');
});
