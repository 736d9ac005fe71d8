import { step } from './progress.mjs';
import { mustRun, toolCommand } from './run-program.mjs';

/** Builds the map and road packs of the demo's cities. The script itself sees that they are up to date. */
export async function ensureCityPacks() {
  await step('preparing the city packs', () =>
    mustRun(toolCommand('tsx', 'scripts/build-city-packs.ts', '--out', 'out/city-packs'), {
      log: 'city-packs.log',
    }),
  );
}
