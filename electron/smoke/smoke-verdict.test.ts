import { describe, expect, test } from 'vitest';
import { findSmokeFaults, type SmokeReport } from './smoke-verdict.ts';

const good: SmokeReport = {
  packets: { received: 107, decoded: 100, refused: { 'not-json': 3 }, duplicate: 4, acknowledged: 107 },
  readings: {
    decoded: 60,
    accepted: 50,
    superseded: 1,
    jitter: 2,
    repeat: 3,
    quarantined: { 'odometer-fell': 3 },
    unclaimed: 1,
  },
  journal: { records: 120, bytes: 9_000 },
  vehicles: 250,
  tenths: 412,
  pence: 1_236,
  window: { drawn: 250, moving: 190, miles: 41.2, pence: 1_236, frames: 300 },
  secondsToFirstVehicle: 1.4,
  secondsToLastVehicle: 3.8,
};

describe('a smoke run', () => {
  test('is good when something came through every stage and the counts close', () => {
    expect(findSmokeFaults(good)).toEqual([]);
  });

  test('names every stage that carried nothing', () => {
    const dark = { ...good, pence: 0, window: { drawn: 250, moving: 0, miles: 0, pence: 0, frames: 12 } };
    expect(findSmokeFaults(dark)).toEqual([
      'price: pence: nothing came through',
      'window: vehicles moving: nothing came through',
      'window: miles: nothing came through',
      'window: pence: nothing came through',
    ]);
  });

  test('says which counts do not close, and by how much', () => {
    const leaking = {
      ...good,
      packets: { ...good.packets, received: 108 },
      readings: { ...good.readings, unclaimed: 0 },
    };
    expect(findSmokeFaults(leaking)).toEqual([
      'packets do not close: 108 received, 107 accounted for',
      'readings do not close: 60 decoded, 59 accounted for',
    ]);
  });
});
