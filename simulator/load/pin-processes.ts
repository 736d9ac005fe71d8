import { execFileSync } from 'node:child_process';
import os from 'node:os';

/**
 * Gives the generator the last core and the product the others, so that neither takes time from the other. False where
 * there is no `taskset`, or only one core. `undo` gives the product all cores back.
 */
export function pinProcesses(
  workerPids: readonly number[],
  productPid: number | null,
): { readonly isPinned: boolean; readonly undo: () => void } {
  const last = os.availableParallelism() - 1;
  const isPinned =
    last > 0 &&
    workerPids.every((pid) => taskset(pid, String(last))) &&
    (productPid === null || taskset(productPid, `0-${last - 1}`));
  return {
    isPinned,
    undo: () => {
      if (isPinned && productPid !== null) taskset(productPid, `0-${last}`);
    },
  };
}

function taskset(pid: number, cores: string): boolean {
  try {
    execFileSync('taskset', ['-acp', cores, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
