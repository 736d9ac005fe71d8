import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { fail, ok, type Result } from '../base/result.ts';

/** Where a command finds the password of who signs, and one that somebody is to have: never among its arguments. */
export const PASSWORD_VARIABLE = 'MILEPOST_PASSWORD';
export const NEW_PASSWORD_VARIABLE = 'MILEPOST_NEW_PASSWORD';

/** From the environment variable, or typed at a terminal without being shown. */
export async function readPassword(prompt: string, variable: string): Promise<Result<string, string>> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return ok(given);
  if (!process.stdin.isTTY)
    return fail(`${prompt}: there is no terminal to ask at; put it in the environment variable ${variable}`);
  return ok(await askHidden(prompt));
}

/** Typed twice, so that a slip of the finger locks nobody out. */
export async function readNewPassword(account: string): Promise<Result<string, string>> {
  const first = await readPassword(`New password of ${account}`, NEW_PASSWORD_VARIABLE);
  if (!first.ok || (process.env[NEW_PASSWORD_VARIABLE] ?? '') !== '') return first;
  const second = await readPassword('The same again', NEW_PASSWORD_VARIABLE);
  if (!second.ok || second.value === first.value) return second;
  return fail('the two are not the same; nothing was changed');
}

function askHidden(prompt: string): Promise<string> {
  process.stderr.write(`${prompt}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    terminal.once('SIGINT', () => process.exit(130));
    terminal.question('', (typed) => {
      terminal.close();
      process.stderr.write('\n');
      resolve(typed);
    });
  });
}
