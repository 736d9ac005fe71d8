import type { Command } from 'commander';
import { readDataFolder } from '../process/data-folder.ts';
import { type Result, ok } from '../base/result.ts';
import { isEvidencePack, verifyPack } from '../process/money/verify-pack.ts';
import { type Verification, verifyData } from '../process/verify-data.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost verify                       the usual data folder
  milepost verify --data ./try --json   one JSON object on stdout
  milepost verify --data ./evidence/INV-000001   a pack of evidence for one document

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
  const found = await verifyFolder(options.data);
  if (!found.ok) {
    process.stderr.write(`${found.error}\n`);
    process.exitCode = EXIT.badUsage;
    return;
  }
  report(found.value, options.json === true);
}

/** A data folder, or a pack of evidence for one document. */
async function verifyFolder(folder: string): Promise<Result<Verification, string>> {
  if (isEvidencePack(folder)) return ok(verifyPack(folder));
  const data = readDataFolder(folder);
  return data.ok ? ok(await verifyData(data.value)) : data;
}

function report(found: Verification, isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    const { records, packets, documents, erased } = found;
    process.stdout.write(
      `${records} records, ${packets} packets, ${documents} documents, ${erased} erased\n`,
    );
    for (const difference of found.differences) process.stdout.write(`differs: ${difference}\n`);
    process.stdout.write(found.ok ? 'Everything agrees.\n' : `${found.differences.length} differences.\n`);
  }
  process.exitCode = found.ok ? 0 : EXIT.runError;
}
