import { benchFleet } from '../bench-fleet.ts';
import { LoadingClient } from './loading-client.ts';
import type { ClientPass } from './open-connection.ts';

/** What the load is, told on its command line as JSON. */
export interface LoadSettings {
  readonly port: number;
  readonly clients: number;
  /** Packets a client has on their way at once. */
  readonly window: number;
  /** Epoch milliseconds of the first record. */
  readonly firstMs: number;
  readonly pass: ClientPass | null;
}

/** How long to send: for some seconds, and on a slow disk longer, until there were packets enough to mean something. */
export interface LoadPhase {
  readonly seconds: number;
  readonly packetsMin: number;
}

/**
 * The load, a program of its own so that its cost is not the server's: `load-generator.js <settings>`. Says
 * `connected` over the process channel; told a phase it sends for so long, waits until everything is acknowledged, and
 * answers how many packets that were.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as LoadSettings;
/** Connections opened at once: a broker restarted among trackers sees them come in such waves. */
const CONNECTS_AT_ONCE = 50;
/** A phase that is slow gets this many times as long as it asked for. */
const PATIENCE_TIMES = 8;
const LOOK_EVERY_MS = 20;

let acknowledged = 0;
const clients = await connectAll();
process.on('message', (phase) => void load(phase as LoadPhase));
process.send?.('connected');

async function connectAll(): Promise<readonly LoadingClient[]> {
  const { port, window, firstMs, pass } = settings;
  const fleet = benchFleet(settings.clients, () => 'teltonika-mqtt-json');
  const connected: LoadingClient[] = [];
  for (let i = 0; i < fleet.length; i += CONNECTS_AT_ONCE) {
    const wave = fleet
      .slice(i, i + CONNECTS_AT_ONCE)
      .map(({ device }) =>
        LoadingClient.connect({ port, device, window, firstMs, pass, onAcknowledged: countAcknowledged }),
      );
    connected.push(...(await Promise.all(wave)));
  }
  return connected;
}

function countAcknowledged(packets: number): void {
  acknowledged += packets;
}

async function load({ seconds, packetsMin }: LoadPhase): Promise<void> {
  const before = acknowledged;
  const startMs = performance.now();
  for (const client of clients) client.startSending();
  await until(() => {
    const sendingSeconds = (performance.now() - startMs) / 1_000;
    if (sendingSeconds < seconds) return false;
    return acknowledged - before >= packetsMin || sendingSeconds > seconds * PATIENCE_TIMES;
  });
  for (const client of clients) client.isSending = false;
  await until(() => acknowledged === clients.reduce((sum, client) => sum + client.sent, 0));
  process.send?.({ packets: acknowledged - before });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
