import { assert } from '../base/assert.ts';
import { MOTION, newFeedFrame, NO_POSITION_E7, UNKNOWN_U16 } from '../protocol/feed-frame.ts';
import type { Reading } from '../tracker/reading.ts';

/**
 * The latest of everything a map draws, a vehicle a slot, a property a column. A slot is never given to another
 * vehicle. `changedAt` holds the fleet's change counter at the slot's last change, so that every window can be told
 * just what it has not seen.
 */
export interface Fleet {
  count: number;
  changeCounter: number;
  latitudesE7: Int32Array;
  longitudesE7: Int32Array;
  receivedAtS: Uint32Array;
  headingsCentidegrees: Uint16Array;
  speedsDecikmh: Uint16Array;
  motions: Uint8Array;
  changedAt: Float64Array;
}

const CAPACITY_AT_FIRST = 256;
/** Below this a vehicle is standing: receivers report up to about 1 km/h while parked. */
const MOVING_ABOVE_KMH = 2;
/** A feed without speed: a new fix this far from the last one means it moved (receivers wander some 8 m). */
const MOVED_METRES = 25;
const METRES_PER_DEGREE = 111_320;

export function newFleet(): Fleet {
  return {
    count: 0,
    changeCounter: 0,
    latitudesE7: new Int32Array(CAPACITY_AT_FIRST),
    longitudesE7: new Int32Array(CAPACITY_AT_FIRST),
    receivedAtS: new Uint32Array(CAPACITY_AT_FIRST),
    headingsCentidegrees: new Uint16Array(CAPACITY_AT_FIRST),
    speedsDecikmh: new Uint16Array(CAPACITY_AT_FIRST),
    motions: new Uint8Array(CAPACITY_AT_FIRST),
    changedAt: new Float64Array(CAPACITY_AT_FIRST),
  };
}

/** A slot for one more vehicle, known by name and not heard from yet. */
export function addSlot(fleet: Fleet): number {
  const slot = fleet.count;
  if (slot === fleet.motions.length) growFleet(fleet);
  fleet.latitudesE7[slot] = NO_POSITION_E7;
  fleet.headingsCentidegrees[slot] = UNKNOWN_U16;
  fleet.speedsDecikmh[slot] = UNKNOWN_U16;
  fleet.motions[slot] = MOTION.unknown;
  fleet.count += 1;
  return slot;
}

/** Takes a slot off the map; its vehicle may come back to it. */
export function hideSlot(fleet: Fleet, slot: number): void {
  assert(slot < fleet.count, () => `no vehicle in slot ${slot}`);
  fleet.latitudesE7[slot] = NO_POSITION_E7;
  fleet.motions[slot] = MOTION.unknown;
  fleet.changeCounter += 1;
  fleet.changedAt[slot] = fleet.changeCounter;
}

function growFleet(fleet: Fleet): void {
  const capacity = fleet.motions.length * 2;
  const copyInto = <T extends { set(from: T): void }>(wider: T, column: T): T => {
    wider.set(column);
    return wider;
  };
  fleet.latitudesE7 = copyInto(new Int32Array(capacity), fleet.latitudesE7);
  fleet.longitudesE7 = copyInto(new Int32Array(capacity), fleet.longitudesE7);
  fleet.receivedAtS = copyInto(new Uint32Array(capacity), fleet.receivedAtS);
  fleet.headingsCentidegrees = copyInto(new Uint16Array(capacity), fleet.headingsCentidegrees);
  fleet.speedsDecikmh = copyInto(new Uint16Array(capacity), fleet.speedsDecikmh);
  fleet.motions = copyInto(new Uint8Array(capacity), fleet.motions);
  fleet.changedAt = copyInto(new Float64Array(capacity), fleet.changedAt);
}

/** Takes in what a reading says of place and motion. */
export function updateSlot(fleet: Fleet, slot: number, reading: Reading, receivedAtMs: number): void {
  assert(slot < fleet.count, () => `no vehicle in slot ${slot}`);
  const moved = takePosition(fleet, slot, reading);
  if (reading.headingDegrees !== undefined) {
    fleet.headingsCentidegrees[slot] =
      Math.round((((reading.headingDegrees % 360) + 360) % 360) * 100) % 36_000;
  }
  if (reading.speedKmh !== undefined)
    fleet.speedsDecikmh[slot] = Math.min(Math.round(reading.speedKmh * 10), 65_534);
  fleet.motions[slot] = motionAfter(fleet, slot, reading, moved);
  fleet.receivedAtS[slot] = Math.floor(receivedAtMs / 1_000);
  fleet.changeCounter += 1;
  fleet.changedAt[slot] = fleet.changeCounter;
}

/** Whether the new fix lies clearly away from the last one; null when there is no new fix. */
function takePosition(fleet: Fleet, slot: number, reading: Reading): boolean | null {
  if (reading.latitudeDegrees === undefined || reading.longitudeDegrees === undefined) return null;
  const oldLatitudeE7 = fleet.latitudesE7[slot] ?? NO_POSITION_E7;
  const oldLongitudeE7 = fleet.longitudesE7[slot] ?? 0;
  fleet.latitudesE7[slot] = Math.round(reading.latitudeDegrees * 1e7);
  fleet.longitudesE7[slot] = Math.round(reading.longitudeDegrees * 1e7);
  if (oldLatitudeE7 === NO_POSITION_E7) return false;
  const northMetres = (reading.latitudeDegrees - oldLatitudeE7 / 1e7) * METRES_PER_DEGREE;
  const perLongitude = METRES_PER_DEGREE * Math.cos((reading.latitudeDegrees * Math.PI) / 180);
  const eastMetres = (reading.longitudeDegrees - oldLongitudeE7 / 1e7) * perLongitude;
  const hasMoved = northMetres ** 2 + eastMetres ** 2 > MOVED_METRES ** 2;
  if (hasMoved && reading.headingDegrees === undefined) {
    const bearing = (Math.atan2(eastMetres, northMetres) * 180) / Math.PI;
    fleet.headingsCentidegrees[slot] = Math.round(((bearing + 360) % 360) * 100) % 36_000;
  }
  return hasMoved;
}

function motionAfter(fleet: Fleet, slot: number, reading: Reading, moved: boolean | null): number {
  if (reading.isCharging === true) return MOTION.charging;
  const was = fleet.motions[slot] ?? MOTION.unknown;
  if (reading.speedKmh !== undefined)
    return reading.speedKmh > MOVING_ABOVE_KMH ? MOTION.moving : MOTION.stopped;
  const reportsSpeed = fleet.speedsDecikmh[slot] !== UNKNOWN_U16;
  if (moved !== null && !reportsSpeed) return moved ? MOTION.moving : MOTION.stopped;
  if (was === MOTION.charging && reading.isCharging === false) return MOTION.stopped;
  return was;
}

/** A frame of every slot that changed after `sinceChange`; null when there is nothing new. */
export function frameSince(
  fleet: Fleet,
  sinceChange: number,
  sequence: number,
  clockMs: number,
): { readonly buffer: ArrayBuffer; readonly upToChange: number } | null {
  if (fleet.changeCounter === sinceChange) return null;
  const slots = slotsChangedSince(fleet, sinceChange);
  const frame = newFeedFrame(slots.length, sequence, clockMs);
  frame.slots.set(slots);
  gather(frame.latitudesE7, fleet.latitudesE7, slots, fleet.count);
  gather(frame.longitudesE7, fleet.longitudesE7, slots, fleet.count);
  gather(frame.receivedAtS, fleet.receivedAtS, slots, fleet.count);
  gather(frame.headingsCentidegrees, fleet.headingsCentidegrees, slots, fleet.count);
  gather(frame.speedsDecikmh, fleet.speedsDecikmh, slots, fleet.count);
  gather(frame.motions, fleet.motions, slots, fleet.count);
  return { buffer: frame.buffer, upToChange: fleet.changeCounter };
}

function slotsChangedSince({ changedAt, count }: Fleet, sinceChange: number): Uint32Array {
  const slots = new Uint32Array(count);
  let changed = 0;
  for (let slot = 0; slot < count; slot += 1) {
    if ((changedAt[slot] ?? 0) <= sinceChange) continue;
    slots[changed] = slot;
    changed += 1;
  }
  return slots.subarray(0, changed);
}

type Column = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A column at a time keeps the loop in one stretch of memory; a new window, which is told of every slot, gets a copy. */
function gather(into: Column, column: Column, slots: Uint32Array, count: number): void {
  if (slots.length === count) {
    into.set(column.subarray(0, count));
    return;
  }
  for (let i = 0; i < slots.length; i += 1) into[i] = column[slots[i] ?? 0] ?? 0;
}

/** How many vehicles are on the move. */
export function countMoving(fleet: Fleet): number {
  let moving = 0;
  for (let slot = 0; slot < fleet.count; slot += 1) if (fleet.motions[slot] === MOTION.moving) moving += 1;
  return moving;
}
