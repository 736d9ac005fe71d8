import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InlineConfig } from 'vite';

const here = import.meta.dirname;
/** Inside the checkout, so that packages are found; never committed, and each run has its own. */
const bundleFolder = path.join(here, `../../../out/bench/run-${process.pid}`);
const OLDEST_NODE = 'node20.18';
const OLDEST_CHROMIUM = 'chrome130';

/**
 * Bundles what is measured as the program is bundled for its users: plain JavaScript, packages left outside. The loader
 * that runs TypeScript in a checkout names every function as it is made, which shows in the hottest ones. Returns the
 * folder, which is the benches' working directory and the caller's to remove.
 */
export async function bundleBenches(): Promise<string> {
  const { build } = await import('vite');
  await build(programs());
  await build(windowScript('preload', 'cjs'));
  await build(windowScript('page', 'iife'));
  copyFileSync(path.join(here, 'feed-app/page.html'), path.join(bundleFolder, 'feed-app/page.html'));
  const manifest = { name: 'milepost-feed-bench', version: '0.0.0', type: 'module', main: 'main.js' };
  writeFileSync(path.join(bundleFolder, 'feed-app/package.json'), JSON.stringify(manifest));
  return bundleFolder;
}

/** Everything that Node runs, and the feed app's two Electron processes. */
function programs(): InlineConfig {
  return {
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: OLDEST_NODE,
      outDir: bundleFolder,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          'run-benches': path.join(here, 'run-benches.ts'),
          milepost: path.join(here, '../milepost.ts'),
          'floor-server': path.join(here, 'ingest/floor-server.ts'),
          'load-generator': path.join(here, 'ingest/load-generator.ts'),
          'idle-server': path.join(here, 'ingest/idle-server.ts'),
          'idle-load': path.join(here, 'ingest/idle-load.ts'),
          'paced-load': path.join(here, 'ingest/paced-load.ts'),
          'bad-client': path.join(here, 'ingest/bad-client.ts'),
          'tell-usage': path.join(here, 'ingest/tell-usage.ts'),
          'simulator/cli/fleet-sim': path.join(here, '../../../simulator/cli/fleet-sim.ts'),
          'simulator/load/load-worker': path.join(here, '../../../simulator/load/load-worker.ts'),
          'money-memory': path.join(here, 'money-memory.ts'),
          endurance: path.join(here, '../../../tests/simulation/endurance/run-long.ts'),
          'feed-app/main': path.join(here, 'feed-app/main.ts'),
          'feed-app/core': path.join(here, 'feed-app/core.ts'),
        },
        external: ['electron', 'vite'],
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

/** A sandboxed window takes one CommonJS preload, and from a file no modules. */
function windowScript(name: 'preload' | 'page', format: 'cjs' | 'iife'): InlineConfig {
  return {
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: OLDEST_CHROMIUM,
      outDir: path.join(bundleFolder, 'feed-app'),
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { [name]: path.join(here, `feed-app/${name}.ts`) },
        external: ['electron'],
        output: { format, entryFileNames: '[name].cjs' },
      },
    },
  };
}
