import type { MercatorPoint } from '../mercator.ts';
import { type Glide, glideTo, intervalOf, positionAt } from './glide.ts';

/**
 * The vehicles as the graphics card reads them: FLOATS_PER_VEHICLE numbers a slot, positions as offsets from an anchor
 * near the view. Beside them the exact positions, because 32-bit floats are good to millimetres only near the anchor.
 * Row: from x, from y, to x, to y, start s, duration s, heading radians, symbol (-1: not drawn).
 */
export interface VehicleBuffer {
  /** Rows in use; a slot that has no position yet is a row that draws nothing. */
  readonly rows: () => number;
  readonly data: () => Float32Array;
  /** A position came in. The same position again is no movement and leaves a glide alone. */
  readonly place: (slot: number, to: MercatorPoint, nowMs: number) => void;
  /** Heading in degrees (null keeps the last one) and symbol number of a slot. */
  readonly dress: (slot: number, headingDegrees: number | null, symbol: number) => void;
  readonly positionAt: (slot: number, nowMs: number) => MercatorPoint | null;
  /** Runs of rows written since the last call, as [first, end): what must go to the card. */
  readonly takeDirtyRuns: () => [number, number][];
  /** Everything anew around another anchor and another zero of time; the whole buffer is dirty then. */
  readonly reanchor: (anchor: MercatorPoint, epochMs: number) => void;
  readonly anchor: () => MercatorPoint;
  readonly epochMs: () => number;
  /** Glides still under way, for whoever decides when to draw again. */
  readonly gliding: (nowMs: number) => Iterable<Glide>;
  /** How many slots have a position. */
  readonly placed: () => number;
  /** The placed slot nearest to a point, within a distance; null when there is none. */
  readonly nearest: (point: MercatorPoint, within: number, nowMs: number) => number | null;
  /** Symbols jump instead of gliding: for people who asked the system for less motion. */
  readonly setStill: (isStill: boolean) => void;
}

export const FLOATS_PER_VEHICLE = 8;
/** Dirty rows this near to each other go up in one call: a call costs more than a few rows. */
const RUN_GAP_ROWS = 16;
const NOT_DRAWN = -1;
const FIRST_ROWS = 1_024;

interface Slot {
  glide: Glide;
  movedAtMs: number;
  previousGapMs: number | null;
}

/** An empty buffer around the middle of the map. */
export function createVehicleBuffer(): VehicleBuffer {
  let data = new Float32Array(FIRST_ROWS * FLOATS_PER_VEHICLE).fill(NOT_DRAWN);
  let anchor: MercatorPoint = { x: 0.5, y: 0.5 };
  let epochMs = 0;
  let isStill = false;
  let placed = 0;
  const slots: (Slot | undefined)[] = [];
  const dirty = new Set<number>();

  const writeGlide = (slot: number, { from, to, startMs, durationMs }: Glide): void => {
    const path = [from.x - anchor.x, from.y - anchor.y, to.x - anchor.x, to.y - anchor.y];
    data.set([...path, (startMs - epochMs) / 1_000, durationMs / 1_000], slot * FLOATS_PER_VEHICLE);
    dirty.add(slot);
  };

  return {
    rows: () => slots.length,
    data: () => data,
    place: (slot, to, nowMs) => {
      data = withRoomFor(data, slot);
      const before = slots[slot];
      if (before !== undefined && before.glide.to.x === to.x && before.glide.to.y === to.y) return;
      if (before === undefined) placed += 1;
      const next = moved(before, to, nowMs, isStill);
      slots[slot] = next;
      writeGlide(slot, next.glide);
    },
    dress: (slot, headingDegrees, symbol) => {
      data = withRoomFor(data, slot);
      const row = data.subarray(slot * FLOATS_PER_VEHICLE);
      const heading = headingDegrees === null ? (row[6] ?? 0) : Math.fround((headingDegrees * Math.PI) / 180);
      const drawn = slots[slot] === undefined ? NOT_DRAWN : symbol;
      if (row[6] === heading && row[7] === drawn) return;
      row.set([heading, drawn], 6);
      dirty.add(slot);
    },
    positionAt: (slot, nowMs) => {
      const one = slots[slot];
      return one === undefined ? null : positionAt(one.glide, nowMs);
    },
    takeDirtyRuns: () => {
      const runs = runsOf([...dirty].toSorted((a, b) => a - b));
      dirty.clear();
      return runs;
    },
    reanchor: (nextAnchor, nextEpochMs) => {
      anchor = nextAnchor;
      epochMs = nextEpochMs;
      slots.forEach((one, slot) => {
        if (one !== undefined) writeGlide(slot, one.glide);
      });
    },
    anchor: () => anchor,
    epochMs: () => epochMs,
    *gliding(nowMs) {
      for (const one of slots) {
        if (one !== undefined && nowMs < one.glide.startMs + one.glide.durationMs) yield one.glide;
      }
    },
    placed: () => placed,
    nearest: (point, within, nowMs) => nearestSlot(slots, point, within, nowMs),
    setStill: (next) => {
      isStill = next;
    },
  };
}

/** The same rows when they reach the slot, otherwise a copy with twice the room or more. */
function withRoomFor(data: Float32Array<ArrayBuffer>, slot: number): Float32Array<ArrayBuffer> {
  if ((slot + 1) * FLOATS_PER_VEHICLE <= data.length) return data;
  const grown = new Float32Array(2 ** Math.ceil(Math.log2(slot + 1)) * FLOATS_PER_VEHICLE).fill(NOT_DRAWN);
  grown.set(data);
  return grown;
}

function moved(before: Slot | undefined, to: MercatorPoint, nowMs: number, isStill: boolean): Slot {
  const standing: Glide = { from: to, to, startMs: nowMs, durationMs: 0 };
  if (before === undefined) return { glide: standing, movedAtMs: nowMs, previousGapMs: null };
  const gapMs = nowMs - before.movedAtMs;
  const from = positionAt(before.glide, nowMs);
  const intervalMs = intervalOf(gapMs, before.previousGapMs);
  return {
    glide: isStill ? standing : glideTo(from, to, nowMs, gapMs, intervalMs),
    movedAtMs: nowMs,
    previousGapMs: gapMs,
  };
}

function runsOf(sorted: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const row of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && row - last[1] < RUN_GAP_ROWS) last[1] = row + 1;
    else runs.push([row, row + 1]);
  }
  return runs;
}

function nearestSlot(
  slots: readonly (Slot | undefined)[],
  point: MercatorPoint,
  within: number,
  nowMs: number,
): number | null {
  let best: number | null = null;
  let bestDistance = within;
  slots.forEach((one, slot) => {
    if (one === undefined) return;
    const at = positionAt(one.glide, nowMs);
    const distance = Math.hypot(at.x - point.x, at.y - point.y);
    if (distance > bestDistance) return;
    best = slot;
    bestDistance = distance;
  });
  return best;
}
