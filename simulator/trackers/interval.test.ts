import { expect, test } from 'vitest';
import { aTrackerView } from '../stand-in/a-tracker-view.ts';
import { fitTracker } from './fit-tracker.ts';
import { intervalMs, isIntervalOver } from './interval.ts';
import { simulatedFeeds } from './simulated-feed.ts';
import { DEMO_PACE } from './tracker.ts';

const jittery = { ...DEMO_PACE, jitterPercent: 50 };

test('without jitter an interval is what it says; with it, it lies within it, differently each time', () => {
  expect(intervalMs(10, DEMO_PACE, 'v-1', 0)).toBe(10_000);
  const drawn = Array.from({ length: 1_000 }, (_, i) => intervalMs(10, jittery, 'v-1', i));
  expect([Math.min(...drawn) >= 5_000, Math.max(...drawn) <= 15_000]).toEqual([true, true]);
  expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(9_000);
  expect(intervalMs(10, jittery, 'v-1', 7)).toBe(drawn[7]);
  expect(intervalMs(10, jittery, 'v-2', 7)).not.toBe(drawn[7]);
  const longer = Array.from({ length: 1_000 }, (_, i) => intervalMs(10, jittery, 'v-1', i, 'longer'));
  expect([Math.min(...longer) >= 10_000, Math.max(...longer) <= 15_000]).toEqual([true, true]);
});

test('a driving tracker of any feed speaks less evenly with jitter, and about as often', () => {
  const { atMs } = aTrackerView();
  for (const provider of simulatedFeeds) {
    const gaps = (pace: typeof DEMO_PACE): Set<number> => {
      const tracker = fitTracker({ provider, device: '356000000000009' }, { ...pace, teltonikaSeconds: 10 });
      const spoke = Array.from({ length: 1_200 }, (_, second) => second).filter((second) => {
        const state = {
          atMs: atMs + second * 1_000,
          odometerMm: 1e9 + second * 2e7,
          headingDegrees: second % 360,
        };
        return tracker.report(aTrackerView(state), 'due').some(({ odometer }) => odometer !== null);
      });
      return new Set(spoke.slice(1).map((second, i) => second - (spoke[i] ?? 0)));
    };
    expect(gaps(DEMO_PACE).size).toBe(1);
    expect(gaps(jittery).size).toBeGreaterThan(2);
  }
});

test('whether an interval is over is what its length says, at every silence', () => {
  for (const jitterPercent of [0, 10, 100]) {
    const pace = { ...DEMO_PACE, jitterPercent };
    for (const direction of ['either', 'longer'] as const) {
      const lengthMs = intervalMs(10, pace, 'v-1', 5, direction);
      const over = [0, 5_000, 9_000, lengthMs - 1, lengthMs, 11_500, 25_000].map((silentMs) => [
        silentMs >= lengthMs,
        isIntervalOver(silentMs, 10, pace, 'v-1', 5, direction),
      ]);
      expect(over.filter(([expected, said]) => expected !== said)).toEqual([]);
    }
  }
});
