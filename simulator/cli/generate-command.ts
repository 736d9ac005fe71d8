import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { driveFleet } from '../run/drive-fleet.ts';
import { openGround, prepareScenario } from '../scenarios/prepare-scenario.ts';
import { EXIT, say } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { builtInNamed, scenarioInFile } from './scenario-command.ts';
import { endProgress, tellProgress } from './terminal.ts';
import { openTrace } from './trace-file.ts';

interface GenerateOptions {
  readonly scenario?: string;
  readonly file?: string;
  readonly output: string;
  readonly truth?: string;
  readonly packs: string;
}

/** `fleet-sim generate`: a scenario's packets into a file, without a network. */
export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description("write a scenario's packets into a trace, without a network")
    .option('-s, --scenario <name>', 'a built-in scenario')
    .option('-f, --file <file>', 'a scenario file')
    .requiredOption('-o, --output <file>', 'the trace; compressed when its name ends in .gz')
    .option('--truth <file>', 'write what really happened')
    .option('--packs <folder>', 'where the city packs are', 'out/city-packs')
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- generate -s normal-week -o week.jsonl.gz --truth week-truth.json
  npm run -s fleet-sim -- generate -f mine.yaml -o mine.jsonl`,
    )
    .action(async (options: GenerateOptions) => {
      process.exitCode = await generate(options);
    });
}

async function generate({ scenario: name, file, output, truth, packs }: GenerateOptions): Promise<number> {
  const opened = file === undefined ? builtInNamed(name ?? '') : scenarioInFile(file);
  if (!opened.ok) return say(EXIT.badUsage, opened.error);
  const { scenario } = opened.value;
  const ground = openGround(scenario, packs, opened.value.file);
  if (!ground.ok) return say(EXIT.badUsage, ground.error);
  const prepared = prepareScenario(scenario, ground.value);
  const trace = openTrace(output);
  const interrupt = interruptible();
  const { plan, network, pace, durationMs, historyStepMs } = prepared;
  const outcome = await driveFleet({
    plan,
    network,
    pace,
    durationMs,
    historyStepMs,
    faults: prepared.faults,
    speed: 'max',
    signal: interrupt.signal,
    // Nobody listens: every packet is acknowledged, and the clock is the run's own.
    publisher: {
      publishAll: async (publishes, onAcknowledged) => publishes.forEach(onAcknowledged),
      close: async () => undefined,
      reconnects: () => 0,
    },
    clock: { advanceTo: async () => undefined, close: async () => undefined },
    onProgress: tellProgress,
    ...(trace === null ? {} : { onPublish: trace.write }),
  });
  trace?.close();
  interrupt.done();
  endProgress();
  if (truth !== undefined) writeFileSync(truth, `${JSON.stringify(outcome.truth, null, 2)}\n`);
  return say(EXIT.pass, `${outcome.report.packets.sent} packets in ${output}`);
}
