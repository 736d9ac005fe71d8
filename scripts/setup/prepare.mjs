import { ensureBuild } from './build.mjs';
import { ensureCityPacks } from './city-packs.mjs';
import { ensureDependencies, requireNode } from './dependencies.mjs';
import { needsVirtualDisplay } from './display.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * Everything a fresh clone lacks before a window can open, in the order it is needed; each part does nothing when it
 * is there already. The build comes apart (prepareApp): the checks of the source do not wait for it.
 * @param {{ forTests: boolean }} options
 * @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>}
 */
export async function prepareMachine({ forTests }) {
  requireNode();
  await ensureDependencies();
  const runtime = await ensureElectronRuntime();
  await ensureSystemLibraries({
    electron: runtime.executable,
    needsDisplay: needsVirtualDisplay(),
    forTests,
  });
  await ensureCityPacks();
  return runtime;
}

/** The app itself, built from the sources as they are now. */
export const prepareApp = ensureBuild;
