import { parseArgs } from 'node:util';
import { EnduranceFleet, endurancePlan } from './endurance-fleet.ts';
import { playAndKeep } from './kept-failures.ts';
import { scriptOf } from './make-script.ts';

/**
 * `npm run simulate:long [-- --seeds 1000] [--from 1]`: weeks of a small fleet against the product, a seed at a time. A
 * script that breaks a promise is shrunk and kept beside the tests, where it is played every time from then on.
 * `--json` prints the sum as one object; `--fleet-alone` drives the same time with nobody listening.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    'fleet-alone': { type: 'boolean', default: false },
  },
});
const [count, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(from) || from < 0) {
  process.stderr.write('use whole numbers: --seeds from 1, --from from 0\n');
  process.exit(2);
}
const TELL_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;

interface Sum {
  seeds: number;
  steps: number;
  vehicleDays: number;
  packets: number;
  failures: number;
}

const sum: Sum = { seeds: 0, steps: 0, vehicleDays: 0, packets: 0, failures: 0 };
const before = process.cpuUsage();
let toldMs = performance.now();
for (let seed = from; seed < from + count; seed += 1) {
  if (values['fleet-alone']) driveAlone(seed);
  else await play(seed);
  sum.seeds += 1;
  if (performance.now() - toldMs < TELL_EVERY_MS) continue;
  toldMs = performance.now();
  process.stderr.write(`${sum.seeds} of ${count} seeds, ${sum.failures} failed\n`);
}
const { user, system } = process.cpuUsage(before);
const cpuSeconds = (user + system) / 1e6;
const vehicleDaysACpuSecond = sum.vehicleDays / cpuSeconds;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...sum, cpuSeconds, vehicleDaysACpuSecond })}\n`
    : `${sum.seeds} seeds from ${from}, ${sum.steps} steps, ${Math.round(sum.vehicleDays)} vehicle-days, ${sum.packets} packets, ${sum.failures} failed; ${vehicleDaysACpuSecond.toFixed(1)} vehicle-days a CPU second\n`,
);
if (sum.failures > 0) process.exitCode = 1;

async function play(seed: number): Promise<void> {
  const { steps, vehicleDays, packets, failure } = await playAndKeep(scriptOf(seed));
  sum.steps += steps;
  sum.vehicleDays += vehicleDays;
  sum.packets += packets;
  if (failure === null) return;
  sum.failures += 1;
  process.stderr.write(`seed ${seed}: ${failure}\n`);
}

/** The same vehicles, looked at as often, their packets made and thrown away. */
function driveAlone(seed: number): void {
  const plan = endurancePlan(seed);
  const fleet = new EnduranceFleet(plan);
  for (const step of scriptOf(seed).steps) {
    sum.steps += 1;
    if (step.do === 'drive')
      for (let look = 0; look < step.looks; look += 1)
        sum.packets += fleet.pass(step.lookMinutes * MINUTE_MS).length;
    if (step.do === 'drive streets')
      for (let minute = 0; minute < step.minutes; minute += 1)
        sum.packets += fleet.driveStreets(MINUTE_MS).length;
  }
  sum.vehicleDays += ((fleet.atMs - plan.openingMs) / 86_400_000) * plan.fleet.length;
}
