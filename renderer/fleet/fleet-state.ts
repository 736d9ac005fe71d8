import { type FeedFrame, NO_POSITION_E7, UNKNOWN_U16 } from '../../core/protocol/feed-frame.ts';
import type { RosterEntry } from '../../core/protocol/link.ts';
import { type VehicleState, vehicleStateOf } from './vehicle-state.ts';

/**
 * The latest of every vehicle, a slot each, in columns that position frames write straight into. It is deliberately
 * no React state: a thousand vehicles reporting each second must not render a thousand components. Screens read it
 * once a second, the map layer on every frame.
 */
export interface FleetState {
  /** The roster in order of registration; a new array whenever it changed. */
  readonly roster: () => readonly RosterEntry[];
  readonly entryAt: (slot: number) => RosterEntry | undefined;
  readonly entryOf: (vehicle: string) => RosterEntry | undefined;
  readonly replaceRoster: (entries: readonly RosterEntry[]) => void;
  readonly applyFrame: (frame: FeedFrame) => void;
  readonly latestAt: (slot: number) => Latest;
  readonly stateAt: (slot: number, nowMs: number) => VehicleState;
  /** How many vehicles of the roster are in each state. */
  readonly countByState: (nowMs: number) => Record<VehicleState, number>;
  readonly framesSeen: () => number;
}

/** What a slot last said; a value never reported is null. */
export interface Latest {
  readonly position: { readonly latitudeDegrees: number; readonly longitudeDegrees: number } | null;
  readonly headingDegrees: number | null;
  readonly speedKmh: number | null;
  /** When the core last heard from it, epoch ms at a whole second; null for never. */
  readonly receivedAtMs: number | null;
}

interface Columns {
  readonly latitudesE7: Int32Array;
  readonly longitudesE7: Int32Array;
  readonly receivedAtS: Uint32Array;
  readonly headingsCentidegrees: Uint16Array;
  readonly speedsDecikmh: Uint16Array;
  readonly motions: Uint8Array;
}

const FIRST_CAPACITY = 1_024;
/** Until the roster names a vehicle's own limit. */
const STALE_AFTER_MS = 120_000;

/** An empty fleet. */
export function createFleetState(): FleetState {
  let columns = emptyColumns(FIRST_CAPACITY);
  let roster: readonly RosterEntry[] = [];
  let bySlot: (RosterEntry | undefined)[] = [];
  let byVehicle = new Map<string, RosterEntry>();
  let frames = 0;

  const stateAt = (slot: number, nowMs: number): VehicleState => {
    const receivedAtMs = (columns.receivedAtS[slot] ?? 0) * 1_000;
    return vehicleStateOf(
      columns.motions[slot] ?? 0,
      receivedAtMs,
      bySlot[slot]?.staleAfterMs ?? STALE_AFTER_MS,
      nowMs,
    );
  };
  return {
    roster: () => roster,
    entryAt: (slot) => bySlot[slot],
    entryOf: (vehicle) => byVehicle.get(vehicle),
    replaceRoster: (entries) => {
      roster = entries.toSorted((a, b) =>
        a.registration.localeCompare(b.registration, 'en-GB', { numeric: true }),
      );
      bySlot = [];
      for (const entry of entries) bySlot[entry.slot] = entry;
      byVehicle = new Map(entries.map((entry) => [entry.vehicle, entry]));
    },
    applyFrame: (frame) => {
      frames += 1;
      columns = withRoomFor(columns, highestSlot(frame) + 1);
      copyFrame(columns, frame);
    },
    latestAt: (slot) => latestOf(columns, slot),
    stateAt,
    countByState: (nowMs) => {
      const counts = { moving: 0, stopped: 0, charging: 0, unknown: 0, stale: 0, silent: 0 };
      for (const { slot } of roster) counts[stateAt(slot, nowMs)] += 1;
      return counts;
    },
    framesSeen: () => frames,
  };
}

function emptyColumns(capacity: number): Columns {
  return {
    latitudesE7: new Int32Array(capacity).fill(NO_POSITION_E7),
    longitudesE7: new Int32Array(capacity),
    receivedAtS: new Uint32Array(capacity),
    headingsCentidegrees: new Uint16Array(capacity).fill(UNKNOWN_U16),
    speedsDecikmh: new Uint16Array(capacity).fill(UNKNOWN_U16),
    motions: new Uint8Array(capacity),
  };
}

function withRoomFor(columns: Columns, slots: number): Columns {
  let capacity = columns.motions.length;
  if (slots <= capacity) return columns;
  while (capacity < slots) capacity *= 2;
  const grown = emptyColumns(capacity);
  grown.latitudesE7.set(columns.latitudesE7);
  grown.longitudesE7.set(columns.longitudesE7);
  grown.receivedAtS.set(columns.receivedAtS);
  grown.headingsCentidegrees.set(columns.headingsCentidegrees);
  grown.speedsDecikmh.set(columns.speedsDecikmh);
  grown.motions.set(columns.motions);
  return grown;
}

function highestSlot(frame: FeedFrame): number {
  let highest = -1;
  for (const slot of frame.slots) if (slot > highest) highest = slot;
  return highest;
}

function copyFrame(columns: Columns, frame: FeedFrame): void {
  for (let row = 0; row < frame.count; row += 1) {
    const slot = frame.slots[row] ?? 0;
    columns.latitudesE7[slot] = frame.latitudesE7[row] ?? NO_POSITION_E7;
    columns.longitudesE7[slot] = frame.longitudesE7[row] ?? 0;
    columns.receivedAtS[slot] = frame.receivedAtS[row] ?? 0;
    columns.headingsCentidegrees[slot] = frame.headingsCentidegrees[row] ?? UNKNOWN_U16;
    columns.speedsDecikmh[slot] = frame.speedsDecikmh[row] ?? UNKNOWN_U16;
    columns.motions[slot] = frame.motions[row] ?? 0;
  }
}

function latestOf(columns: Columns, slot: number): Latest {
  const latitudeE7 = columns.latitudesE7[slot] ?? NO_POSITION_E7;
  const heading = columns.headingsCentidegrees[slot] ?? UNKNOWN_U16;
  const speed = columns.speedsDecikmh[slot] ?? UNKNOWN_U16;
  const receivedAtS = columns.receivedAtS[slot] ?? 0;
  return {
    position:
      latitudeE7 === NO_POSITION_E7
        ? null
        : { latitudeDegrees: latitudeE7 / 1e7, longitudeDegrees: (columns.longitudesE7[slot] ?? 0) / 1e7 },
    headingDegrees: heading === UNKNOWN_U16 ? null : heading / 100,
    speedKmh: speed === UNKNOWN_U16 ? null : speed / 10,
    receivedAtMs: receivedAtS === 0 ? null : receivedAtS * 1_000,
  };
}
