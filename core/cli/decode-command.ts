import readline from 'node:readline';
import type { Command } from 'commander';
import { decodableFormats } from '../tracker/decode-packet.ts';
import { decodeLines } from './decode.ts';

const HELP = `
Example:
  echo '{"topic":"telemetry/5YJ3E1EA0TEST0001/v/Odometer","payload_encoding":"utf8","payload":"12345.678"}' | milepost decode

One JSON object a line in, one a line out, in the same order; a line that cannot be read is answered on its own line.
Formats: ${decodableFormats().join(', ')}.
A line without a format is read as its topic says.`;

/** `milepost decode`: the core's own decoders on lines of packets. */
export function addDecode(program: Command): void {
  program
    .command('decode')
    .description('Decode packets, one JSON object a line.')
    .addHelpText('after', HELP)
    .action(async () => {
      for await (const line of decodeLines(readline.createInterface({ input: process.stdin }))) {
        if (!process.stdout.write(`${line}\n`))
          await new Promise((resolve) => process.stdout.once('drain', resolve));
      }
    });
}
