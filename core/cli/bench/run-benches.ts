import { benchList, isBenchName, type BenchDescription } from './bench-list.ts';
import { type BenchRun, describeOutcome, outcomeOf } from './bench-outcome.ts';
import { usePlatformText } from '../../process/platform-text.ts';
import { benchBadClients } from './bad-client-bench.ts';
import { benchConnections } from './connection-bench.ts';
import { benchDecode } from './decode-bench.ts';
import { benchEndurance } from './endurance-bench.ts';
import { benchFlood } from './flood-bench.ts';
import { benchFeed } from './feed-bench.ts';
import { benchIngest, benchTls } from './ingest-bench.ts';
import { benchJournal } from './journal-bench.ts';
import { benchLoadGenerator } from './load-generator-bench.ts';
import { watchMachineLoad } from './machine-load.ts';
import { benchAccrual } from './money-accrual-bench.ts';
import { benchMonthClose } from './money-close-bench.ts';
import { benchBillingMemory } from './money-memory-bench.ts';
import { benchReplay } from './replay-bench.ts';
import { benchSimulateDay } from './simulate-day-bench.ts';

const TURN_SECONDS = 3;
/** Memory that is lost shows after a minute. */
const FLOOD_SECONDS = 60;

/** The program `milepost bench` starts: `run-benches.js <seconds or ""> <json|words> NAME …`, bundled, in a plain Node. */
usePlatformText();
const [secondsGiven = '', form = 'words', ...names] = process.argv.slice(2);
const seconds = secondsGiven === '' ? TURN_SECONDS : Number(secondsGiven);
const chosen = benchList.filter(({ name }) => names.length === 0 || names.filter(isBenchName).includes(name));
for (const bench of chosen) await runBench(bench);

/** One bench that breaks does not keep the others from running; it makes the exit code 1. */
async function runBench(bench: BenchDescription): Promise<void> {
  process.stderr.write(`${bench.name} …\n`);
  const load = watchMachineLoad();
  try {
    const outcome = outcomeOf(bench, await startBench(bench), load());
    process.stdout.write(form === 'json' ? `${JSON.stringify(outcome)}\n` : describeOutcome(bench, outcome));
  } catch (error) {
    process.stderr.write(`${bench.name} broke: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}

function startBench({ name }: BenchDescription): Promise<BenchRun> | BenchRun {
  switch (name) {
    case 'decode':
      return benchDecode(seconds);
    case 'ingest-pipelined':
      return benchIngest({ clients: 100, window: 50, seconds: seconds });
    case 'ingest-5000':
      return benchIngest({ clients: 5_000, window: 2, seconds: seconds });
    case 'tls-pipelined':
      return benchTls({ clients: 100, window: 50, seconds: seconds });
    case 'tls-2000':
      return benchTls({ clients: 2_000, window: 2, seconds: seconds });
    case 'connection-memory':
      return benchConnections(false);
    case 'connection-memory-tls':
      return benchConnections(true);
    case 'bad-clients':
      return benchBadClients(seconds);
    case 'flood':
      return benchFlood(secondsGiven === '' ? FLOOD_SECONDS : seconds);
    case 'load-generator':
      return benchLoadGenerator(seconds);
    case 'simulate-day':
      return benchSimulateDay();
    case 'journal':
      return benchJournal(Math.min(seconds, 2));
    case 'feed':
      return benchFeed();
    case 'replay':
      return benchReplay();
    case 'month-close':
      return benchMonthClose();
    case 'accrual':
      return benchAccrual(seconds);
    case 'billing-memory':
      return benchBillingMemory();
    case 'endurance':
      return benchEndurance();
  }
}
