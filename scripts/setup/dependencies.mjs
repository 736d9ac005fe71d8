import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure, step } from './progress.mjs';
import { repositoryRoot } from './repository.mjs';
import { mustRun, npmCommand } from './run-program.mjs';

/** What the code needs at least: `engines` of package.json says the same. */
const NODE_MINIMUM = [20, 19];

/** Stops with a plain sentence on a Node that is too old to run the tools. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [majorNeeded = 0, minorNeeded = 0] = NODE_MINIMUM;
  if (major > majorNeeded || (major === majorNeeded && minor >= minorNeeded)) return;
  throw new SetupFailure(
    `Node ${process.versions.node} is too old: install Node ${NODE_MINIMUM.join('.')} or newer and try again`,
  );
}

/** Installs exactly what package-lock.json names, when node_modules is missing or differs from it. */
export async function ensureDependencies() {
  if (isUpToDate(repositoryRoot)) return;
  await step('installing dependencies with npm ci', () =>
    // Nothing we depend on needs an install script; --ignore-scripts keeps it that way.
    mustRun(npmCommand('ci', '--ignore-scripts', '--no-audit', '--no-fund'), { log: 'npm-ci.log' }),
  );
}

/**
 * npm records what it installed in node_modules/.package-lock.json. Up to date means: every package there is the one
 * the lock file names, and what the lock file names beyond is optional (another system's binaries).
 * @param {string} folder of package-lock.json
 */
export function isUpToDate(folder) {
  const installedFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const installed = packagesOf(installedFile);
  const hasStranger = [...installed].some(([path, entry]) => wanted.get(path)?.version !== entry.version);
  const lacksOne = [...wanted].some(
    ([path, entry]) => !installed.has(path) && entry.optional !== true && entry.devOptional !== true,
  );
  return !hasStranger && !lacksOne;
}

/**
 * @param {string} lockFile
 * @returns {Map<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}
