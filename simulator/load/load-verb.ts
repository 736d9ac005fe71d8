import path from 'node:path';
import { Command, Option } from 'commander';
import { readPlace, readWhole } from '../cli/read-options.ts';
import { FLEET_VEHICLES_MAX } from '../fleet/identities.ts';
import { loadCommand } from './load-command.ts';
import type { LoadCommand } from './load-options.ts';
import { loadShapes } from './load-shape.ts';
import { readLength, readRate, readStages, readTerms } from './read-load-options.ts';

const DEFAULT_TARGET = 'mqtt://127.0.0.1:1883';
const DEFAULT_SEED = 23_423;
const WORKERS_MAX = 64;
const ADDRESSES_MAX = 250;
const RUNS_MAX = 20;

const HELP = `
Examples:
  npm run -s fleet-sim -- load --print-book 1000 > book.json
  npm run -s milepost -- serve --data try --book book.json        in another terminal
  npm run -s fleet-sim -- load --clients 1000 --rate 500/s --data try --slo p99=250ms,loss=0
  npm run -s fleet-sim -- load --stages 30s:100,2m:500,30s:0 --html report.html
  npm run -s fleet-sim -- load --shape spike --rate 300/s --duration 1m
  npm run -s fleet-sim -- load --find-max --slo p99=100ms,loss=0 --warmup 5s

Shapes: connect (the ramp alone), steady, step (four steps up to the rate), spike (10x for 10 s), herd (all
reconnect within 1 s), soak (30 min), flush (a fifth of the trackers uploads a day of records in 10 s), slow-consumer
(a subscriber that reads nothing; serve needs --anonymous-may-hear).

Packets leave at times fixed beforehand, whether or not the broker keeps up. Response counts from when a packet was
due, service from when it left. The password of --username is read from FLEET_SIM_PASSWORD.

Exit codes: 0 pass, 1 run error or counts that do not close, 2 bad usage, 3 target unreachable, 4 threshold missed,
5 the generator was the bottleneck: not a result.`;

/** `fleet-sim load`. */
export function loadVerb(): Command {
  const verb = new Command('load')
    .description('load a broker, and say what it took')
    .addHelpText('after', HELP);
  for (const option of [...loadOptions(), ...fleetOptions(), ...reportOptions()]) verb.addOption(option);
  return verb.action(async (command: LoadCommand) => {
    process.exitCode = await loadCommand(command, workerFile());
  });
}

/** The worker as it was built with this program: TypeScript in a checkout, JavaScript in a bundle. */
function workerFile(): string {
  return path.join(import.meta.dirname, `../load/load-worker${path.extname(import.meta.filename)}`);
}

function loadOptions(): readonly Option[] {
  return [
    new Option('--rate <rate>', 'packets a second of all trackers together; --find-max begins here')
      .argParser(readRate)
      .default(300, '300/s'),
    new Option('--stages <list>', 'time:rate, … each reached in a straight line').argParser(readStages),
    new Option('--shape <name>', 'what to do to the broker').choices([...loadShapes]).default('steady'),
    new Option('--duration <time>', 'how long (30s; soak 30m)').argParser(readLength),
    new Option('--warmup <time>', 'sent before, counted, not timed').argParser(readLength).default(0, '0s'),
    new Option('--arrivals <kind>', 'evenly, or as independent trackers would')
      .choices(['constant', 'poisson'])
      .default('constant'),
    new Option('--seed <n>', 'of the Poisson arrivals')
      .argParser(readWhole(0, 999_999_999))
      .default(DEFAULT_SEED),
    new Option('--runs <n>', 'as often, with the medians at the end')
      .argParser(readWhole(1, RUNS_MAX))
      .default(1),
    new Option(
      '--slo <terms>',
      'p50, p90, p99, p99.9, max=250ms; loss=0 or 0.1%; rss=1 (MB a minute)',
    ).argParser(readTerms),
    new Option('--drain <time>', 'wait so long for the last acknowledgements')
      .argParser(readLength)
      .default(30_000, '30s'),
    new Option('--find-max', 'look for the highest rate that keeps --slo (p99=100ms,loss=0)').default(false),
    new Option('--trial <time>', 'length of a trial of --find-max')
      .argParser(readLength)
      .default(10_000, '10s'),
    new Option('--hold <time>', 'how long its answer must hold').argParser(readLength).default(300_000, '5m'),
    new Option('--max-rate <rate>', '--find-max goes no higher')
      .argParser(readRate)
      .default(50_000, '50000/s'),
  ];
}

function fleetOptions(): readonly Option[] {
  return [
    new Option('--target <address>', 'the broker')
      .argParser(readPlace)
      .default(readPlace(DEFAULT_TARGET), DEFAULT_TARGET),
    new Option('--allow-remote', 'load a broker that is not on this machine').default(false),
    new Option('--data <folder>', 'data folder of the milepost that is loaded: it is asked what it kept'),
    new Option('--clients <n>', 'trackers, a connection each')
      .argParser(readWhole(1, FLEET_VEHICLES_MAX))
      .default(500),
    new Option('--connect-rate <rate>', 'connections opened a second')
      .argParser(readRate)
      .default(200, '200/s'),
    new Option('--source-addresses <n>', 'come from so many addresses 127.0.0.x')
      .argParser(readWhole(0, ADDRESSES_MAX))
      .default(0),
    new Option('--username <name>', 'log in by this name'),
    new Option('--workers <n>', 'processes that play the trackers (as many as the rate needs)').argParser(
      readWhole(1, WORKERS_MAX),
    ),
    new Option('--pin', 'give generator and product cores of their own (taskset)').default(false),
    new Option(
      '--print-book <n>',
      'print a book of the first n trackers for milepost serve, and end',
    ).argParser(readWhole(1, FLEET_VEHICLES_MAX)),
  ];
}

function reportOptions(): readonly Option[] {
  return [
    new Option('--json', 'print the result as JSON').default(false),
    new Option('--report <file>', 'write it as JSON'),
    new Option('--html <file>', 'write it as a page with plots'),
    new Option('--log <file>', 'write every second, a line of JSON each'),
  ];
}
