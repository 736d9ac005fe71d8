import { setTimeout as wait } from 'node:timers/promises';
import { teltonikaClient } from '../trackers/teltonika-mqtt-json.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { type ConnectionListener, LoadConnection } from './load-connection.ts';
import type { FromWorker, ToWorker, WorkerPhase, WorkerSettings } from './load-messages.ts';
import { LoadRun, type LoadTracker } from './load-run.ts';
import { LoadVehicle } from './load-vehicle.ts';
import { connectTimes, sourceAddress } from './connect-ramp.ts';

/**
 * A share of the trackers, a program: `load-worker <settings as JSON>`. Opens its connections at their times, says
 * `connected`, plays each phase it is told over the process channel, and ends when told or when its parent is gone.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
/** Beyond the ramp: a broker that queues connections takes its time. */
const CONNECT_PATIENCE_MS = 30_000;
const WARM_ROUNDS = 20;

const connectLatency = LatencyHistogram.empty();
let run: LoadRun | null = null;
let firstTrouble: string | null = null;
const listener: ConnectionListener = {
  connected: (dueMs) => {
    if (run === null) connectLatency.record(performance.now() - dueMs);
    else run.connected(dueMs);
  },
  lost: (reason) => {
    firstTrouble ??= reason;
    run?.lost();
  },
  sent: (flight) => run?.sent(flight),
  resent: (flights) => run?.resent(flights),
  acknowledged: (flight) => run?.acknowledged(flight),
};

const trackers = makeTrackers();
process.on('message', (message) => hear(message as ToWorker));
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of the group; the parent says when to stop.
process.on('SIGINT', () => undefined);
warmUp();
await connectAll();

function hear(message: ToWorker): void {
  if ('phase' in message) void play(message.phase);
  else if ('stop' in message) run?.stop();
  else end();
}

function makeTrackers(): readonly LoadTracker[] {
  const { clients, worker, workers, host, port, login, sourceAddresses } = settings;
  const own = Array.from({ length: clients }, (_, client) => client).filter(
    (client) => client % workers === worker,
  );
  return own.map((client) => {
    const vehicle = new LoadVehicle(client);
    const clientId = teltonikaClient(vehicle.device);
    const localAddress = sourceAddress(client, sourceAddresses);
    return {
      vehicle,
      connection: new LoadConnection({ host, port, localAddress, login, clientId, listener }),
    };
  });
}

async function connectAll(): Promise<void> {
  const times = connectTimes(settings);
  const startMs = performance.now();
  let opened = 0;
  const giveUpAtMs = startMs + (times.at(-1) ?? 0) + CONNECT_PATIENCE_MS;
  while (connectLatency.count < trackers.length) {
    const nowMs = performance.now();
    for (let dueMs = times[opened]; dueMs !== undefined && dueMs <= nowMs - startMs; dueMs = times[opened]) {
      trackers[opened]?.connection.open(startMs + dueMs);
      opened += 1;
    }
    if (firstTrouble !== null) return refused(firstTrouble);
    if (nowMs > giveUpAtMs) {
      return refused(`${connectLatency.count} of ${trackers.length} connections were accepted in time`);
    }
    await wait(1);
  }
  tell({ connected: { latency: connectLatency.encoded() } });
}

function refused(detail: string): void {
  tell({ failed: { problem: 'refused', detail } });
}

async function play(phase: WorkerPhase): Promise<void> {
  for (const { connection } of trackers) connection.abandon();
  run = new LoadRun(settings, phase, trackers, (second) => tell({ second }));
  tell({ done: await run.play() });
}

function end(): void {
  for (const { connection } of trackers) connection.end();
  process.disconnect();
}

function tell(message: FromWorker): void {
  process.send?.(message);
}

/** The first encodings are slow until they are compiled; that is not to be felt in the first seconds. */
function warmUp(): void {
  const histogram = LatencyHistogram.empty();
  for (let round = 1; round <= WARM_ROUNDS; round += 1) {
    for (let ms = 1; ms < 1_000; ms += 1) histogram.record(ms / round);
    LatencyHistogram.from(histogram.encoded());
  }
}
