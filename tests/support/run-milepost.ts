import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Runs one verb of `milepost` as a user would, to its end. */
export function milepost(...words: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.resolve('core/cli/milepost.ts'), ...words],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}
