import { expect, test } from 'vitest';
import { FaultyPeers } from './faulty-peers.ts';

const limits = { faults: { perSecond: 1, burst: 3 }, faultyConnects: { perSecond: 10, burst: 1 } };

test('an address is let in as others are until it has too many faults; then its connections wait their turns', () => {
  const peers = new FaultyPeers(limits);
  for (let i = 0; i < 3; i += 1) peers.blame('a', 0);
  expect(peers.delayMs('a', 0)).toBe(0);
  peers.blame('a', 0);
  expect([0, 0, 0].map((nowMs) => peers.delayMs('a', nowMs))).toEqual([0, 100, 200]);
  expect(peers.delayMs('b', 0)).toBe(0);
});

test('whoever stops is forgiven, after any number of faults', () => {
  const peers = new FaultyPeers(limits);
  for (let i = 0; i < 1_000; i += 1) peers.blame('a', 0);
  for (let i = 0; i < 5; i += 1) peers.delayMs('a', 0);
  expect(peers.delayMs('a', 2_900)).toBeGreaterThanOrEqual(0);
  expect([peers.delayMs('a', 3_100), peers.delayMs('a', 3_100)]).toEqual([0, 0]);
});
