import { expect, test } from 'vitest';
import {
  MOTION,
  NO_POSITION_E7,
  newFeedFrame,
  readFeedFrame,
  UNKNOWN_U16,
} from '../../core/protocol/feed-frame.ts';
import { createFleetState } from '../fleet/fleet-state.ts';
import { degreesOf } from './mercator.ts';
import { countMovingDrawn, placeVehicles, redressVehicles } from './vehicle-feed.ts';
import { SYMBOL } from './vehicle-layer/symbols.ts';
import { createVehicleBuffer, FLOATS_PER_VEHICLE } from './vehicle-layer/vehicle-buffer.ts';

const NOW_MS = 1_770_000_000_000;
const MINUTE_MS = 60_000;

test('a frame becomes symbols, and silence turns them hollow', () => {
  const fleet = createFleetState();
  const buffer = createVehicleBuffer();
  const frame = newFeedFrame(3, 1, NOW_MS);
  [MOTION.moving, MOTION.charging, MOTION.moving].forEach((motion, i) => {
    frame.slots[i] = i;
    frame.latitudesE7[i] = i === 2 ? NO_POSITION_E7 : 577_000_000;
    frame.longitudesE7[i] = 119_700_000;
    frame.receivedAtS[i] = NOW_MS / 1_000;
    frame.headingsCentidegrees[i] = i === 0 ? 9_000 : UNKNOWN_U16;
    frame.motions[i] = motion;
  });
  const read = readFeedFrame(frame.buffer);
  fleet.applyFrame(read);
  placeVehicles(read, fleet, buffer, { monotonicMs: 0, nowMs: NOW_MS });
  const look = (slot: number) => [
    ...buffer.data().subarray(slot * FLOATS_PER_VEHICLE + 6, (slot + 1) * FLOATS_PER_VEHICLE),
  ];

  expect(look(0)).toEqual([Math.fround(Math.PI / 2), SYMBOL.arrow]);
  expect(look(1)[1]).toBe(SYMBOL.square);
  expect(buffer.placed()).toBe(2);
  expect(buffer.positionAt(2, 0)).toBeNull();
  const at = degreesOf(buffer.positionAt(0, 0) ?? { x: 0, y: 0 });
  expect(at.latitudeDegrees).toBeCloseTo(57.7, 9);
  expect(countMovingDrawn(fleet, buffer, { monotonicMs: 0, nowMs: NOW_MS })).toBe(1);

  redressVehicles(fleet, buffer, NOW_MS + 3 * MINUTE_MS);
  expect(look(0)).toEqual([Math.fround(Math.PI / 2), SYMBOL.ring]);
  expect(countMovingDrawn(fleet, buffer, { monotonicMs: 0, nowMs: NOW_MS + 3 * MINUTE_MS })).toBe(0);
});
