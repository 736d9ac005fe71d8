import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder for one turn of a bench, gone afterwards. It lies beside the bundles, on the disk the checkout is on: a
 * system's temporary folder may be memory, where a sync costs nothing and proves nothing.
 */
export async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.resolve('scratch');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, 'turn-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
