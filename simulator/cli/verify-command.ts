import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { type Book, bookSchema } from '../../core/protocol/book.ts';
import { UNEXPLAINED } from '../truth/difference-cause.ts';
import type { Truth } from '../truth/truth-shapes.ts';
import { type BilledDay, verifyTruth } from '../truth/verify-truth.ts';
import { EXIT, say } from './exit.ts';
import { exportedTenths, parsedLines } from './read-figures.ts';
import { differencesTable } from './scenario-report.ts';

interface VerifyOptions {
  readonly truth: string;
  readonly against: string;
  readonly book?: string;
  readonly json: boolean;
}

const billedDaySchema = z.object({
  vehicle: z.string(),
  day: z.iso.date(),
  tenths: z.number().int(),
  unit: z.enum(['mi', 'km']),
  provisional: z.boolean(),
  pence: z.number().int(),
});

/** `fleet-sim verify`: what was billed against what really happened. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('hold what was billed to what really happened, by vehicle and day')
    .requiredOption('--truth <file>', 'what run --truth wrote')
    .requiredOption('--against <ledger>', 'lines of "milepost export tenths", or a data folder')
    .option('--book <file>', 'the book of the product: rates are checked too')
    .option('--json', 'print all differences as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- verify --truth truth.json --against ./data
  npm run -s milepost -- export tenths --data ./data > tenths.jsonl
  npm run -s fleet-sim -- verify --truth truth.json --against tenths.jsonl --book book.json

Worst first, each with its cause. Exit code 0 when nothing differs, 4 when something does.`,
    )
    .action(async (options: VerifyOptions) => {
      process.exitCode = await verify(options);
    });
}

async function verify({ truth: truthFile, against, book: bookFile, json }: VerifyOptions): Promise<number> {
  let truth: Truth;
  let book: Book | null;
  let billed: readonly BilledDay[];
  try {
    truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Truth;
    book = bookFile === undefined ? null : bookSchema.parse(JSON.parse(readFileSync(bookFile, 'utf8')));
    billed = z.array(billedDaySchema).parse(await billedDays(against));
  } catch (error) {
    return say(EXIT.badUsage, error instanceof Error ? error.message : String(error));
  }
  const verification = verifyTruth(truth, billed, book);
  process.stdout.write(json ? `${JSON.stringify(verification)}\n` : `${differencesTable(verification)}\n`);
  const { differences } = verification;
  if (differences.length === 0) return EXIT.pass;
  const unexplained = differences.filter(({ cause }) => cause === UNEXPLAINED).length;
  return say(EXIT.thresholdMissed, `${differences.length} differences, ${unexplained} of them unexplained`);
}

async function billedDays(against: string): Promise<readonly unknown[]> {
  if (statSync(against).isDirectory()) return exportedTenths(join(against));
  return parsedLines(readFileSync(against, 'utf8'));
}
