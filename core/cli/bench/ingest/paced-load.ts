import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { benchFleet } from '../bench-fleet.ts';
import type { ClientPass } from './open-connection.ts';
import { median } from '../verdict.ts';
import { PacedClient } from './paced-client.ts';

/** A load with a pace of its own, told on the command line as JSON. */
export interface PacedSettings {
  readonly port: number;
  readonly clients: number;
  /** Of all clients together. */
  readonly packetsASecond: number;
  /** Epoch milliseconds of the first record. */
  readonly firstMs: number;
  readonly pass: ClientPass | null;
}

/** Sends for so long; or, for `null`, until the server is gone. */
export interface PacedPhase {
  readonly seconds: number | null;
}

export interface PacedResult {
  readonly packetsASecond: number;
  /** From when a packet was due, whether or not it could be sent then, to its PUBACK. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of each second by itself, of when its packets were due: the median, which one slow sync of the disk does not decide. */
  readonly p99OfSecondsMs: number;
  readonly maxMs: number;
  /** How many packets of each device are acknowledged since its start. */
  readonly acknowledgedByDevice: Readonly<Record<string, number>>;
}

/**
 * The paced load, a program: `paced-load.js <settings>`. The clients send in turn, evenly spread, and none waits for
 * an acknowledgement; so a server that stops for a moment is measured for all that was due in it.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as PacedSettings;
const CONNECTS_AT_ONCE = 50;
/** A machine that others keep busy may be this far behind. */
const PATIENCE_MS = 120_000;

const latencies = createHistogram();
const bySecond = new Map<number, RecordableHistogram>();
const server = { isGone: false };
const clients = await connectAll();
process.on('message', (phase) => void run(phase as PacedPhase));
process.send?.('connected');

async function connectAll(): Promise<readonly PacedClient[]> {
  const { port, firstMs, pass } = settings;
  const connected: PacedClient[] = [];
  const fleet = benchFleet(settings.clients, () => 'teltonika-mqtt-json');
  for (let i = 0; i < fleet.length; i += CONNECTS_AT_ONCE) {
    const wave = fleet
      .slice(i, i + CONNECTS_AT_ONCE)
      .map(({ device }) =>
        PacedClient.connect({ port, device, firstMs, pass, onAcknowledged: noteLatency, onClosed: noteGone }),
      );
    connected.push(...(await Promise.all(wave)));
  }
  return connected;
}

function noteLatency(dueMs: number): void {
  const microseconds = Math.max(1, Math.round((performance.now() - dueMs) * 1_000));
  latencies.record(microseconds);
  const second = Math.floor(dueMs / 1_000);
  const ofSecond = bySecond.get(second) ?? createHistogram();
  bySecond.set(second, ofSecond);
  ofSecond.record(microseconds);
}

function noteGone(): void {
  server.isGone = true;
}

async function run({ seconds }: PacedPhase): Promise<void> {
  latencies.reset();
  bySecond.clear();
  const before = acknowledgedInAll();
  const startMs = performance.now();
  await sendUntil((nowMs) => server.isGone || (seconds !== null && nowMs - startMs >= seconds * 1_000));
  const sendingMs = performance.now() - startMs;
  if (seconds !== null) await untilAcknowledged();
  const packets = acknowledgedInAll() - before;
  process.send?.({
    packetsASecond: (packets * 1_000) / sendingMs,
    p50Ms: latencies.percentile(50) / 1_000,
    p99Ms: latencies.percentile(99) / 1_000,
    p99OfSecondsMs: median([...bySecond.values()].map((each) => each.percentile(99) / 1_000)),
    maxMs: latencies.max / 1_000,
    acknowledgedByDevice: Object.fromEntries(clients.map((client) => [client.device, client.acknowledged])),
  } satisfies PacedResult);
}

/** What is due is sent, also late; then the rest of the program has its turn. */
async function sendUntil(isOver: (nowMs: number) => boolean): Promise<void> {
  const everyMs = 1_000 / settings.packetsASecond;
  const startMs = performance.now();
  let sent = 0;
  for (let nowMs = startMs; !isOver(nowMs); nowMs = performance.now()) {
    for (let dueMs = startMs + sent * everyMs; dueMs <= nowMs; dueMs = startMs + sent * everyMs) {
      clients[sent % clients.length]?.send(dueMs);
      sent += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function untilAcknowledged(): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  while (!server.isGone && acknowledgedInAll() < clients.reduce((sum, { sent }) => sum + sent, 0)) {
    if (performance.now() > giveUpAtMs) throw new Error('the server has stopped acknowledging');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function acknowledgedInAll(): number {
  return clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}
