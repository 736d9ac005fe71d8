import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchRun } from './bench-outcome.ts';
import { inTurns } from './verdict.ts';

const ROUNDS = 3;
const SEEDS = 40;

/** What `endurance.js --json` prints, as far as it is looked at. */
interface PlayedSeeds {
  readonly steps: number;
  readonly vehicleDays: number;
  readonly packets: number;
  readonly vehicleDaysACpuSecond: number;
}

const run = promisify(execFile);

/**
 * How fast simulated time passes under test: the same seeds in a process of their own, with the product and without. A
 * broken promise ends that process with an error, and breaks the bench.
 */
export async function benchEndurance(): Promise<BenchRun> {
  let played: PlayedSeeds | null = null;
  const rounds = await inTurns(
    ROUNDS,
    async () => (await playSeeds('--fleet-alone')).vehicleDaysACpuSecond,
    async () => {
      played = await playSeeds();
      return played.vehicleDaysACpuSecond;
    },
  );
  return { rounds, notes: played === null ? [] : [describe(played)] };
}

async function playSeeds(...options: readonly string[]): Promise<PlayedSeeds> {
  const program = ['endurance.js', '--seeds', String(SEEDS), '--json', ...options];
  const { stdout } = await run(process.execPath, program);
  return JSON.parse(stdout) as PlayedSeeds;
}

function describe({ steps, vehicleDays, packets }: PlayedSeeds): string {
  const days = Math.round(vehicleDays).toLocaleString('en-GB');
  return `${SEEDS} seeds: ${days} vehicle-days, ${packets.toLocaleString('en-GB')} packets, ${steps.toLocaleString('en-GB')} steps with a check after each`;
}
