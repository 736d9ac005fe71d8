import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { DoctorFinding } from './doctor-finding.ts';

const APPENDS = 50;
const APPEND_BYTES = 4096;
/** A journal that waits longer than this for its disk answers trackers visibly late. */
const SLOW_SYNC_MS = 50;
/** Linux names of file systems that forget everything when the power goes (man 2 statfs). */
const FORGETFUL: ReadonlyMap<number, string> = new Map([
  [0x01_02_19_94, 'tmpfs'],
  [0x85_84_58_f6, 'ramfs'],
]);

/** Whether the journal can be written where it is meant to lie. */
export function checkDataFolder(folder: string): DoctorFinding {
  const subject = 'data folder';
  const problem = tryWriting(folder);
  if (problem !== null) {
    return {
      subject,
      state: 'bad',
      found: `${folder} cannot be written: ${problem}`,
      advice: 'give yourself the right to write there, or name another folder with --data',
    };
  }
  return {
    subject,
    state: 'good',
    found: `${folder}${existsSync(folder) ? '' : ' (will be made)'}`,
    advice: null,
  };
}

/**
 * How long the disk takes to promise that a record survives a power cut, and whether it can promise that at all. Every
 * acknowledgement to a tracker waits for this.
 */
export async function checkDisk(folder: string): Promise<DoctorFinding> {
  const subject = 'disk';
  if (tryWriting(folder) !== null)
    return { subject, state: 'warning', found: 'not tried: no place to write', advice: null };
  const base = existingParent(folder);
  const syncMs = (await measureSyncs(base)).toSorted((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((share) => syncMs[Math.ceil(syncMs.length * share) - 1] ?? 0) as [
    number,
    number,
  ];
  const found = `fdatasync of 4 KiB: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (${APPENDS} appends)`;
  const forgetful = process.platform === 'linux' ? FORGETFUL.get((await statfs(base)).type) : undefined;
  if (forgetful !== undefined) {
    return {
      subject,
      state: 'warning',
      found: `${found}; ${forgetful} lives in memory`,
      advice: 'nothing here survives a power cut: keep real data on a disk',
    };
  }
  if (p99 > SLOW_SYNC_MS) {
    return {
      subject,
      state: 'warning',
      found,
      advice: 'a slow disk: trackers wait for it; prefer a local SSD',
    };
  }
  return { subject, state: 'good', found, advice: null };
}

async function measureSyncs(base: string): Promise<readonly number[]> {
  const trial = mkdtempSync(path.join(base, '.milepost-doctor-'));
  try {
    const file = await open(path.join(trial, 'appends'), 'a');
    const bytes = Buffer.alloc(APPEND_BYTES, 0x6d);
    const syncMs: number[] = [];
    for (let count = 0; count < APPENDS; count += 1) {
      await file.write(bytes);
      const startedAtMs = performance.now();
      await file.datasync();
      syncMs.push(performance.now() - startedAtMs);
    }
    await file.close();
    return syncMs;
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** Null when a file can be made there, else the system's reason. */
function tryWriting(folder: string): string | null {
  try {
    rmSync(mkdtempSync(path.join(existingParent(folder), '.milepost-doctor-')), { recursive: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The folder itself, or the nearest one above it that is there: the folder would be made in it. */
function existingParent(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : existingParent(parent);
}
