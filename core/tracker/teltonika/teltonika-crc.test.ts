import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/support/tracker-packet.ts';
import { teltonikaCrc } from './teltonika-crc.ts';

test('the check value of CRC-16/ARC', () => {
  expect(teltonikaCrc(bytesOf('123456789'), 0, 9)).toBe(0xbb3d);
});

test('only the bytes asked for count', () => {
  expect(teltonikaCrc(bytesOf('x123456789x'), 1, 10)).toBe(0xbb3d);
  expect(teltonikaCrc(bytesOf('x'), 0, 0)).toBe(0);
});
