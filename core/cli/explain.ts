import type { Command } from 'commander';
import { explainCharge } from '../fold/explain-charge.ts';
import { explainDocument } from '../fold/explain-document.ts';
import { packetFetcher } from '../process/feed/answer-asks.ts';
import { type DataFolder, readDataFolder } from '../process/data-folder.ts';
import { readWorld } from '../process/live-world.ts';
import { logLine } from '../process/log-line.ts';
import { worldAt } from '../process/world-as-of.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { chargeText, documentText } from './explain-text.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost explain --data ./try --vehicle V001 --day 2026-03-02
  milepost explain --data ./try --invoice INV-000001 --line 2 --text

Prints the chain from the money down to the packets as JSON; --text for people. A document is opened with what was known
when it was made.`;

interface ExplainOptions {
  readonly data: string;
  readonly invoice?: string;
  readonly line?: string;
  readonly vehicle?: string;
  readonly day?: string;
  readonly text?: boolean;
}

/** `milepost explain`: the chain behind a document, or behind a vehicle's charge for a day. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('Show what a charge is made of, down to the packets.')
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--invoice <number>', 'a document, such as INV-000001')
    .option('--line <number>', 'one of its lines, counted from 1')
    .option('--vehicle <id>', 'vehicle id, as in the book')
    .option('--day <date>', 'local day of the contract, such as 2026-03-02')
    .option('--text', 'lines for people instead of JSON')
    .addHelpText('after', HELP)
    .action(explain);
}

async function explain(options: ExplainOptions): Promise<void> {
  const folder = readDataFolder(options.data);
  if (!folder.ok) return stopWith(EXIT.badUsage, folder.error);
  if (options.invoice !== undefined) return explainInvoice(folder.value, options.invoice, options);
  if (options.vehicle === undefined || options.day === undefined)
    return stopWith(EXIT.badUsage, 'Name what to explain: --invoice N, or --vehicle ID with --day DATE.');
  const world = readWorld(folder.value, logLine);
  const chain = explainCharge(world, options.vehicle, options.day, packetFetcher(folder.value.journal));
  if (chain === null)
    return stopWith(EXIT.runError, `No billed vehicle "${options.vehicle}" in ${options.data}.`);
  process.stdout.write(options.text === true ? chargeText(chain) : `${JSON.stringify(chain, null, 2)}\n`);
}

async function explainInvoice(folder: DataFolder, number: string, options: ExplainOptions): Promise<void> {
  const world = readWorld(folder, logLine);
  const state = world.money.documents.get(number);
  if (state === undefined) return stopWith(EXIT.runError, `No document "${number}" in ${options.data}.`);
  const line = options.line === undefined ? null : Number(options.line);
  const then = worldAt(folder.journal, state.document.asOf.position);
  const chain = explainDocument(then, world, number, line, packetFetcher(folder.journal));
  if (chain === null)
    return stopWith(EXIT.runError, `${number} has ${state.document.rated.lines.length} lines.`);
  process.stdout.write(options.text === true ? documentText(chain) : `${JSON.stringify(chain, null, 2)}\n`);
}

function stopWith(code: number, words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = code;
}
