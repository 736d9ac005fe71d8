import { expect, test } from 'vitest';
import { simulatedFeeds } from '../../../simulator/trackers/simulated-feed.ts';
import { endurancePlan } from './endurance-fleet.ts';
import { keptFailures, playAndKeep } from './kept-failures.ts';
import { scriptOf } from './make-script.ts';
import { playScript } from './play-script.ts';

/** `npm run simulate:long` plays as many as one wants. */
const SEEDS = Array.from({ length: 200 }, (_, i) => i + 1);
/** One that fails is shrunk before it says so. */
const TIMEOUT_MS = 300_000;

test.each(SEEDS)(
  'seed %i: nothing acknowledged is lost, the book balances, what was driven is billed',
  async (seed) => {
    const { failure } = await playAndKeep(scriptOf(seed));
    expect(failure).toBeNull();
  },
  TIMEOUT_MS,
);

test('what once failed does so no more', async () => {
  for (const { about, ...script } of keptFailures()) {
    const { broken } = await playScript(script);
    expect([about, broken]).toEqual([about, null]);
  }
});

test('the seeds see every feed and everything that may happen, and no two are alike', () => {
  const scripts = SEEDS.map(scriptOf);
  const feeds = new Set(SEEDS.flatMap((seed) => endurancePlan(seed).fleet.map(({ provider }) => provider)));
  expect([...feeds].toSorted()).toEqual([...simulatedFeeds].toSorted());
  const times = new Map<string, number>();
  for (const { do: what } of scripts.flatMap(({ steps }) => steps))
    times.set(what, (times.get(what) ?? 0) + 1);
  expect(times.size).toBe(16);
  expect(Math.min(...times.values())).toBeGreaterThan(20);
  expect(new Set(scripts.map(({ steps }) => JSON.stringify(steps))).size).toBe(SEEDS.length);
});

test('the same script comes to the same', async () => {
  const [first, second] = [await playScript(scriptOf(3)), await playScript(scriptOf(3))];
  expect(second).toEqual(first);
  expect(first.vehicleDays).toBeGreaterThan(30);
  expect(first.packets).toBeGreaterThan(100);
});
