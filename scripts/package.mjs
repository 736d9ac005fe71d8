/**
 * `npm run package`: builds the installable program into dist/. The unpacked folder when nothing else is asked for;
 * `npm run package -- AppImage deb` (or dmg, nsis on their systems) makes installers, for which electron-builder
 * downloads tools of its own.
 */
import { ensureBuild } from './setup/build.mjs';
import { ensureCityPacks } from './setup/city-packs.mjs';
import { ensureDependencies, requireNode } from './setup/dependencies.mjs';
import { ensureElectronRuntime } from './setup/electron-runtime.mjs';
import { giveUp, step } from './setup/progress.mjs';
import { mustRun, toolCommand } from './setup/run-program.mjs';

/** @param {string[]} targets */
async function packageApp(targets) {
  requireNode();
  await ensureDependencies();
  const runtime = await ensureElectronRuntime();
  await ensureCityPacks();
  await ensureBuild();
  const command = toolCommand(
    'electron-builder',
    ...(targets.length === 0 ? ['--dir'] : targets),
    '--publish=never',
  );
  await step('packaging with electron-builder', () =>
    mustRun([...command, ...runtimeOptions(runtime)], { log: 'electron-builder.log' }),
  );
}

/**
 * The release that package.json names needs no word: electron-builder fetches it itself. Any other runtime is named.
 * @param {import('./setup/electron-runtime.mjs').ElectronRuntime} runtime
 */
function runtimeOptions({ source, folder, version }) {
  if (source === 'release') return [];
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}

packageApp(process.argv.slice(2)).catch(giveUp);
