import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * electron-builder calls this when Electron lies in the new folder and our program not yet: the stand-in that lets
 * the registry runtime open a folder (runtime-shim) has no place in a packaged program. A release has none.
 * @param {{ appOutDir: string }} context
 */
export async function afterExtract({ appOutDir }) {
  await rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
