import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../base/result.ts';

/** Held by the one process that writes a journal. `release` is safe to call twice. */
export interface FolderLock {
  release(): void;
}

/** A lock of our own number is stale (numbers come back, in containers at once) unless this process holds it. */
const heldHere = new Set<string>();

/** Takes the folder for this process; the error is the number of the process that has it. */
export function lockFolder(folder: string): Result<FolderLock, number> {
  const path = join(folder, 'journal.lock');
  if (heldHere.has(path)) return fail(process.pid);
  while (!createLock(path)) {
    const holder = holderOf(path);
    if (holder !== null) return fail(holder);
    rmSync(path, { force: true });
  }
  heldHere.add(path);
  return ok({
    release: () => {
      if (heldHere.delete(path)) rmSync(path, { force: true });
    },
  });
}

function createLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The living process that holds the lock, or null when it was left behind by one that was killed. */
function holderOf(path: string): number | null {
  const pid = Number(readIfThere(path));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return isCode(error, 'EPERM') ? pid : null;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
