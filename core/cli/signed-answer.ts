import os from 'node:os';
import type { Command } from 'commander';
import { fail, ok, type Result } from '../base/result.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import { type AskDoor, withDoor } from './device/ask-core.ts';
import { EXIT } from './exit-codes.ts';
import { PASSWORD_VARIABLE, readPassword } from './read-password.ts';

/** What every verb that asks a core knows: which folder, and who signs. */
export interface SignedOptions {
  readonly data: string;
  /** The account; without one, the operating system's user, while there are no accounts. */
  readonly as?: string;
}

/** Gives a verb `--data` and `--as`. */
export function signedCommand(command: Command): Command {
  return command
    .option('--data <folder>', 'data folder', defaultDataFolder())
    .option('--as <account>', `sign in as; the password is in ${PASSWORD_VARIABLE} or asked for`);
}

/** Signs in, if asked to, does the work, and prints what came of it as JSON. */
export async function printSigned(
  { data, as }: SignedOptions,
  work: (ask: AskDoor) => Promise<Result<unknown, string>>,
): Promise<void> {
  const answer = as === undefined ? await withDoor(data, work) : await asAccount(data, as, work);
  if (!answer.ok) return stopWith(EXIT.runError, answer.error);
  process.stdout.write(`${JSON.stringify(answer.value, null, 2)}\n`);
}

async function asAccount(
  data: string,
  account: string,
  work: (ask: AskDoor) => Promise<Result<unknown, string>>,
): Promise<Result<unknown, string>> {
  const password = await readPassword(`Password of ${account}`, PASSWORD_VARIABLE);
  if (!password.ok) return password;
  return withDoor(data, async (ask) => {
    const signedIn = await ask('session.sign-in', { account, password: password.value });
    if (!signedIn.ok) return signedIn;
    return signedIn.value.ok ? work(ask) : fail(`--as ${account}: ${signedIn.value.problem}`);
  });
}

/** Takes a decision: its position in the journal, or the proposal that waits for a second person. */
export function decided(
  decision: Readonly<Record<string, unknown>>,
  { as }: Pick<SignedOptions, 'as'>,
): (ask: AskDoor) => Promise<Result<unknown, string>> {
  return async (ask) => {
    const answer = await ask('decide', { decision });
    if (!answer.ok) return answer;
    if (!answer.value.ok) return fail(refusalWords(answer.value));
    const { ok: _done, ...taken } = answer.value;
    return ok({ ...taken, by: as ?? os.userInfo().username });
  };
}

/** A refusal in a line. Who signs is no field that somebody typed, so it is answered with what to type. */
export function refusalWords({
  field,
  problem,
}: {
  readonly field: string;
  readonly problem: string;
}): string {
  if (field === 'actor') return `${problem} (milepost … --as ACCOUNT)`;
  return field === '' ? problem : `${field}: ${problem}`;
}

export function stopWith(code: number, words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = code;
}
