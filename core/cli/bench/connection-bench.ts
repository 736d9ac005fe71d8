import path from 'node:path';
import { openCertificates } from '../../process/door/certificates.ts';
import { TRUST_FILE } from '../../process/door/certificates-folder.ts';
import { readFileSync } from 'node:fs';
import type { BenchRun } from './bench-outcome.ts';
import { startDriven } from './ingest/driven-program.ts';
import type { IdleSettings } from './ingest/idle-load.ts';
import { type MeasuredProcess, startMeasured } from './ingest/measured-process.ts';
import type { ClientPass } from './ingest/open-connection.ts';
import { issuePass, serveFleet } from './ingest/served-fleet.ts';
import { connectionsPossible } from './open-files.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

const CONNECTIONS = 5_000;
/** Those before the first look: compiled code and pools are there then, and are not a connection's. */
const CONNECTIONS_BEFORE = 500;
const ROUNDS = 3;
const KILOBYTE = 1_024;

/** Memory that a connection takes which has said who it is and then says nothing: as most trackers are most of the time. */
export async function benchConnections(isTls: boolean): Promise<BenchRun> {
  const connections = connectionsPossible(CONNECTIONS);
  const floor = (): Promise<number> => inScratchFolder((folder) => bareTurn(folder, isTls, connections));
  const product = (): Promise<number> => inScratchFolder((folder) => serveTurn(folder, isTls, connections));
  return {
    rounds: await inTurns(ROUNDS, floor, product),
    notes: [
      `${connections.toLocaleString('en-GB')} connections less the first ${CONNECTIONS_BEFORE}, resident memory after garbage collection`,
      'what the kernel holds for a socket is not in it',
    ],
  };
}

async function serveTurn(folder: string, isTls: boolean, connections: number): Promise<number> {
  const { server, ready } = await serveFleet(folder, connections, ...(isTls ? ['--mqtts-port', '0'] : []));
  const pass = isTls ? await issuePass(ready.data, { role: 'gateway' }, true) : null;
  const port = isTls ? (ready.mqtts ?? 0) : ready.mqtt;
  return kilobytesAConnection(server, { port, clients: connections, pass });
}

async function bareTurn(folder: string, isTls: boolean, connections: number): Promise<number> {
  const server = await startMeasured('idle-server.js', isTls ? [await certificateFile(folder)] : []);
  const pass = isTls ? passTo(folder) : null;
  return kilobytesAConnection(server, { port: Number(server.firstLine), clients: connections, pass });
}

/** A certificate as `milepost serve` makes it for itself. */
async function certificateFile(folder: string): Promise<string> {
  const made = await openCertificates(folder, { nowMs: Date.now(), hosts: () => ['127.0.0.1'] });
  if (!made.ok) throw new Error(made.error);
  return path.join(folder, 'server.pem');
}

function passTo(folder: string): ClientPass {
  return {
    username: 'bench',
    password: 'any',
    authorityPem: readFileSync(path.join(folder, TRUST_FILE), 'utf8'),
  };
}

async function kilobytesAConnection(server: MeasuredProcess, settings: IdleSettings): Promise<number> {
  const load = await startDriven('idle-load.js', settings);
  try {
    await load.tell(CONNECTIONS_BEFORE);
    const before = await server.residentBytesCollected();
    await load.tell(settings.clients);
    const after = await server.residentBytesCollected();
    return (after - before) / (settings.clients - CONNECTIONS_BEFORE) / KILOBYTE;
  } finally {
    load.end();
    await server.stop();
  }
}
