import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listenerOf, shareOfOthers, slopeOf, watchMachine } from './machine-watch.ts';

test('what is neither idle nor ours is the share of others', () => {
  const before = { busy: 1_000, total: 2_000, own: 300, product: 100 };
  const after = { busy: 1_800, total: 3_000, own: 500, product: 200 };
  expect(shareOfOthers(before, after)).toBe(0.5);
  expect(shareOfOthers({ ...before, product: null }, { ...after, product: null })).toBe(0.6);
  // Two clocks of a system are never read in the same instant.
  expect(shareOfOthers(before, { ...after, own: 2_000 })).toBe(0);
  expect(shareOfOthers(before, before)).toBeNull();
  expect(shareOfOthers(null, after)).toBeNull();
});

test('growth is the slope of all samples, and none is told of less than a minute', () => {
  const samples = [0, 30_000, 60_000, 90_000].map((atMs, i) => ({ atMs, bytes: 5e7 + i * 1e6 }));
  expect(slopeOf(samples)).toBeCloseTo(2, 9);
  expect(slopeOf(samples.slice(0, 2))).toBeNull();
});

test.runIf(process.platform === 'linux')('who listens on a port is found, and watched', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(listenerOf(port)).toBe(process.pid);
  const report = watchMachine([], process.pid).stop();
  expect(report.productResidentBytesMax).toBeGreaterThan(1e7);
  expect(report.productMicroseconds).toBeGreaterThanOrEqual(0);
  expect(report.productMegabytesAMinute).toBeNull();
});
