import { Command, CommanderError, Option } from 'commander';
import { demoBook } from '../fleet/demo-book.ts';
import { fleetPlan } from '../fleet/fleet-plan.ts';
import { FLEET_VEHICLES_MAX } from '../fleet/identities.ts';
import { loadVerb } from '../load/load-verb.ts';
import { openCityPack } from '../roads/city-pack.ts';
import { HISTORY_STEP_MS } from '../run/drive-fleet.ts';
import {
  readDays,
  readDuration,
  readInstant,
  readPlace,
  readRawPort,
  readScale,
  readSpeed,
  readWhole,
} from './read-options.ts';
import { cityCommand } from './city-command.ts';
import { EXIT } from './exit.ts';
import { addGenerate } from './generate-command.ts';
import { addRecord } from './record-command.ts';
import { addReplay } from './replay-command.ts';
import { runCommand, type RunCommand } from './run-command.ts';
import { runScenarioCommand, type RunScenarioCommand } from './run-scenario-command.ts';
import { scenarioCommand } from './scenario-command.ts';
import { vendorCommand } from './vendor-command.ts';
import { addVerify } from './verify-command.ts';

const DEFAULT_SEED = 23_423;
const DEFAULT_DURATION_MS = 60_000;
const DEFAULT_TARGET = 'mqtt://127.0.0.1:1883';

interface BookCommand extends Pick<RunCommand, 'city' | 'packs' | 'vehicles' | 'seed' | 'history'> {
  readonly start: number;
}

function fleetCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--city <id>', 'city pack to drive in: gothenburg or montevideo', 'gothenburg')
    .option('--packs <folder>', 'where the city packs are', 'out/city-packs')
    .option('--vehicles <n>', 'size of the fleet', readWhole(1, FLEET_VEHICLES_MAX), 250)
    .option('--seed <n>', 'the same seed gives the same fleet', readWhole(0, 999_999_999), DEFAULT_SEED)
    .option('--history <days>', 'days before the start, passed at speed (14d)', readDays, 0);
}

const book = fleetCommand(
  'book',
  'print the book of a fleet: operators, vehicles, trackers, contracts, openings',
)
  .requiredOption('--start <instant>', 'when live driving begins', readInstant)
  .addHelpText(
    'after',
    `
Examples:
  npm run -s fleet-sim -- book --start 2026-03-02T08:00:00Z > book.json
  npm run -s fleet-sim -- book --city montevideo --vehicles 20 --seed 7 --start 2026-03-02T12:00:00Z --history 14d`,
  )
  .action((command: BookCommand) => {
    process.exitCode = printBook(command);
  });

const run = fleetCommand('run', 'drive a fleet over MQTT, as its trackers would')
  .option(
    '--start <instant>',
    'when live driving begins (now; with --control 2026-03-02T08:00:00Z)',
    readInstant,
  )
  .option(
    '--history-step <time>',
    'virtual time between packets of the days before',
    readDuration,
    HISTORY_STEP_MS,
  )
  .addOption(
    new Option('--duration <time>', 'virtual length of the live part')
      .argParser(readDuration)
      .default(DEFAULT_DURATION_MS, '60s'),
  )
  .option('-s, --scenario <name>', 'a built-in scenario instead of the options for a fleet')
  .option('-f, --file <file>', 'a scenario file instead of them')
  .option(
    '--tcp-port <name=port...>',
    'with a scenario: where boxes that speak raw TCP find the product',
    readRawPort,
  )
  .option('--udp-port <name=port...>', 'the same over UDP', readRawPort)
  .option('--serve', 'start a product for the scenario in a scratch folder, and stop it after', false)
  .option('--keep <folder>', 'with --serve: keep its data in this folder')
  .option('--scale <factor>', 'with a scenario: so many times its vehicles, such as 0.5', readScale, 1)
  .option('--speed <n>', 'virtual seconds a second: 1, 60, max (1; a scenario says its own)', readSpeed)
  .addOption(
    new Option('--target <address>', 'the broker')
      .argParser(readPlace)
      .default(readPlace(DEFAULT_TARGET), DEFAULT_TARGET),
  )
  .option('--control <address>', "the product's control channel: the run drives its clock", readPlace)
  .option('--token-file <file>', 'the control-token of the data folder, read again at each connection')
  .option('--allow-remote', 'let the fleet drive on a broker that is not on this machine', false)
  .option('--truth <file>', 'write what really happened, a vehicle a row')
  .option('--report <file>', 'write the counts of the run')
  .option('--trace <file>', 'write every packet, a line of JSON each')
  .option('--json', 'print the counts as JSON', false)
  .addHelpText(
    'after',
    `
Examples:
  npm run -s fleet-sim -- run --vehicles 20 --duration 30s --truth truth.json
  npm run -s fleet-sim -- run --seed 7 --start 2026-03-02T08:00:00Z --history 14d --duration 8h --speed max \\
      --control 127.0.0.1:7070 --token-file data/control-token --truth truth.json

  npm run -s fleet-sim -- run -s normal-week --serve
  npm run -s fleet-sim -- run -f mine.yaml --control 127.0.0.1:7070 --token-file data/control-token

Exit codes: 0 pass, 1 run error, 2 bad usage or scenario, 3 target unreachable, 4 an expectation missed.`,
  )
  .action(async (options: RunCommand & RunScenarioCommand, command: Command) => {
    const { scenario, file, seed, ...rest } = options;
    if (scenario === undefined && file === undefined) {
      process.exitCode = await runCommand({ ...options, speed: options.speed ?? 1 });
      return;
    }
    // A scenario has a seed of its own, unless somebody says another one.
    const isSeedSaid = command.getOptionValueSource('seed') === 'cli';
    process.exitCode = await runScenarioCommand({
      ...rest,
      ...(scenario === undefined ? {} : { scenario }),
      ...(file === undefined ? {} : { file }),
      ...(isSeedSaid && seed !== undefined ? { seed } : {}),
    });
  });

function printBook(command: BookCommand): number {
  const city = openCityPack(command.packs, command.city);
  if (!city.ok) {
    process.stderr.write(`${city.error}\n`);
    return EXIT.badUsage;
  }
  const { timeZone } = city.value;
  const plan = fleetPlan({
    ...command,
    timeZone,
    startMs: command.start,
    historyDays: command.history,
    isAlwaysBusy: false,
  });
  process.stdout.write(`${JSON.stringify(demoBook(plan), null, 2)}\n`);
  return EXIT.pass;
}

const load = loadVerb();

const program = new Command('fleet-sim')
  .description('A made-up fleet on real streets, speaking as real trackers do.')
  .addHelpText(
    'after',
    `
Examples:
  npm run -s fleet-sim -- book --start 2026-03-02T08:00:00Z > book.json
  npm run -s fleet-sim -- run --duration 30s
  npm run -s fleet-sim -- run -s normal-week --serve
  npm run -s fleet-sim -- load --rate 500/s --duration 30s`,
  )
  .addCommand(book)
  .addCommand(run)
  .addCommand(scenarioCommand())
  .addCommand(vendorCommand())
  .addCommand(cityCommand())
  .addCommand(load);
addGenerate(program);
addReplay(program);
addRecord(program);
addVerify(program);
overrideExit(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.pass : EXIT.badUsage;
}

/** Bad usage of any verb is this program's exit code, not the library's. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) overrideExit(each);
}
