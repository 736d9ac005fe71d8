import { expect, test } from 'vitest';
import { SlowedAddresses } from './slowed-addresses.ts';

const SLOWNESS = { firstMs: 100, maxMs: 1_000 };
const MINUTE_MS = 60_000;

test('each failure of an address waits twice as long as the one before, up to the cap, and is forgiven in time', () => {
  const slowed = new SlowedAddresses(SLOWNESS);
  const waits = Array.from({ length: 6 }, (_, i) => slowed.failed('10.0.0.1', i * MINUTE_MS));
  expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  expect(slowed.failed('10.0.0.1', 14 * MINUTE_MS)).toBe(1_000);
  expect(slowed.failed('10.0.0.1', 25 * MINUTE_MS)).toBe(100);
});

test('addresses of one IPv6 network count as one; others, and IPv4 in IPv6 notation, by themselves', () => {
  const slowed = new SlowedAddresses(SLOWNESS);
  const addresses = [
    '2001:db8::1',
    '2001:db8:0:0:ffff::2',
    '2001:db8:0:1::1',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:10.0.0.2',
  ];
  expect(addresses.map((address) => slowed.failed(address, 0))).toEqual([100, 200, 100, 100, 100, 100]);
});

test('the memory is bounded: of very many addresses the one longest silent is forgotten', () => {
  const slowed = new SlowedAddresses(SLOWNESS);
  for (let i = 0; i < 10_001; i += 1) slowed.failed(`10.1.${i >> 8}.${i & 255}`, 0);
  expect([slowed.failed('10.1.0.1', 0), slowed.failed('10.1.0.0', 0)]).toEqual([200, 100]);
});
