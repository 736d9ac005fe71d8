import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DocumentFigures, ProductFigures } from '../scenarios/scenario-product.ts';
import type { BilledDay } from '../truth/verify-truth.ts';

const ROOT = join(import.meta.dirname, '../..');
const MILEPOST = join(ROOT, 'core/cli/milepost.ts');
const OUTPUT_BYTES_MAX = 512 * 1_048_576;
const run = promisify(execFile);

/** What a data folder holds of a run, by the product's own verbs: `export tenths`, `export documents`, `verify`. */
export async function readFigures(data: string): Promise<Omit<ProductFigures, 'counts' | 'bookFaults'>> {
  const tenths = await exportedTenths(data);
  const documents = parsedLines<DocumentFigures>(await milepost('export', 'documents', '--data', data));
  const found = JSON.parse(await milepost('verify', '--data', data, '--json')) as {
    differences: readonly string[];
  };
  return { tenths, documents, journalDifferences: found.differences.length };
}

export async function exportedTenths(data: string): Promise<readonly BilledDay[]> {
  return parsedLines<BilledDay>(await milepost('export', 'tenths', '--data', data));
}

/** Rows of JSON, a line each. */
export function parsedLines<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

async function milepost(...words: readonly string[]): Promise<string> {
  const options = { cwd: ROOT, maxBuffer: OUTPUT_BYTES_MAX, encoding: 'utf8' as const };
  try {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', MILEPOST, ...words], options);
    return stdout;
  } catch (error) {
    // `verify` answers with exit code 1 when something differs; what differs is on stdout.
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    if (words[0] === 'verify' && stdout !== undefined && stdout.trim() !== '') return stdout;
    throw new Error(`milepost ${words[0] ?? ''} failed: ${stderr ?? String(error)}`, { cause: error });
  }
}
