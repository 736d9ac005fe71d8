import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { SetupFailure } from './progress.mjs';
import { repositoryRoot } from './repository.mjs';

/** How much of a failing program's output is shown; the rest stands in its log. */
const TAIL_LINES = 60;

/**
 * @typedef {object} RunOptions
 * @property {string} log name of the file under out/test-logs that gets everything the program says
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {number} [timeoutMs]
 * @property {string} [cwd] the repository when absent
 */

/**
 * @typedef {object} RunOutcome
 * @property {number} code exit code; 124 when the time was up
 * @property {string} stdout
 * @property {string} tail last lines of everything it said
 * @property {string} logFile
 */

/**
 * Runs a program to its end, its output in a log file. Never a shell, except for `.cmd` files on Windows.
 * @param {readonly string[]} command program and arguments
 * @param {RunOptions} options
 * @returns {Promise<RunOutcome>}
 */
export function runProgram(command, options) {
  const logFile = join(repositoryRoot, 'out', 'test-logs', options.log);
  mkdirSync(dirname(logFile), { recursive: true });
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: program.endsWith('.cmd'),
    windowsHide: true,
  });
  const stopOnTime = killAfter(child, options.timeoutMs);
  const logged = createWriteStream(logFile);
  /** @type {Buffer[]} */
  const stdout = [];
  /** @type {Buffer[]} */
  const everything = [];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      everything.push(chunk);
      logged.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new SetupFailure(`cannot start ${program}: ${error.message}`)));
    child.once('close', (code) => {
      logged.end();
      resolve({
        code: stopOnTime.hasStopped() ? 124 : (code ?? 1),
        stdout: Buffer.concat(stdout).toString('utf8'),
        tail: lastLines(Buffer.concat(everything).toString('utf8')),
        logFile,
      });
    });
  });
}

/**
 * Runs a program that has to succeed.
 * @param {readonly string[]} command
 * @param {RunOptions} options
 * @returns {Promise<RunOutcome>}
 */
export async function mustRun(command, options) {
  const outcome = await runProgram(command, options);
  if (outcome.code === 0) return outcome;
  throw new SetupFailure(
    `${command.join(' ')} ended with code ${outcome.code}. The whole output is in ${outcome.logFile}; its end:\n${outcome.tail}`,
  );
}

/**
 * npm itself, however this process was started and on every system: the npm that runs us when there is one.
 * @param {...string} args
 * @returns {string[]}
 */
export function npmCommand(...args) {
  const runningNpm = process.env['npm_execpath'];
  if (runningNpm?.endsWith('npm-cli.js') === true) return [process.execPath, runningNpm, ...args];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', ...args];
}

/**
 * A tool of node_modules, run by this Node: no shell and no `.cmd` file in between.
 * @param {string} packageName
 * @param {...string} args
 * @returns {string[]}
 */
export function toolCommand(packageName, ...args) {
  const folder = join(repositoryRoot, 'node_modules', ...packageName.split('/'));
  const { bin, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : (bin[name.split('/').at(-1)] ?? Object.values(bin)[0]);
  return [process.execPath, join(folder, file), ...args];
}

/**
 * Where a program stands on the PATH, or undefined.
 * @param {string} program
 * @returns {string | undefined}
 */
export function findOnPath(program) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number | undefined} timeoutMs
 */
function killAfter(child, timeoutMs) {
  let stopped = false;
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          stopped = true;
          child.kill('SIGKILL');
        }, timeoutMs);
  child.once('close', () => clearTimeout(timer));
  return { hasStopped: () => stopped };
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
