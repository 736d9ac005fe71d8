import type { Command } from 'commander';
import { readDataFolder } from '../process/data-folder.ts';
import { verifyData } from '../process/verify-data.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost verify                       the usual data folder
  milepost verify --data ./try --json   one JSON object on stdout

Exit 0 only when nothing differs; otherwise the first record that does is named.`;

/** `milepost verify`: reads the journal from its first record, folds it again and compares. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Check every record, the hash chain, and every figure made from them.')
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(verify);
}

async function verify(options: { readonly data: string; readonly json?: boolean }): Promise<void> {
  const folder = readDataFolder(options.data);
  if (!folder.ok) {
    process.stderr.write(`${folder.error}\n`);
    process.exitCode = EXIT.badUsage;
    return;
  }
  const found = await verifyData(folder.value);
  if (options.json === true) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    process.stdout.write(`${found.records} records, ${found.packets} packets, ${found.erased} erased\n`);
    for (const difference of found.differences) process.stdout.write(`differs: ${difference}\n`);
    process.stdout.write(found.ok ? 'Everything agrees.\n' : `${found.differences.length} differences.\n`);
  }
  process.exitCode = found.ok ? 0 : EXIT.runError;
}
