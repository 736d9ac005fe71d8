import { readFileSync } from 'node:fs';
import path from 'node:path';
import { countsSchema } from '../../protocol/report.ts';
import type { BenchRun } from './bench-outcome.ts';
import { startMeasured } from './ingest/measured-process.ts';
import { backlogStartMs, issuePass, serveFleet } from './ingest/served-fleet.ts';
import { type Turn, underLoad } from './ingest/under-load.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

export interface IngestLoad {
  readonly clients: number;
  /** Packets a client has on their way at once. */
  readonly window: number;
  readonly seconds: number;
}

/** By which door the load comes in: as a stranger of this machine, or with a credential, in the clear or over TLS. */
type Door = 'anonymous' | 'plain' | 'tls';

const ROUNDS = 3;

/** Processor time a packet, from the first byte on the socket to the acknowledgement after fdatasync. */
export async function benchIngest(load: IngestLoad): Promise<BenchRun> {
  const floor = (): Promise<number> =>
    inScratchFolder(async (folder) => {
      const server = await startMeasured('floor-server.js', [path.join(folder, 'journal')]);
      const settings = { ...load, port: Number(server.firstLine), firstMs: backlogStartMs(), pass: null };
      return (await underLoad(server, settings, load.seconds)).microsecondsAPacket;
    });
  const seen = newSeen();
  const rounds = await inTurns(ROUNDS, floor, () => servedTurn(load, 'anonymous', seen));
  return { rounds, notes: notesOf(load, seen) };
}

/** The same load by the same credential, in the clear and over TLS 1.3. */
export async function benchTls(load: IngestLoad): Promise<BenchRun> {
  const seen = newSeen();
  const rounds = await inTurns(
    ROUNDS,
    () => servedTurn(load, 'plain', newSeen()),
    () => servedTurn(load, 'tls', seen),
  );
  return { rounds, notes: [...notesOf(load, seen), 'one credential of a gateway for all clients, in both'] };
}

/** What of the product's turns goes into the notes. */
interface Seen {
  readonly rates: number[];
  acceptedShare: number;
}

function newSeen(): Seen {
  return { rates: [], acceptedShare: 0 };
}

function notesOf(load: IngestLoad, seen: Seen): readonly string[] {
  return [
    `${load.clients} clients, ${load.window} packets each on their way, ${load.seconds} s a turn`,
    `${seen.rates.map((rate) => Math.round(rate).toLocaleString('en-GB')).join(', ')} packets a second seen`,
    `${(seen.acceptedShare * 100).toFixed(1)} % of the readings accepted by the meter and billed`,
    'milepost serve as bundled JavaScript in plain Node; user + system time, all threads',
  ];
}

async function servedTurn(load: IngestLoad, door: Door, seen: Seen): Promise<number> {
  const turn = await inScratchFolder((folder) => serveTurn(folder, load, door));
  seen.rates.push(turn.packetsASecond);
  seen.acceptedShare = turn.acceptedShare;
  return turn.microsecondsAPacket;
}

async function serveTurn(
  folder: string,
  load: IngestLoad,
  door: Door,
): Promise<Turn & { readonly acceptedShare: number }> {
  const listeners = door === 'tls' ? ['--mqtts-port', '0'] : [];
  const { server, ready, reportFile } = await serveFleet(folder, load.clients, ...listeners);
  const isTls = door === 'tls';
  const pass = door === 'anonymous' ? null : await issuePass(ready.data, { role: 'gateway' }, isTls);
  const port = isTls ? (ready.mqtts ?? 0) : ready.mqtt;
  const turn = await underLoad(server, { ...load, port, firstMs: backlogStartMs(), pass }, load.seconds);
  const { readings } = countsSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const acceptedShare = readings.accepted / readings.decoded;
  if (acceptedShare < 0.99) throw new Error(`the meter did not accept the load: ${JSON.stringify(readings)}`);
  return { ...turn, acceptedShare };
}
