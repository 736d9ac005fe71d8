import v8 from 'node:v8';
import { takeChanges } from '../../fold/take-changes.ts';
import type { World } from '../../fold/world.ts';
import { benchFleet, type BenchVehicle } from './bench-fleet.ts';
import { MONTH_START, moneyBook } from './money-book.ts';
import { applyNext, packetAt, processorMicroseconds, worldOf } from './money-fold.ts';
import { usePlatformText } from '../../process/platform-text.ts';

/** What a fleet takes after a month, in bytes for all of its vehicles; what was there before it is taken off. */
export interface MemoryFound {
  readonly vehicles: number;
  readonly readingsAVehicle: number;
  /** Objects and columns, after the garbage is gone. */
  readonly heldBytes: number;
  readonly residentBytes: number;
  readonly snapshotBytes: number;
  /** Processor time of one reading that comes weeks late, as a packet. */
  readonly lateMicroseconds: number;
}

const DAYS = 30;
const READINGS_A_DAY = 24;
const HOUR_MS = 3_600_000;
const HOUR_METRES = 2_500;
const VEHICLES_A_CONTRACT = 200;
const LATE_READINGS_MAX = 1_000;
const FIRST_MS = Date.parse(`${MONTH_START}T00:30:00Z`);

/** `money-memory.js VEHICLES`, with `--expose-gc`: a month of readings, packet by packet, and one JSON object of what it took. */
usePlatformText();
process.stdout.write(`${JSON.stringify(fillAndMeasure(Number(process.argv[2])))}\n`);

function fillAndMeasure(vehicles: number): MemoryFound {
  const fleet = benchFleet(vehicles, () => 'teltonika-mqtt-json');
  const before = memory();
  const contracts = Math.ceil(vehicles / VEHICLES_A_CONTRACT);
  const world = worldOf(moneyBook(fleet, { contracts, terms: ['tiers'], isAssigned: true }), FIRST_MS);
  driveMonth(world, fleet);
  const after = memory();
  const lateMicroseconds = lateReading(world, fleet);
  return {
    vehicles,
    readingsAVehicle: DAYS * READINGS_A_DAY,
    heldBytes: after.heldBytes - before.heldBytes,
    residentBytes: after.residentBytes - before.residentBytes,
    snapshotBytes: v8.serialize(world).length,
    lateMicroseconds,
  };
}

function memory(): { readonly heldBytes: number; readonly residentBytes: number } {
  // Twice: what the first one finalises, the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heldBytes: heapUsed + external, residentBytes: rss };
}

function driveMonth(world: World, fleet: readonly BenchVehicle[]): void {
  for (let hour = 1; hour <= DAYS * READINGS_A_DAY; hour += 1) {
    const atMs = FIRST_MS + hour * HOUR_MS;
    for (const vehicle of fleet) applyNext(world, atMs, packetAt(vehicle, atMs, hour * HOUR_METRES));
    takeChanges(world);
  }
}

/** A vehicle at a time, each says where its odometer stood between two hours of the third day. */
function lateReading(world: World, fleet: readonly BenchVehicle[]): number {
  const late = fleet.slice(0, LATE_READINGS_MAX);
  const hours = 2 * READINGS_A_DAY + 12.5;
  const { clockMs } = world;
  const acceptedBefore = world.counts.byStatus['accepted'] ?? 0;
  const microseconds = processorMicroseconds(() => {
    for (const vehicle of late)
      applyNext(world, clockMs, packetAt(vehicle, FIRST_MS + hours * HOUR_MS, hours * HOUR_METRES + 100));
  });
  const accepted = (world.counts.byStatus['accepted'] ?? 0) - acceptedBefore;
  if (accepted !== late.length) throw new Error(`${accepted} of ${late.length} late readings were accepted`);
  return microseconds / late.length;
}
