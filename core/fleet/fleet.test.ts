import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { MOTION, readFeedFrame, UNKNOWN_U16 } from '../protocol/feed-frame.ts';
import { addSlot, countMoving, frameSince, newFleet, updateSlot } from './fleet.ts';

const AT_MS = 1_772_442_000_000;
const reading = (more: object): Parameters<typeof updateSlot>[2] => ({
  device: 'D',
  observedAtMs: AT_MS,
  ...more,
});

test('a frame holds just the vehicles that changed since the one before', () => {
  const fleet = newFleet();
  for (let i = 0; i < 3; i += 1) addSlot(fleet);
  const here = { latitudeDegrees: 57.7012345, longitudeDegrees: -11.9, speedKmh: 42.3, headingDegrees: -90 };
  updateSlot(fleet, 0, reading(here), AT_MS);
  updateSlot(fleet, 2, reading({ speedKmh: 0 }), AT_MS + 1_000);
  const first = must(frameSince(fleet, 0, 7, AT_MS), 'two vehicles changed');
  const frame = readFeedFrame(first.buffer);
  expect(frame.sequence).toBe(7);
  expect(frame.clockMs).toBe(AT_MS);
  expect([...frame.slots]).toEqual([0, 2]);
  expect([...frame.latitudesE7]).toEqual([577_012_345, -2_147_483_648]);
  expect([...frame.longitudesE7]).toEqual([-119_000_000, 0]);
  expect([...frame.receivedAtS]).toEqual([1_772_442_000, 1_772_442_001]);
  expect([...frame.headingsCentidegrees]).toEqual([27_000, UNKNOWN_U16]);
  expect([...frame.speedsDecikmh]).toEqual([423, 0]);
  expect([...frame.motions]).toEqual([MOTION.moving, MOTION.stopped]);

  expect(frameSince(fleet, first.upToChange, 8, AT_MS)).toBeNull();
  updateSlot(fleet, 2, reading({ speedKmh: 30 }), AT_MS + 2_000);
  const second = readFeedFrame(must(frameSince(fleet, first.upToChange, 8, AT_MS), 'one changed').buffer);
  expect([...second.slots]).toEqual([2]);
  expect(countMoving(fleet)).toBe(2);
});

test('a feed without speed moves when its fix has clearly moved, and then points that way', () => {
  const fleet = newFleet();
  addSlot(fleet);
  const motions = [57.7, 57.700_05, 57.702, 57.702].map((latitudeDegrees) => {
    updateSlot(fleet, 0, reading({ latitudeDegrees, longitudeDegrees: 11.9 }), AT_MS);
    return fleet.motions[0];
  });
  expect(motions).toEqual([MOTION.stopped, MOTION.stopped, MOTION.moving, MOTION.stopped]);
  expect(fleet.headingsCentidegrees[0]).toBe(0);
});

test('charging is charging whatever the speed says', () => {
  const fleet = newFleet();
  addSlot(fleet);
  updateSlot(fleet, 0, reading({ isCharging: true }), AT_MS);
  expect(fleet.motions[0]).toBe(MOTION.charging);
  updateSlot(fleet, 0, reading({ isCharging: false }), AT_MS);
  expect(fleet.motions[0]).toBe(MOTION.stopped);
});

test('a fleet grows past its first columns without losing a vehicle', () => {
  const fleet = newFleet();
  for (let i = 0; i < 1_000; i += 1) {
    addSlot(fleet);
    updateSlot(fleet, i, reading({ latitudeDegrees: i / 100, longitudeDegrees: 1 }), AT_MS);
  }
  const frame = readFeedFrame(must(frameSince(fleet, 0, 0, AT_MS), 'all changed').buffer);
  expect(frame.count).toBe(1_000);
  expect(frame.latitudesE7[999]).toBe(99_900_000);
});
