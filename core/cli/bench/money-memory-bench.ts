import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BenchRun } from './bench-outcome.ts';
import type { MemoryFound } from './money-memory.ts';

const SMALL_VEHICLES = 1_000;
const LARGE_VEHICLES = 20_000;
/** What somebody will ask for. */
const WANTED_VEHICLES = 100_000;
/** Four numbers of eight bytes, and three of one: status, source rank, place in a backlog. */
const BYTES_A_READING = 35;
const GIGABYTE = 1e9;

/** What a vehicle takes in memory and in a snapshot after a month of hourly readings, and what a late reading costs. */
export async function benchBillingMemory(): Promise<BenchRun> {
  const small = await measured(SMALL_VEHICLES);
  const large = await measured(LARGE_VEHICLES);
  return {
    rounds: [
      {
        floor: (large.readingsAVehicle * BYTES_A_READING) / 1_000,
        product: large.heldBytes / large.vehicles / 1_000,
      },
    ],
    notes: [describe(small), describe(large), describeWanted(large)],
  };
}

/** In a process of its own: memory that somebody else left behind is in no figure. */
async function measured(vehicles: number): Promise<MemoryFound> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    path.resolve('money-memory.js'),
    String(vehicles),
  ]);
  return JSON.parse(stdout) as MemoryFound;
}

function describe(found: MemoryFound): string {
  const { vehicles, readingsAVehicle, heldBytes, residentBytes, snapshotBytes, lateMicroseconds } = found;
  const each = (bytes: number): string => `${(bytes / vehicles / 1_000).toFixed(1)} KB`;
  return [
    `${vehicles.toLocaleString('en-GB')} vehicles of ${readingsAVehicle} readings: ${each(heldBytes)} a vehicle held`,
    `${each(residentBytes)} resident`,
    `${each(snapshotBytes)} in a snapshot`,
    `a reading four weeks late ${lateMicroseconds.toFixed(1)} µs`,
  ].join(', ');
}

function describeWanted({ vehicles, heldBytes, snapshotBytes }: MemoryFound): string {
  const gigabytes = (bytes: number): string => ((bytes / vehicles) * (WANTED_VEHICLES / GIGABYTE)).toFixed(1);
  const wanted = WANTED_VEHICLES.toLocaleString('en-GB');
  return `${wanted} vehicles would need ${gigabytes(heldBytes)} GB of memory, and a snapshot of ${gigabytes(snapshotBytes)} GB, for a month`;
}
