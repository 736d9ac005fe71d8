import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readySchema } from '../../protocol/report.ts';
import type { BenchRun } from './bench-outcome.ts';
import { startMeasured } from './ingest/measured-process.ts';
import { inScratchFolder } from './scratch-folder.ts';
import type { Round } from './verdict.ts';

const ROUNDS = 3;
const CLIENTS = 500;
const PACKETS_A_SECOND = 3_000;
const WARM_UP_SECONDS = 2;
const SIMULATOR = 'simulator/cli/fleet-sim.js';
/** Room for the book of the fleet, and for a result with its seconds. */
const OUTPUT_BYTES_MAX = 64 * 1_048_576;
const COUNTS_DO_NOT_CLOSE = 1;

/** The part of what `fleet-sim load --json` prints that is looked at here. */
const loadResultSchema = z.object({
  acknowledgedPerSecond: z.number(),
  processor: z.object({
    generatorMicrosecondsAPacket: z.number().nullable(),
    productMicrosecondsAPacket: z.number().nullable(),
  }),
  verdict: z.object({ exitCode: z.number(), reasons: z.array(z.string()) }),
});
type SeenLoad = z.infer<typeof loadResultSchema>;

/** What the load generator spends on a packet beside what the broker spends on the same one, both in one run. */
export async function benchLoadGenerator(seconds: number): Promise<BenchRun> {
  const rounds: Round[] = [];
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { processor, acknowledgedPerSecond } = await inScratchFolder((folder) => loadOnce(folder, seconds));
    const { generatorMicrosecondsAPacket: product, productMicrosecondsAPacket: floor } = processor;
    if (product === null || floor === null) {
      return { skipped: 'this system does not tell what another process uses' };
    }
    rounds.push({ floor, product });
    rates.push(acknowledgedPerSecond);
  }
  return {
    rounds,
    notes: [
      `${CLIENTS} trackers, ${PACKETS_A_SECOND.toLocaleString('en-GB')} packets a second, ${seconds} s a turn after a warm-up`,
      `${rates.map((rate) => Math.round(rate).toLocaleString('en-GB')).join(', ')} packets a second acknowledged`,
      'both as bundled JavaScript in plain Node; user + system time, all threads; each packet by an encoder of the simulator',
    ],
  };
}

async function loadOnce(folder: string, seconds: number): Promise<SeenLoad> {
  const book = path.join(folder, 'book.json');
  writeFileSync(book, await outputOf(['load', '--print-book', String(CLIENTS)]));
  const data = path.join(folder, 'data');
  const serve = ['serve', '--mqtt-port', '0', '--data', data, '--book', book];
  const server = await startMeasured('milepost.js', serve);
  try {
    const { mqtt } = readySchema.parse(JSON.parse(server.firstLine));
    const rate = ['--rate', `${PACKETS_A_SECOND}/s`, '--duration', `${Math.ceil(seconds)}s`];
    const fleet = ['--clients', String(CLIENTS), '--warmup', `${WARM_UP_SECONDS}s`, '--data', data];
    const target = ['--target', `127.0.0.1:${mqtt}`, '--json'];
    const result = loadResultSchema.parse(JSON.parse(await outputOf(['load', ...rate, ...fleet, ...target])));
    const { exitCode, reasons } = result.verdict;
    if (exitCode === COUNTS_DO_NOT_CLOSE) throw new Error(reasons.join('; '));
    return result;
  } finally {
    await server.stop();
  }
}

/** What the simulator prints. Its exit code judges the run, and the run says so itself. */
function outputOf(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: OUTPUT_BYTES_MAX };
    execFile(process.execPath, [path.resolve(SIMULATOR), ...words], options, (error, stdout, stderr) => {
      if (stdout === '')
        reject(new Error(`fleet-sim said nothing: ${stderr === '' ? error?.message : stderr}`));
      else resolve(stdout);
    });
  });
}
