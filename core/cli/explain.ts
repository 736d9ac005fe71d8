import type { Command } from 'commander';
import { explainCharge } from '../fold/explain-charge.ts';
import { packetFetcher } from '../process/feed/answer-asks.ts';
import { readDataFolder } from '../process/data-folder.ts';
import { restoreWorld } from '../process/live-world.ts';
import { logLine } from '../process/log-line.ts';
import type { ChargeExplanation } from '../protocol/link.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Example:
  milepost explain --data ./try --vehicle V001 --day 2026-03-02

Prints the chain from the money down to the packets as JSON; --text for people.`;

interface ExplainOptions {
  readonly data: string;
  readonly vehicle: string;
  readonly day: string;
  readonly text?: boolean;
}

/** `milepost explain`: the chain behind a vehicle's charge for a day. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('Show what a charge is made of, down to the packets.')
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .requiredOption('--vehicle <id>', 'vehicle id, as in the book')
    .requiredOption('--day <date>', 'local day of the contract, such as 2026-03-02')
    .option('--text', 'lines for people instead of JSON')
    .addHelpText('after', HELP)
    .action(explain);
}

async function explain(options: ExplainOptions): Promise<void> {
  const folder = readDataFolder(options.data);
  if (!folder.ok) return stopWith(EXIT.badUsage, folder.error);
  const { world } = await restoreWorld(folder.value, logLine);
  const chain = explainCharge(world, options.vehicle, options.day, packetFetcher(folder.value.journal));
  if (chain === null)
    return stopWith(EXIT.runError, `No billed vehicle "${options.vehicle}" in ${options.data}.`);
  process.stdout.write(options.text === true ? asText(chain) : `${JSON.stringify(chain, null, 2)}\n`);
}

function asText(chain: ChargeExplanation): string {
  const amount = `£${(chain.pence / 100).toFixed(2)}`;
  const lines = [
    `${chain.vehicle}, ${chain.day} (${chain.timezone}), contract ${chain.contract}${chain.isProvisional ? ', provisional' : ''}`,
    `${amount} = ${(chain.tenths / 10).toFixed(1)} ${chain.unit} × ${chain.ratePence}p`,
    `${(chain.tenths / 10).toFixed(1)} ${chain.unit} = ${chain.endTenths / 10} − ${chain.startTenths / 10}, whole tenths of the odometer at both ends`,
    ...chain.readings.map(
      (reading) =>
        `${new Date(reading.observedAtMs).toISOString()}  ${reading.rawText} ${reading.rawUnit}  ${reading.status}  ${reading.source}  ` +
        (reading.position === null
          ? 'signed'
          : `record ${reading.position}  ${reading.topic}  ${reading.payloadUtf8 ?? reading.payloadHex}`),
    ),
    ...(chain.readingsOmitted > 0 ? [`(${chain.readingsOmitted} readings between are left out)`] : []),
    ...chain.entries.map((entry) => `${entry.set}  ${entry.account}  ${entry.pence}`),
  ];
  return `${lines.join('\n')}\n`;
}

function stopWith(code: number, words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = code;
}
