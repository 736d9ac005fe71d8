import path from 'node:path';
import type { Command } from 'commander';
import { defaultDataFolder } from './default-data-folder.ts';
import { formatFindings, runDoctor, thisCheckout } from './doctor.ts';
import { EXIT } from './exit-codes.ts';

const HELP = `
Examples:
  milepost doctor                       the usual data folder and port
  milepost doctor --data ./try --json   one JSON object a finding

Exit 0 unless something is bad; a warning is not.`;

/** `milepost doctor`: what this machine has of what Milepost needs, and what to do about the rest. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Look at Node, Electron, the port, the disk and the maps, and say what to do.')
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--mqtt-port <port>', 'MQTT port', Number, 1883)
    .option('--json', 'print one JSON object a finding')
    .addHelpText('after', HELP)
    .action(doctor);
}

async function doctor(options: {
  readonly data: string;
  readonly mqttPort: number;
  readonly json?: boolean;
}): Promise<void> {
  if (!Number.isInteger(options.mqttPort) || options.mqttPort < 1 || options.mqttPort > 65_535) {
    process.stderr.write('--mqtt-port must be a number from 1 to 65535\n');
    process.exitCode = EXIT.badUsage;
    return;
  }
  const findings = await runDoctor({
    dataFolder: path.resolve(options.data),
    mqttPort: options.mqttPort,
    checkout: thisCheckout,
    environment: process.env,
  });
  const text =
    options.json === true
      ? findings.map((finding) => JSON.stringify(finding)).join('\n')
      : formatFindings(findings);
  process.stdout.write(`${text}\n`);
  process.exitCode = findings.some(({ state }) => state === 'bad') ? EXIT.runError : 0;
}
