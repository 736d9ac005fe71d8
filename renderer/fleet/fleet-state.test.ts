import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MOTION,
  NO_POSITION_E7,
  newFeedFrame,
  readFeedFrame,
  UNKNOWN_U16,
} from '../../core/protocol/feed-frame.ts';
import type { RosterEntry } from '../../core/protocol/link.ts';
import { createFleetState } from './fleet-state.ts';

const NOW_MS = 1_770_000_000_000;

const entry = (slot: number, registration: string): RosterEntry => ({
  slot,
  vehicle: `v${slot}`,
  registration,
  make: 'Tesla',
  model: 'Model 3',
  operator: 'City Taxis',
  provider: 'tesla-fleet-telemetry',
  staleAfterMs: 60_000,
  isClaimed: true,
});

interface Row {
  readonly slot: number;
  readonly latitudeE7?: number;
  readonly longitudeE7?: number;
  readonly receivedAtS?: number;
  readonly motion?: number;
}

function frameOf(rows: readonly Row[], sequence = 1) {
  const frame = newFeedFrame(rows.length, sequence, NOW_MS);
  rows.forEach((row, i) => {
    frame.slots[i] = row.slot;
    frame.latitudesE7[i] = row.latitudeE7 ?? 577_000_000;
    frame.longitudesE7[i] = row.longitudeE7 ?? 119_700_000;
    frame.receivedAtS[i] = row.receivedAtS ?? NOW_MS / 1_000;
    frame.headingsCentidegrees[i] = 9_000;
    frame.speedsDecikmh[i] = UNKNOWN_U16;
    frame.motions[i] = row.motion ?? MOTION.moving;
  });
  return readFeedFrame(frame.buffer);
}

test('a frame moves only the vehicles it names', () => {
  const fleet = createFleetState();
  fleet.applyFrame(frameOf([{ slot: 0 }, { slot: 1, latitudeE7: NO_POSITION_E7 }]));
  fleet.applyFrame(frameOf([{ slot: 0, latitudeE7: 577_100_000 }], 2));

  expect(fleet.latestAt(0)).toEqual({
    position: { latitudeDegrees: 57.71, longitudeDegrees: 11.97 },
    headingDegrees: 90,
    speedKmh: null,
    receivedAtMs: NOW_MS,
  });
  expect(fleet.latestAt(1).position).toBeNull();
  expect(fleet.latestAt(2)).toEqual({
    position: null,
    headingDegrees: null,
    speedKmh: null,
    receivedAtMs: null,
  });
  expect(fleet.framesSeen()).toBe(2);
});

test('a vehicle goes stale by its own limit, whatever it last said', () => {
  const fleet = createFleetState();
  fleet.replaceRoster([
    entry(0, 'AB12 CDE'),
    { ...entry(1, 'AB12 CDF'), staleAfterMs: 600_000 },
    entry(2, 'ZZ1'),
  ]);
  fleet.applyFrame(frameOf([{ slot: 0 }, { slot: 1, motion: MOTION.charging }]));

  expect([0, 1, 2].map((slot) => fleet.stateAt(slot, NOW_MS))).toEqual(['moving', 'charging', 'silent']);
  expect([0, 1, 2].map((slot) => fleet.stateAt(slot, NOW_MS + 60_001))).toEqual([
    'stale',
    'charging',
    'silent',
  ]);
  expect(fleet.countByState(NOW_MS + 60_001)).toEqual({
    moving: 0,
    stopped: 0,
    charging: 1,
    unknown: 0,
    stale: 1,
    silent: 1,
  });
});

test('the roster is listed by registration, numbers by value, and found by slot and by name', () => {
  const fleet = createFleetState();
  fleet.replaceRoster([entry(0, 'TAXI 10'), entry(1, 'TAXI 9'), entry(2, 'AB12 CDE')]);

  expect(fleet.roster().map((one) => one.registration)).toEqual(['AB12 CDE', 'TAXI 9', 'TAXI 10']);
  expect(fleet.entryAt(1)?.registration).toBe('TAXI 9');
  expect(fleet.entryOf('v0')?.registration).toBe('TAXI 10');
});

test('columns grow to any slot and lose nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20_000), { minLength: 1, maxLength: 30 }), (slots) => {
      const fleet = createFleetState();
      for (const slot of slots) fleet.applyFrame(frameOf([{ slot, latitudeE7: slot * 1_000 }]));
      const kept = slots.map((slot) => fleet.latestAt(slot).position?.latitudeDegrees);
      expect(kept).toEqual(slots.map((slot) => (slot * 1_000) / 1e7));
    }),
    { numRuns: 50 },
  );
});
