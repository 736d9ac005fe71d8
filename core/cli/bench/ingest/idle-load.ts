import type { Socket } from 'node:net';
import { benchFleet } from '../bench-fleet.ts';
import { clientIdOf } from './moving-publish.ts';
import { type ClientPass, openConnection } from './open-connection.ts';

/** Connections that say nothing after their CONNECT, told on the command line as JSON. */
export interface IdleSettings {
  readonly port: number;
  /** How many there will be at most. */
  readonly clients: number;
  readonly pass: ClientPass | null;
}

/** The idle load, a program: told a number it opens connections until there are as many, and answers that number. */
const { port, clients, pass } = JSON.parse(process.argv[2] ?? '{}') as IdleSettings;
const CONNECTS_AT_ONCE = 50;

const fleet = benchFleet(clients, () => 'teltonika-mqtt-json');
const sockets: Socket[] = [];
process.on('message', (wanted) => void connectUpTo(Number(wanted)));
process.send?.('ready');

async function connectUpTo(wanted: number): Promise<void> {
  while (sockets.length < wanted) {
    const wave = fleet.slice(sockets.length, Math.min(sockets.length + CONNECTS_AT_ONCE, wanted));
    const opened = await Promise.all(
      wave.map(({ device }) => openConnection({ port, clientId: clientIdOf(device), pass })),
    );
    for (const socket of opened) socket.on('close', () => process.exit(1));
    sockets.push(...opened);
  }
  process.send?.(sockets.length);
}
