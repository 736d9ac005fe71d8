import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../core/base/result.ts';
import type { RawPorts } from '../../core/protocol/raw-topic.ts';
import type { Speed } from '../run/pacer.ts';
import { playScenario, type PlayedScenario } from '../scenarios/play-scenario.ts';
import { openGround, type PreparedScenario, prepareScenario } from '../scenarios/prepare-scenario.ts';
import type { ScenarioProduct } from '../scenarios/scenario-product.ts';
import { EXIT, say } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { readFigures } from './read-figures.ts';
import { isLoopback, type Place } from './read-options.ts';
import { builtInNamed, scenarioInFile } from './scenario-command.ts';
import { playedTable } from './scenario-report.ts';
import { serveProduct } from './served-product.ts';
import { endProgress, tellProgress } from './terminal.ts';
import { openTrace } from './trace-file.ts';

/** `fleet-sim run -s NAME` or `-f FILE`, as commander reads it. */
export interface RunScenarioCommand {
  readonly scenario?: string;
  readonly file?: string;
  readonly packs: string;
  readonly seed?: number;
  readonly scale: number;
  readonly speed?: Speed;
  readonly serve: boolean;
  /** Kept, with the product's data in it; a scratch folder that is removed when left out. */
  readonly keep?: string;
  readonly target: Place;
  readonly control?: Place;
  readonly tokenFile?: string;
  /** Where boxes that do not speak MQTT find the product. */
  readonly tcpPort?: RawPorts;
  readonly udpPort?: RawPorts;
  readonly allowRemote: boolean;
  readonly truth?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly json: boolean;
}

/** Plays a scenario and checks what it expects; the answer is the exit code. */
export async function runScenarioCommand(command: RunScenarioCommand): Promise<number> {
  const prepared = preparedOf(command);
  if (!prepared.ok) return say(EXIT.badUsage, prepared.error);
  const usage = usageProblem(command);
  if (usage !== null) return say(EXIT.badUsage, usage);
  say(EXIT.pass, headline(prepared.value));
  const folder = command.keep ?? mkdtempSync(join(tmpdir(), 'fleet-sim-'));
  try {
    const product = command.serve
      ? await serveProduct(folder, prepared.value.book)
      : productElsewhere(command);
    return await play(command, prepared.value, product, folder);
  } catch (error) {
    return say(EXIT.runError, error instanceof Error ? error.message : String(error));
  } finally {
    if (command.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function play(
  command: RunScenarioCommand,
  prepared: PreparedScenario,
  product: ScenarioProduct,
  folder: string,
): Promise<number> {
  const trace = openTrace(command.trace);
  const interrupt = interruptible();
  const played = await playScenario({
    prepared,
    product,
    cleanProduct: command.serve ? (book) => serveProduct(join(folder, 'clean'), book) : null,
    signal: interrupt.signal,
    onProgress: tellProgress,
    ...(command.speed === undefined ? {} : { speed: command.speed }),
    ...(trace === null ? {} : { onPublish: trace.write }),
  });
  trace?.close();
  interrupt.done();
  endProgress();
  if (played.ok) return finish(command, played.value);
  const { problem, detail } = played.error;
  return say(problem === 'unreachable' ? EXIT.unreachable : EXIT.runError, detail);
}

function preparedOf(command: RunScenarioCommand): Result<PreparedScenario, string> {
  const opened =
    command.file === undefined ? builtInNamed(command.scenario ?? '') : scenarioInFile(command.file);
  if (!opened.ok) return opened;
  const { file, scenario } = opened.value;
  const ground = openGround(scenario, command.packs, file);
  if (!ground.ok) return ground;
  const seeded = command.seed === undefined ? scenario : { ...scenario, seed: command.seed };
  return ok(prepareScenario(seeded, ground.value, command.scale));
}

function usageProblem({ serve, control, tokenFile, target, allowRemote }: RunScenarioCommand): string | null {
  if (serve)
    return control === undefined ? null : '--serve starts a product of its own; leave --control out.';
  if (control === undefined || tokenFile === undefined) {
    return 'A scenario drives the clock: say --serve, or --control and --token-file of a product with a driven clock.';
  }
  if (control.host !== target.host) return '--control and --target are two ports of one product.';
  return isLoopback(target.host) || allowRemote
    ? null
    : `${target.host} is not this machine. Say --allow-remote if made-up vehicles are really to go there.`;
}

/** A product somebody else runs on this machine; its data folder is where its token lies. */
function productElsewhere(command: RunScenarioCommand): ScenarioProduct {
  const { target, control, tokenFile = '', tcpPort, udpPort } = command;
  return {
    endpoints: () => ({
      ...(tcpPort === undefined ? {} : { tcpPorts: tcpPort }),
      ...(udpPort === undefined ? {} : { udpPorts: udpPort }),
      host: target.host,
      mqttPort: target.port,
      control:
        control === undefined ? null : { port: control.port, token: readFileSync(tokenFile, 'utf8').trim() },
    }),
    restart: null,
    finish: async () => ({ ...(await readFigures(dirname(tokenFile))), counts: null, bookFaults: [] }),
    abandon: async () => undefined,
  };
}

function headline({ scenario, plan, faults }: PreparedScenario): string {
  const from = new Date(plan.openingMs).toISOString();
  return `${scenario.name}: ${plan.fleet.length} vehicles in ${scenario.area.name}, seed ${plan.seed}, from ${from}, ${faults.length} faults, the product's clock driven`;
}

function finish(command: RunScenarioCommand, played: PlayedScenario): number {
  const { outcome, checked, verification } = played;
  const result = { report: outcome.report, expectations: checked, differences: verification.differences };
  if (command.truth !== undefined)
    writeFileSync(command.truth, `${JSON.stringify(outcome.truth, null, 2)}\n`);
  if (command.report !== undefined) writeFileSync(command.report, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(command.json ? `${JSON.stringify(result)}\n` : `${playedTable(played)}\n`);
  const missed = checked.filter((each) => each.outcome === 'missed').length;
  return missed === 0
    ? EXIT.pass
    : say(EXIT.thresholdMissed, `${missed} of ${checked.length} expectations missed`);
}
