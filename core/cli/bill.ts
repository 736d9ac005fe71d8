import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { billCase } from '../billing/bill-case.ts';

const HELP = `
Example:
  milepost bill < case.json

A case is a contract, the odometer readings of its vehicles, replaced odometers, and the periods to rate, each as of a
moment when asOf is given. Rates are pence, other money is pounds, distances are in the contract's unit. The result has
each period with its printed lines, and an adjustment for each later rating of a period that comes to something else.
A case that cannot be rated is answered by {"ok":false,"field":…,"problem":…} with exit code 0.`;

/** `milepost bill`: one case on stdin, its bills on stdout. */
export function addBill(program: Command): void {
  program
    .command('bill')
    .description('Rate the periods of one contract from its odometer readings.')
    .addHelpText('after', HELP)
    .action(bill);
}

async function bill(): Promise<void> {
  process.stdout.write(`${JSON.stringify(billText(await text(process.stdin)))}\n`);
}

/** The answer to a case as it came. */
export function billText(input: string): unknown {
  try {
    return billCase(JSON.parse(input));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, field: '', problem: `this is not JSON: ${error.message}` };
  }
}
