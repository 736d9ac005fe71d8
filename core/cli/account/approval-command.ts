import type { Command } from 'commander';
import { ok } from '../../base/result.ts';
import { decided, printSigned, signedCommand, type SignedOptions } from '../signed-answer.ts';

const HELP = `
Examples:
  milepost proposals --as bea
  milepost approve P3 --reason "checked the photograph" --as bea
  milepost decline P3 --reason "the photograph is of another van" --as bea
  milepost withdraw P3 --reason "mistyped" --as ada

Somebody else than who proposed it approves or declines; who proposed it may withdraw it.`;

const SETTLED_LISTED = 100;

/** `milepost proposals`, `approve`, `decline` and `withdraw`: decisions that take two people. */
export function addApprovals(program: Command): void {
  signedCommand(program.command('proposals'))
    .description('List the decisions that wait for a second person.')
    .option('--settled', 'also the last hundred that were approved, declined or withdrawn')
    .addHelpText('after', HELP)
    .action(({ settled, ...signed }: SignedOptions & { settled?: boolean }) =>
      printSigned(signed, async (ask) => {
        const listed = await ask('proposal.list', { settled: settled === true ? SETTLED_LISTED : 0 });
        return listed.ok ? ok(listed.value) : listed;
      }),
    );
  addSettling(program, 'approve', 'Approve a proposal: its decision is in force from then on.');
  addSettling(program, 'decline', 'Decline a proposal: its decision is not taken.');
  addSettling(program, 'withdraw', 'Withdraw a proposal of one’s own.');
}

function addSettling(
  program: Command,
  decision: 'approve' | 'decline' | 'withdraw',
  description: string,
): void {
  signedCommand(program.command(decision))
    .description(description)
    .argument('<proposal>', 'as listed, such as P3')
    .requiredOption('--reason <words>', 'why, for the audit')
    .addHelpText('after', HELP)
    .action((proposal: string, { reason, ...signed }: SignedOptions & { reason: string }) =>
      printSigned(signed, decided({ decision, proposal, reason }, signed)),
    );
}
