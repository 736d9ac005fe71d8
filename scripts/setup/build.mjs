import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { repositoryRoot } from './repository.mjs';
import { mustRun, toolCommand } from './run-program.mjs';

/** Everything the bundles are made of. A change anywhere here means another build. */
const SOURCES = [
  'core',
  'electron',
  'renderer',
  'simulator',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
];
const stampFile = join(repositoryRoot, 'out', 'build-stamp');

/** Builds main, preload and renderer into out/, when the sources are not those of the last build. */
export async function ensureBuild() {
  const fingerprint = fingerprintSources();
  const isBuilt = existsSync(join(repositoryRoot, 'out', 'electron', 'main.js')) && existsSync(stampFile);
  if (isBuilt && readFileSync(stampFile, 'utf8') === fingerprint) return;
  await step('building the app', () => mustRun(toolCommand('electron-vite', 'build'), { log: 'build.log' }));
  mkdirSync(join(repositoryRoot, 'out'), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/** A hash over names and contents, so that neither a fresh clone's times nor a switched branch can deceive it. */
function fingerprintSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesUnder)
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .sort()) {
    hash.update(file).update(readFileSync(join(repositoryRoot, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} path relative to the repository
 * @returns {string[]}
 */
function filesUnder(path) {
  const full = join(repositoryRoot, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repositoryRoot.length + 1));
}
