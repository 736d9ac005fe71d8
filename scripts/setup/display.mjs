import { spawn } from 'node:child_process';
import { say, SetupFailure } from './progress.mjs';
import { findOnPath } from './run-program.mjs';

const START_TIMEOUT_MS = 20_000;
const SCREEN = '1600x1000x24';

/** A Linux without X and without Wayland: nobody could see a window, so a virtual screen has to do. */
export function needsVirtualDisplay() {
  if (process.platform !== 'linux') return false;
  return ['DISPLAY', 'WAYLAND_DISPLAY'].every((name) => (process.env[name] ?? '') === '');
}

/**
 * Starts Xvfb on a free display number, which it chooses itself, and waits until it answers.
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startVirtualDisplay() {
  const program = findOnPath('Xvfb');
  if (program === undefined) throw new SetupFailure('Xvfb is not installed: apt-get install xvfb');
  // -displayfd 3: the number is written to the fourth stream once the display answers.
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  /** @type {Buffer[]} */
  const complaints = [];
  child.stderr?.on('data', (chunk) => complaints.push(chunk));
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(new SetupFailure(`Xvfb did not start: ${Buffer.concat(complaints).toString('utf8').trim()}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    child.once('exit', fail);
    child.once('error', fail);
    child.stdio[3]?.once('data', (number) => {
      clearTimeout(timer);
      const display = `:${String(number).trim()}`;
      say(`no display here: running under Xvfb (display ${display}), drawing in software`);
      resolve({ display, stop });
    });
  });
}
