import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { benchList, benchNames, describeAim, isBenchName } from './bench-list.ts';
import { bundleBenches } from './bundle-benches.ts';

const HELP = `
Benches:
${benchList.map((bench) => `  ${bench.name.padEnd(22)} ${bench.measures}; aim: ${describeAim(bench)}`).join('\n')}

Examples:
  milepost bench                      all of them, some minutes
  milepost bench journal replay       two of them
  milepost bench --json --seconds 5   one JSON object a line, longer turns

Each figure stands beside a floor measured in the same run, in turns. A missed aim is said and is no failure: exit 1
only when a bench broke.`;

/** `milepost bench`: figures as ratios to what the machine can do at all. */
export function addBench(program: Command): void {
  program
    .command('bench')
    .description('Measure the product beside a floor, in one run.')
    .argument('[names...]', 'which benches', benchName)
    .option('--json', 'print one JSON object a bench')
    .option('--seconds <n>', 'length of one measured turn (3; flood 60)', positiveNumber)
    .addHelpText('after', HELP)
    .action(bench);
}

/** Commander hands each name with those before it. */
function benchName(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!isBenchName(text)) throw new InvalidArgumentError(`the benches are ${benchNames.join(', ')}`);
  return [...(before ?? []), text];
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 600) return value;
  throw new InvalidArgumentError('use a number of seconds, up to 600');
}

/** Runs the bundles in a Node of their own: nothing of the loader that started this program is in the figures. */
async function bench(
  names: readonly string[],
  options: { readonly json?: boolean; readonly seconds?: number },
): Promise<void> {
  process.stderr.write('bundling …\n');
  const folder = await bundleBenches();
  const form = options.json === true ? 'json' : 'words';
  const benches = spawn(
    process.execPath,
    [path.join(folder, 'run-benches.js'), String(options.seconds ?? ''), form, ...names],
    { cwd: folder, stdio: 'inherit' },
  );
  const [code] = (await once(benches, 'exit')) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? EXIT.runError;
}
