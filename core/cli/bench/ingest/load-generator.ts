import { benchFleet } from '../bench-fleet.ts';
import { LoadingClient } from './loading-client.ts';

/**
 * The load, a program of its own so that its cost is not the server's: `load-generator.js <port> <clients> <window>
 * <epoch ms of the first record>`. Says `connected` over the process channel; told a number of seconds it sends for so
 * long, waits until everything is acknowledged, and answers how many packets that were.
 */
const [port = 0, clientCount = 0, window = 0, firstMs = 0] = process.argv.slice(2).map(Number);
/** Connections opened at once: a broker restarted among trackers sees them come in such waves. */
const CONNECTS_AT_ONCE = 50;

let acknowledged = 0;
let sent = (): number => 0;
let whenAllAcknowledged: (() => void) | null = null;

const clients = await connectAll();
sent = () => clients.reduce((sum, client) => sum + client.sent, 0);
process.on('message', (seconds) => void loadFor(Number(seconds)));
process.send?.('connected');

async function connectAll(): Promise<readonly LoadingClient[]> {
  const fleet = benchFleet(clientCount, () => 'teltonika-mqtt-json');
  const connected: LoadingClient[] = [];
  for (let i = 0; i < fleet.length; i += CONNECTS_AT_ONCE) {
    const wave = fleet
      .slice(i, i + CONNECTS_AT_ONCE)
      .map(({ device }) =>
        LoadingClient.connect({ port, device, window, firstMs, onAcknowledged: countAcknowledged }),
      );
    connected.push(...(await Promise.all(wave)));
  }
  return connected;
}

function countAcknowledged(packets: number): void {
  acknowledged += packets;
  if (whenAllAcknowledged !== null && acknowledged === sent()) whenAllAcknowledged();
}

async function loadFor(seconds: number): Promise<void> {
  const before = acknowledged;
  for (const client of clients) client.startSending();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  for (const client of clients) client.isSending = false;
  if (acknowledged < sent()) {
    await new Promise<void>((resolve) => {
      whenAllAcknowledged = resolve;
    });
    whenAllAcknowledged = null;
  }
  process.send?.({ packets: acknowledged - before });
}
