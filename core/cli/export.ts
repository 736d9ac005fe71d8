import { once } from 'node:events';
import { Argument, type Command } from 'commander';
import { type ExportName, exportNames, exportRows } from '../fold/export-rows.ts';
import { readDataFolder } from '../process/data-folder.ts';
import { readWorld } from '../process/live-world.ts';
import { worldAsOf } from '../process/world-as-of.ts';
import { logLine } from '../process/log-line.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost export tenths --data ./try
  milepost export documents --data ./try --as-of 2026-03-01T00:00:00Z

One JSON object a line. tenths: a vehicle's distance of a local day, with the price its first mile has. documents: whole,
as they were issued. entries: the book's sets, with their hashes. readings: every odometer reading of a billing series.
--as-of tells what was known then.`;

/** `milepost export`: what a data folder holds, for other programs. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('Write tenths, documents, entries or readings as JSON lines.')
    .addArgument(new Argument('<what>', 'what to write').choices(exportNames))
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--as-of <moment>', 'an instant such as 2026-03-01T00:00:00Z; now when left out')
    .addHelpText('after', HELP)
    .action(write);
}

async function write(
  what: ExportName,
  options: { readonly data: string; readonly asOf?: string },
): Promise<void> {
  const folder = readDataFolder(options.data);
  if (!folder.ok) return stopWith(folder.error);
  const asOfMs = options.asOf === undefined ? null : Date.parse(options.asOf);
  if (Number.isNaN(asOfMs)) return stopWith(`"${options.asOf}" is no instant; write 2026-03-01T00:00:00Z`);
  const world = asOfMs === null ? readWorld(folder.value, logLine) : worldAsOf(folder.value.journal, asOfMs);
  for (const row of exportRows(world, what)) {
    if (!process.stdout.write(`${JSON.stringify(row)}\n`)) await once(process.stdout, 'drain');
  }
}

function stopWith(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = EXIT.badUsage;
}
