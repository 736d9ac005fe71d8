import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';
import type { DoorBook } from '../../fold/world.ts';
import type { JournalLog } from '../journal/journal.ts';

const KEY_BYTES = 32;

export interface CredentialKey {
  readonly key: Buffer;
  /** It was made just now: whatever was issued under an earlier one can no longer be proven. */
  readonly isNew: boolean;
}

/**
 * The key under which generated secrets are kept, `credential.key` in the data folder's keys; made at its first use. The
 * journal alone is then no help in guessing secrets. The error says what to do.
 */
export function openCredentialKey(folder: string): Result<CredentialKey, string> {
  const file = path.join(folder, 'credential.key');
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.chmodSync(folder, 0o700);
    const isNew = !fs.existsSync(file);
    if (isNew) makeKey(folder, file);
    const key = fs.readFileSync(file);
    return key.length === KEY_BYTES ? ok({ key, isNew }) : fail(damaged(file, key.length));
  } catch (error) {
    return fail(
      `The key ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}. ` +
        'It must be readable and writable by the user who runs Milepost.',
    );
  }
}

/** A new key beside old secrets: the journal came without its keys folder. Nobody is let in by mistake, so it goes on. */
export function warnOfLostKey({ isNew }: CredentialKey, door: DoorBook, log: JournalLog): void {
  if (!isNew) return;
  const live = [...door.credentials.values()].filter(({ revokedAtMs }) => revokedAtMs === null);
  const secrets = live.filter(({ credential }) => credential.proof.kind === 'secret').length;
  if (secrets === 0) return;
  log(
    'the key of the secrets was missing and a new one was made: no secret issued before is right any more',
    {
      secrets,
      whatToDo: 'put keys/credential.key back from a copy and start again, or issue new secrets',
    },
  );
}

/** Synced under another name first: half a key after a power cut would lock every tracker out. */
function makeKey(folder: string, file: string): void {
  const unfinished = `${file}.tmp`;
  fs.rmSync(unfinished, { force: true });
  const handle = fs.openSync(unfinished, 'wx', 0o600);
  fs.writeSync(handle, randomBytes(KEY_BYTES));
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(unfinished, file);
  syncFolder(folder);
}

/** Windows has no such call on a folder; its file systems keep the name by themselves. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

function damaged(file: string, bytes: number): string {
  return (
    `The key ${file} is damaged: it has ${bytes} bytes, not ${KEY_BYTES}. Put it back from a copy; ` +
    'without it no secret that was issued can be checked, and every tracker needs a new one.'
  );
}
