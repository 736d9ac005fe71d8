import { existsSync, readdirSync } from 'node:fs';
import { say, SetupFailure, step } from './progress.mjs';
import { findOnPath, mustRun, runProgram } from './run-program.mjs';

/** What Electron's window needs of Debian 12, with a virtual display and one font family for labels. */
const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxss1',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxrandr2',
  'fonts-dejavu-core',
];
const DISPLAY_PACKAGES = ['xvfb', 'xauth'];
/** mosquitto_pub: a publisher we did not write, which the tests let loose on the broker. */
const TEST_PACKAGES = ['mosquitto-clients'];

/**
 * Makes sure Electron finds what it needs of the system: installed when root on Debian, else told in one command.
 * Other systems bring all of it along.
 * @param {{ electron: string, needsDisplay: boolean, forTests: boolean }} what `electron` is the executable
 */
export async function ensureSystemLibraries(what) {
  if (process.platform !== 'linux') return;
  const missing = await missingPackages(what);
  if (missing.length === 0) return;
  if (findOnPath('apt-get') === undefined) {
    throw new SetupFailure(
      `this system lacks what these Debian packages hold: ${missing.join(' ')}. Install them first.`,
    );
  }
  if (process.getuid?.() !== 0)
    throw new SetupFailure(`system libraries are missing. Install them with:\n${aptLine(missing)}`);
  say(`this system lacks ${missing.join(', ')}`);
  await step('installing system packages', () => installPackages(missing));
}

/** @param {{ electron: string, needsDisplay: boolean, forTests: boolean }} what */
async function missingPackages({ electron, needsDisplay, forTests }) {
  const missing = [];
  if ((await missingLibraries(electron)).length > 0 || !hasFonts()) missing.push(...ELECTRON_PACKAGES);
  if (needsDisplay && findOnPath('Xvfb') === undefined) missing.push(...DISPLAY_PACKAGES);
  if (forTests && findOnPath('mosquitto_pub') === undefined) missing.push(...TEST_PACKAGES);
  return missing;
}

/**
 * Shared libraries the executable asks for and the system does not have.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
export async function missingLibraries(executable) {
  if (findOnPath('ldd') === undefined) return [];
  const { stdout } = await runProgram(['ldd', executable], { log: 'system-libraries.log' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('=> not found'))
    .map((line) => line.trim().split(' ')[0] ?? line);
}

function hasFonts() {
  const folder = '/usr/share/fonts';
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => /\.(ttf|otf|pfb)$/.test(String(file)))
  );
}

/** @param {string[]} packages */
async function installPackages(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun(['apt-get', 'update'], { log: 'apt-update.log', env });
  await mustRun(['apt-get', 'install', '-y', '--no-install-recommends', ...packages], {
    log: 'apt-install.log',
    env,
  });
}

/** @param {string[]} packages */
function aptLine(packages) {
  return `  sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`;
}
