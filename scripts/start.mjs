/**
 * `npm start`: opens the control room with its demo fleet, and first fetches and builds whatever is missing.
 *
 *     npm start                                                       the control room, until its window is closed
 *     npm start -- --smoke 60s --report r.json --screenshot s.png     stops by itself; the code says whether it worked
 *
 * Plain JavaScript without a dependency, because it runs before there are any.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { smokeDurationMs, withDemo } from './setup/app-arguments.mjs';
import { needsVirtualDisplay, startVirtualDisplay } from './setup/display.mjs';
import { electronFlags } from './setup/electron-flags.mjs';
import { prepareApp, prepareMachine } from './setup/prepare.mjs';
import { giveUp, say, SetupFailure } from './setup/progress.mjs';
import { repositoryRoot } from './setup/repository.mjs';

/** Beyond the time it was asked to run, the app gets this long to open, to write its report and to close. */
const SMOKE_MARGIN_MS = 120_000;
/** What Chromium says where there is no D-Bus. It asks again and again, and needs none. */
const NOISE = /ERROR:bus\.cc/;

/** @param {string[]} appArguments */
async function start(appArguments) {
  const smokeMs = smokeDurationMs(appArguments);
  const runtime = await prepareMachine({ forTests: false });
  await prepareApp();
  const isVirtualDisplay = needsVirtualDisplay();
  const display = isVirtualDisplay ? await startVirtualDisplay() : undefined;
  const flags = electronFlags({ isVirtualDisplay });
  say(`opening the control room (Electron ${runtime.version})`);
  const code = await runElectron(runtime, [...flags, '.', ...withDemo(appArguments)], {
    ...(display === undefined ? {} : { env: { DISPLAY: display.display } }),
    ...(smokeMs === undefined ? {} : { timeoutMs: smokeMs + SMOKE_MARGIN_MS }),
  });
  display?.stop();
  process.exit(code);
}

/**
 * @param {import('./setup/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} options
 * @returns {Promise<number>} the exit code
 */
function runElectron(runtime, args, { env, timeoutMs }) {
  const child = spawn(runtime.executable, args, {
    cwd: repositoryRoot,
    stdio: ['inherit', 'inherit', 'pipe'],
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, ...env },
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!NOISE.test(line)) process.stderr.write(`${line}\n`);
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {
    // At a terminal Ctrl+C reaches the app by itself, and a second one would cut its drain short.
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => overdue(child, timeoutMs), timeoutMs);
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new SetupFailure(`cannot start ${runtime.executable}: ${error.message}`)),
    );
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} timeoutMs
 */
function overdue(child, timeoutMs) {
  say(`the app has not stopped after ${timeoutMs / 1000} s: ending it`);
  child.kill('SIGKILL');
}

start(process.argv.slice(2)).catch(giveUp);
