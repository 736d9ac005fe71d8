import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../base/assert.ts';
import type { BenchRun } from './bench-outcome.ts';
import { inScratchFolder } from './scratch-folder.ts';
import type { Round } from './verdict.ts';

const ROUNDS = 3;
const SIMULATOR = 'simulator/cli/fleet-sim.js';
/** The bundles lie in `out/bench/run-…`. */
const CITY_PACKS = '../../city-packs';
const SMALL_FLEET = 50;
const TIMES_LARGER = 10;
const DAY_SECONDS = 86_400;
const OUTPUT_BYTES_MAX = 64 * 1_048_576;
const DAY_FLEET = 10_000;

/** A fifth of a fleet each: two that drive all day, two that drive at times, one that stands. */
const PATTERNS = ['taxi', 'parcel', 'bus', 'poolcar', 'parked'] as const;
const VENDORS = '{ tesla-fleet-telemetry: 34%, teltonika-mqtt-json: 33%, renault-kamereon: 33% }';

/** Says on standard error, when the program ends, what it used. */
const TELL_USAGE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write(`\\nprocessor ${user+system}\\n`)})',
)}`;

/**
 * A simulated day into a trace, as `fleet-sim generate` writes it: processor time a vehicle-second of a fleet, beside that
 * of a fleet a tenth as large. What starting the program costs is measured by a fleet of next to nothing, and taken off.
 */
export async function benchSimulateDay(): Promise<BenchRun> {
  if (!existsSync(path.resolve(CITY_PACKS, 'gothenburg', 'pack.json')))
    return { skipped: 'there is no city pack: npm run city-packs builds them' };
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = await processorMicroseconds(PATTERNS.length);
    const costOf = async (vehicles: number): Promise<number> =>
      ((await processorMicroseconds(vehicles)) - start) / ((vehicles - PATTERNS.length) * DAY_SECONDS);
    rounds.push({ floor: await costOf(SMALL_FLEET), product: await costOf(SMALL_FLEET * TIMES_LARGER) });
  }
  const cheapest = Math.min(...rounds.map(({ product }) => product));
  return {
    rounds,
    notes: [
      `${Math.round(1e6 / cheapest).toLocaleString('en-GB')} vehicle-seconds a second of one core, trackers and trace included`,
      `a day of ${DAY_FLEET.toLocaleString('en-GB')} vehicles is ${Math.round((cheapest * DAY_FLEET * DAY_SECONDS) / 60e6)} minutes of one core`,
    ],
  };
}

function processorMicroseconds(vehicles: number): Promise<number> {
  return inScratchFolder(async (folder) => {
    const scenario = path.join(folder, 'day.yaml');
    writeFileSync(scenario, scenarioOf(vehicles));
    const complaints = await generated(scenario, path.join(folder, 'trace.jsonl'));
    const used = /processor (\d+)/.exec(complaints)?.[1];
    return Number(must(used, () => `the simulator did not say what it used: ${complaints}`));
  });
}

function scenarioOf(vehicles: number): string {
  const fleets = PATTERNS.map(
    (pattern) => `
  - id: ${pattern}
    operator: ${pattern}
    contract: { currency: GBP, ratePencePerMile: 30 }
    vehicles: ${vehicles / PATTERNS.length}
    vendors: ${VENDORS}
    pattern: ${pattern}
    reporting: { movingSeconds: 10, stoppedSeconds: 300, heartbeatSeconds: 3600, jitterPercent: 10 }`,
  );
  return `version: 1
name: simulate-day
seed: 23423
clock: { start: 2026-03-02T23:00:00Z, durationHours: 24, speed: max }
area: { name: gothenburg, timeZone: Europe/Stockholm }
fleets:${fleets.join('')}
`;
}

/** Runs the program to its end and gives what it said on standard error. */
function generated(scenario: string, trace: string): Promise<string> {
  const packs = path.resolve(CITY_PACKS);
  const args = ['generate', '-f', scenario, '-o', trace, '--packs', packs];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', TELL_USAGE, path.resolve(SIMULATOR), ...args],
      { maxBuffer: OUTPUT_BYTES_MAX },
      (error, _, complaints) => (error === null ? resolve(complaints) : reject(new Error(complaints))),
    );
  });
}
