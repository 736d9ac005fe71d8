import { readFileSync, writeFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { fleetPlan } from '../fleet/fleet-plan.ts';
import { openCityPack } from '../roads/city-pack.ts';
import type { RunOutcome, RunReport } from '../run/drive-fleet.ts';
import type { Speed } from '../run/pacer.ts';
import type { Endpoints } from '../run/publisher.ts';
import { runFleet } from '../run/run-fleet.ts';
import { EXIT, say } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { isLoopback, type Place } from './read-options.ts';
import { endProgress, tellProgress } from './terminal.ts';
import { openTrace } from './trace-file.ts';

/** `fleet-sim run`, as commander reads it. */
export interface RunCommand {
  readonly city: string;
  readonly packs: string;
  readonly vehicles: number;
  readonly seed: number;
  readonly start?: number;
  readonly history: number;
  readonly historyStep: number;
  readonly duration: number;
  readonly speed: Speed;
  readonly target: Place;
  readonly control?: Place;
  readonly tokenFile?: string;
  readonly allowRemote: boolean;
  readonly truth?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly json: boolean;
}

/** Where a driven run starts when nobody says: a Monday morning, so that two runs are the same run. */
const DEFAULT_START_MS = Date.parse('2026-03-02T08:00:00Z');

/** Runs a fleet against a product; the answer is the exit code. Reports go to stdout or files, words to stderr. */
export async function runCommand(command: RunCommand): Promise<number> {
  const usage = usageProblem(command);
  if (usage !== null) return say(EXIT.badUsage, usage);
  const city = openCityPack(command.packs, command.city);
  if (!city.ok) return say(EXIT.badUsage, city.error);
  const endpoints = endpointsOf(command);
  if (!endpoints.ok) return say(EXIT.badUsage, endpoints.error);
  const startMs = command.start ?? (command.control === undefined ? Date.now() : DEFAULT_START_MS);
  // A story with its own clock has nights; one in real time is looked at now, whatever the hour.
  const isAlwaysBusy = command.control === undefined;
  const { timeZone, network } = city.value;
  const plan = fleetPlan({ ...command, timeZone, startMs, historyDays: command.history, isAlwaysBusy });
  say(0, headline(command, plan.liveMs));
  const trace = openTrace(command.trace);
  const interrupt = interruptible();
  const outcome = await runFleet({
    plan,
    network,
    speed: command.speed,
    durationMs: command.duration,
    historyStepMs: command.historyStep,
    signal: interrupt.signal,
    endpoints: endpoints.value,
    onProgress: tellProgress,
    ...(trace === null ? {} : { onPublish: trace.write }),
  });
  trace?.close();
  interrupt.done();
  endProgress();
  if (!outcome.ok) {
    return say(
      outcome.error.problem === 'unreachable' ? EXIT.unreachable : EXIT.runError,
      outcome.error.detail,
    );
  }
  return finish(command, outcome.value);
}

function usageProblem(command: RunCommand): string | null {
  for (const { host } of [command.target, command.control ?? command.target]) {
    if (!isLoopback(host) && !command.allowRemote) {
      return `${host} is not this machine. Say --allow-remote if made-up vehicles are really to go there.`;
    }
  }
  if (command.control !== undefined) {
    if (command.tokenFile === undefined)
      return '--control needs --token-file, the control-token of the data folder.';
    if (command.control.host !== command.target.host)
      return '--control and --target are two ports of one product.';
    return null;
  }
  if (command.speed !== 1)
    return 'Without --control the product keeps the real time, so the speed can only be 1.';
  if (command.history > 0)
    return 'Days before the start need --control: the product has to live through them too.';
  return null;
}

function endpointsOf({ target, control, tokenFile }: RunCommand): Result<() => Endpoints, string> {
  const { host, port: mqttPort } = target;
  if (control === undefined || tokenFile === undefined) return ok(() => ({ host, mqttPort, control: null }));
  const endpoints = (): Endpoints => {
    const token = readFileSync(tokenFile, 'utf8').trim();
    return { host, mqttPort, control: { port: control.port, token } };
  };
  try {
    endpoints();
  } catch (error) {
    return fail(`cannot read the token file: ${error instanceof Error ? error.message : String(error)}`);
  }
  return ok(endpoints);
}

function finish(command: RunCommand, { truth, report }: RunOutcome): number {
  if (command.truth !== undefined) writeFileSync(command.truth, `${JSON.stringify(truth, null, 2)}\n`);
  if (command.report !== undefined) writeFileSync(command.report, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(command.json ? `${JSON.stringify(report)}\n` : `${table(report, truth.tenths)}\n`);
  const { sent, acknowledged } = report.packets;
  if (sent === acknowledged) return EXIT.pass;
  return say(EXIT.runError, `${sent - acknowledged} of ${sent} packets were not acknowledged`);
}

function headline(command: RunCommand, liveMs: number): string {
  const clock =
    command.control === undefined ? 'real time' : `the product's clock driven, speed ${command.speed}`;
  const { vehicles, city, seed } = command;
  return `${vehicles} vehicles in ${city}, seed ${seed}, from ${new Date(liveMs).toISOString()}, ${clock}`;
}

function table(report: RunReport, tenths: number): string {
  const { packets } = report;
  return [
    `packets       ${packets.sent} sent, ${packets.acknowledged} acknowledged`,
    `              ${packets.history} before the start in ${report.historySeconds.toFixed(2)} s, ${packets.live} live`,
    `miles         ${(tenths / 10).toFixed(1)} by ${report.vehicles} vehicles`,
    `clock         ${report.clock}, ${report.ticks} steps, ${report.reconnects} reconnects`,
    `wall time     ${report.seconds.toFixed(2)} s`,
  ].join('\n');
}
