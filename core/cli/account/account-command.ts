import type { Command } from 'commander';
import { fail, ok, type Result } from '../../base/result.ts';
import { type Role, roleSchema } from '../../protocol/account.ts';
import type { DoorAnswer } from '../device/ask-core.ts';
import { EXIT } from '../exit-codes.ts';
import { NEW_PASSWORD_VARIABLE, PASSWORD_VARIABLE, readNewPassword, readPassword } from '../read-password.ts';
import {
  decided,
  printSigned,
  refusalWords,
  signedCommand,
  type SignedOptions,
  stopWith,
} from '../signed-answer.ts';

const HELP = `
Examples:
  milepost account add ada --name "Ada Byron" --roles administrator
  milepost account add finn --name "Finn Hart" --roles finance credit --as ada
  milepost account roles finn --set finance --as ada
  milepost account password finn --as finn
  milepost account disable finn --reason "left" --as ada
  milepost account list

Roles: operations, credit, finance, administrator, operator:<id>, investor:<id>.
The first account is an administrator's; from then on every decision is signed by an account (--as).
A password is never an argument: who signs is asked for it or gives it in ${PASSWORD_VARIABLE}; a new
password is asked for twice or given in ${NEW_PASSWORD_VARIABLE}.`;

interface ReasonOptions extends SignedOptions {
  readonly reason: string;
}

/** `milepost account`: who may sign in, and as what. */
export function addAccount(program: Command): void {
  const account = program
    .command('account')
    .description('Add, list, change and disable the accounts people sign in with.')
    .addHelpText('after', HELP);
  signedCommand(account.command('list'))
    .description('List the accounts: names and roles, never passwords.')
    .action((options: SignedOptions) => printSigned(options, (ask) => ask('account.list', {})));
  reasoned(account.command('add'), 'added on the command line')
    .description('Add an account. The first one is an administrator’s.')
    .argument('<account>', 'the name it signs in with: small letters, digits, dots, hyphens')
    .requiredOption('--name <words>', 'the person’s name')
    .requiredOption('--roles <role...>', 'one or more roles')
    .action(add);
  reasoned(account.command('roles'), 'changed on the command line')
    .description('Give an account other roles; they replace those it has.')
    .argument('<account>')
    .requiredOption('--set <role...>', 'one or more roles')
    .action(setRoles);
  reasoned(account.command('disable'), 'disabled on the command line')
    .description('Disable an account for good; what it signed stays.')
    .argument('<account>')
    .action((name: string, options: ReasonOptions) =>
      printSigned(
        options,
        decided({ decision: 'disable-account', account: name, reason: options.reason }, options),
      ),
    );
  reasoned(account.command('password'), 'changed on the command line')
    .description('Change one’s own password, or, as an administrator, set that of somebody else.')
    .argument('<account>')
    .action(changePassword);
}

function reasoned(command: Command, reason: string): Command {
  return signedCommand(command).option('--reason <words>', 'why, for the audit', reason);
}

async function add(
  account: string,
  { name, roles, reason, ...signed }: ReasonOptions & { name: string; roles: string[] },
): Promise<void> {
  const read = readRoles(roles);
  if (!read.ok) return stopWith(EXIT.badUsage, `--roles: ${read.error}`);
  const password = await readNewPassword(account);
  if (!password.ok) return stopWith(EXIT.badUsage, password.error);
  await printSigned(signed, async (ask) =>
    done(
      await ask('account.add', { account, name, roles: [...read.value], password: password.value, reason }),
    ),
  );
}

async function setRoles(account: string, { set, reason, ...signed }: ReasonOptions & { set: string[] }) {
  const read = readRoles(set);
  if (!read.ok) return stopWith(EXIT.badUsage, `--set: ${read.error}`);
  await printSigned(signed, decided({ decision: 'set-roles', account, roles: read.value, reason }, signed));
}

async function changePassword(account: string, { reason, ...signed }: ReasonOptions): Promise<void> {
  const current = await currentPassword(account, signed);
  if (!current.ok) return stopWith(EXIT.badUsage, current.error);
  const password = await readNewPassword(account);
  if (!password.ok) return stopWith(EXIT.badUsage, password.error);
  await printSigned(signed, async (ask) =>
    done(
      await ask('account.password', {
        account,
        password: password.value,
        currentPassword: current.value,
        reason,
      }),
    ),
  );
}

/** One's own password is proven once more; that of somebody else is an administrator's to set without. */
async function currentPassword(
  account: string,
  { as }: SignedOptions,
): Promise<Result<string | null, string>> {
  return as === account ? readPassword(`Present password of ${account}`, PASSWORD_VARIABLE) : ok(null);
}

function readRoles(words: readonly string[]): Result<readonly Role[], string> {
  const roles: Role[] = [];
  for (const word of words) {
    const role = roleSchema.safeParse(word);
    if (!role.success) return fail(`"${word}" is not ${role.error.issues[0]?.message ?? 'a role'}`);
    roles.push(role.data);
  }
  return ok(roles);
}

function done(answer: Result<DoorAnswer<'account.add'>, string>): Result<unknown, string> {
  if (!answer.ok) return answer;
  return answer.value.ok ? ok({ position: answer.value.position }) : fail(refusalWords(answer.value));
}
