import os from 'node:os';
import { writeFileSync } from 'node:fs';
import { isLoopback } from '../cli/read-options.ts';
import { tryPort } from '../run/mqtt-publisher.ts';
import { type Agreement, findAgreedMax } from './find-max.ts';
import { maxText } from './find-max-text.ts';
import { loadBook } from './load-book.ts';
import { openSecondLog, type SecondLog } from './second-log.ts';
import { type LoadCommand, PASSWORD_VARIABLE, usageProblem } from './load-options.ts';
import { peakRate, steadyStage } from './load-plan.ts';
import type { LoadResult } from './load-result.ts';
import { type ShapedLoad, shapedLoad, SOAK_MS } from './load-shape.ts';
import { listenerOf } from './machine-watch.ts';
import type { Login } from './mqtt-bytes.ts';
import { pinProcesses } from './pin-processes.ts';
import { reportHtml } from './report-html.ts';
import { reportText, runsText } from './report-text.ts';
import { type LoadOrder, type LoadSession, runLoad } from './run-load.ts';
import type { ServiceTerm } from './service-level.ts';
import { LOAD_EXIT, worstExit } from './verdict.ts';
import { WorkerPool } from './worker-pool.ts';

const DURATION_MS = 30_000;
/** What one worker does with ease on an ordinary core. */
const PER_WORKER = 8_000;
const CLIENTS_A_WORKER = 10_000;
/** What a desktop owes its trackers when nobody says what it owes them. */
const FIND_MAX_TERMS: readonly ServiceTerm[] = [
  { kind: 'latency', name: 'p99', percentile: 99, maxMs: 100 },
  { kind: 'loss', max: 0, isShare: false },
];

/** Loads a broker; the answer is the exit code. `workerFile` is the program that plays the trackers. */
export async function loadCommand(command: LoadCommand, workerFile: string): Promise<number> {
  if (command.printBook !== undefined) return printBook(command.printBook);
  const usage = usageProblem(command);
  if (usage !== null) return say(LOAD_EXIT.badUsage, usage);
  const { host, port } = command.target;
  const problem = await tryPort(host, port);
  if (problem !== null) {
    return say(LOAD_EXIT.unreachable, `no broker answers on ${host}:${port} (${problem})`);
  }
  const log = openSecondLog(command.log);
  try {
    return await loadWith(command, workerFile, log);
  } finally {
    log.close();
  }
}

async function loadWith(command: LoadCommand, workerFile: string, log: SecondLog): Promise<number> {
  const { host, port } = command.target;
  const login = loginOf(command);
  const { clients, connectRate: connectPerSecond, sourceAddresses } = command;
  const workers = command.workers ?? workersFor(command);
  say(
    0,
    `connecting ${clients} trackers to ${host}:${port}, ${connectPerSecond} a second, ${workers} at work`,
  );
  const settings = { host, port, clients, workers, connectPerSecond, sourceAddresses, login };
  const pool = await WorkerPool.start(workerFile, settings);
  if (!pool.ok) return say(LOAD_EXIT.runError, pool.error.detail);
  const productPid = isLoopback(host) ? listenerOf(port) : null;
  const pinned = command.pin ? pinProcesses(pool.value.pids, productPid) : null;
  if (pinned?.isPinned === false) say(0, '--pin: this machine cannot give the generator a core of its own');
  const session: LoadSession = {
    pool: pool.value,
    host,
    port,
    login,
    clients,
    dataFolder: command.data ?? null,
    productPid,
    isPinned: pinned?.isPinned ?? false,
  };
  const interrupt = interruptible(pool.value);
  try {
    return command.findMax
      ? await searchMax(command, session, log, interrupt.signal)
      : await measure(command, session, log, interrupt.signal);
  } finally {
    interrupt.done();
    pinned?.undo();
    await pool.value.end();
  }
}

async function measure(
  command: LoadCommand,
  session: LoadSession,
  log: SecondLog,
  signal: AbortSignal,
): Promise<number> {
  const order = orderOf(command, loadOf(command), log);
  const results: LoadResult[] = [];
  while (results.length < command.runs && !signal.aborted) {
    const result = await runLoad(session, order);
    if (!result.ok) return say(exitOf(result.error.problem), result.error.detail);
    results.push(result.value);
    if (!command.json) process.stdout.write(`${reportText(result.value)}\n\n`);
  }
  const exitCode = worstExit(results.map(({ verdict }) => verdict.exitCode));
  if (command.json) process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results)}\n`);
  else if (results.length > 1) process.stdout.write(`${runsText(results)}\n`);
  writeReports(command, results, null);
  return exitCode;
}

async function searchMax(
  command: LoadCommand,
  session: LoadSession,
  log: SecondLog,
  signal: AbortSignal,
): Promise<number> {
  const held: LoadResult[] = [];
  const agreement = await findAgreedMax({
    startPerSecond: command.rate,
    ceilingPerSecond: command.maxRate,
    trial: async (perSecond, kind) => {
      signal.throwIfAborted();
      const load = shapedLoad('steady', perSecond, kind === 'hold' ? command.hold : command.trial);
      const result = await runLoad(session, orderOf(command, load, log));
      if (!result.ok) throw new Error(result.error.detail);
      const { exitCode, outcome, reasons } = result.value.verdict;
      say(
        0,
        `${kind} ${perSecond.toFixed(0)}/s: ${[outcome, ...reasons].join('; ')}${result.value.machine.isContended ? ' (contended)' : ''}`,
      );
      if (exitCode === LOAD_EXIT.runError) throw new Error(reasons.join('; '));
      if (kind === 'hold') held.push(result.value);
      if (exitCode === LOAD_EXIT.pass) return 'kept';
      if (result.value.machine.isContended) return 'disturbed';
      return exitCode === LOAD_EXIT.generatorWasTheBottleneck ? 'generator' : 'broken';
    },
  }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (agreement instanceof Error) return say(LOAD_EXIT.runError, agreement.message);
  process.stdout.write(`${command.json ? JSON.stringify(agreement) : maxText(agreement)}\n`);
  writeReports(command, held, agreement);
  return maxExit(agreement);
}

/** A generator that gave out, or a machine that others kept busy, gives no result; searches that disagree are an error. */
function maxExit({ answers, agreed }: Agreement): number {
  const limit = (agreed ?? answers.at(-1))?.limit;
  if (limit === 'generator' || limit === 'disturbed') return LOAD_EXIT.generatorWasTheBottleneck;
  return agreed === null ? LOAD_EXIT.runError : LOAD_EXIT.pass;
}

function loadOf({ stages, shape, rate, duration }: LoadCommand): ShapedLoad {
  if (stages !== undefined) return { ...shapedLoad('steady', rate, 0), stages };
  return shapedLoad(shape, rate, duration ?? (shape === 'soak' ? SOAK_MS : DURATION_MS));
}

function orderOf(command: LoadCommand, load: ShapedLoad, log: SecondLog): LoadOrder {
  const { shape, arrivals, seed, warmup: warmUpMs, drain: drainMs } = command;
  return {
    shape: command.stages === undefined ? shape : 'stages',
    load,
    arrivals,
    seed,
    warmUpMs,
    drainMs,
    terms: command.slo ?? (command.findMax ? FIND_MAX_TERMS : []),
    onSecond: log.write,
  };
}

function workersFor(command: LoadCommand): number {
  const { clients, findMax, maxRate } = command;
  const stages = findMax ? [steadyStage(1, maxRate)] : loadOf(command).stages;
  const wanted = Math.ceil(Math.max(peakRate(stages) / PER_WORKER, clients / CLIENTS_A_WORKER, 1));
  return Math.min(wanted, clients, Math.max(1, os.availableParallelism() - 1));
}

function loginOf({ username }: LoadCommand): Login | null {
  return username === undefined ? null : { username, password: process.env[PASSWORD_VARIABLE] ?? '' };
}

function printBook(vehicles: number): number {
  process.stdout.write(`${JSON.stringify(loadBook(vehicles, Date.now()), null, 2)}\n`);
  return LOAD_EXIT.pass;
}

function writeReports(command: LoadCommand, results: readonly LoadResult[], found: Agreement | null): void {
  const whole = found === null ? { runs: results } : { runs: results, findMax: found };
  if (command.report !== undefined) writeFileSync(command.report, `${JSON.stringify(whole, null, 2)}\n`);
  if (command.html !== undefined) writeFileSync(command.html, reportHtml(results));
}

/** Ctrl-C once drains and reports; twice stops now. */
function interruptible(pool: WorkerPool): { readonly signal: AbortSignal; readonly done: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) {
      pool.kill();
      process.exit(LOAD_EXIT.runError);
    }
    say(0, 'stopping: what is on its way is waited for (again to stop at once)');
    controller.abort(new Error('stopped before there was an answer'));
    pool.stop();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    done: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

function exitOf(problem: 'unreachable' | 'refused'): number {
  return problem === 'unreachable' ? LOAD_EXIT.unreachable : LOAD_EXIT.runError;
}

function say(exitCode: number, line: string): number {
  process.stderr.write(`${line}\n`);
  return exitCode;
}
