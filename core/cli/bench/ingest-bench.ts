import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { countsSchema, readySchema } from '../../protocol/report.ts';
import { benchBook, benchFleet } from './bench-fleet.ts';
import type { BenchRun } from './bench-outcome.ts';
import type { LoadPhase } from './ingest/load-generator.ts';
import { type MeasuredProcess, startMeasured } from './ingest/measured-process.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { inTurns } from './verdict.ts';

export interface IngestLoad {
  readonly clients: number;
  /** Packets a client has on their way at once. */
  readonly window: number;
  readonly seconds: number;
}

const ROUNDS = 3;
/** Before anything is counted: compilers and caches are warm after so many packets. */
const WARM_UP: LoadPhase = { seconds: 1, packetsMin: 60_000 };
/** A turn on a slow disk is longer than asked for, until it is worth counting. */
const PACKETS_MIN = 60_000;
/** Trackers tell of the last half hour, a backlog, so that their clocks never run ahead of ours. */
const BACKLOG_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Processor time a packet, from the first byte on the socket to the acknowledgement after fdatasync. */
export async function benchIngest(load: IngestLoad): Promise<BenchRun> {
  const seen: { rates: number[]; acceptedShare: number } = { rates: [], acceptedShare: 0 };
  const floor = (): Promise<number> =>
    inScratchFolder(async (folder) => {
      const server = await startMeasured('floor-server.js', [path.join(folder, 'journal')]);
      return (await underLoad(server, Number(server.firstLine), load)).microsecondsAPacket;
    });
  const product = (): Promise<number> =>
    inScratchFolder(async (folder) => {
      const turn = await serveTurn(folder, load);
      seen.rates.push(turn.packetsASecond);
      seen.acceptedShare = turn.acceptedShare;
      return turn.microsecondsAPacket;
    });
  const rounds = await inTurns(ROUNDS, floor, product);
  return {
    rounds,
    notes: [
      `${load.clients} clients, ${load.window} packets each on their way, ${load.seconds} s a turn`,
      `${seen.rates.map((rate) => Math.round(rate).toLocaleString('en-GB')).join(', ')} packets a second seen`,
      `${(seen.acceptedShare * 100).toFixed(1)} % of the readings accepted by the meter and billed`,
      'milepost serve as bundled JavaScript in plain Node; user + system time, all threads',
    ],
  };
}

interface Turn {
  readonly microsecondsAPacket: number;
  readonly packetsASecond: number;
}

async function serveTurn(
  folder: string,
  load: IngestLoad,
): Promise<Turn & { readonly acceptedShare: number }> {
  const bookFile = path.join(folder, 'book.json');
  const reportFile = path.join(folder, 'report.json');
  writeFileSync(bookFile, JSON.stringify(bookFor(load.clients)));
  const args = ['--data', path.join(folder, 'data'), '--book', bookFile, '--report', reportFile];
  const server = await startMeasured('milepost.js', ['serve', '--mqtt-port', '0', ...args]);
  const turn = await underLoad(server, readySchema.parse(JSON.parse(server.firstLine)).mqtt, load);
  const { readings } = countsSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const acceptedShare = readings.accepted / readings.decoded;
  if (acceptedShare < 0.99) throw new Error(`the meter did not accept the load: ${JSON.stringify(readings)}`);
  return { ...turn, acceptedShare };
}

/** A book in force since yesterday, in a zone where today is hours old and hours long: the load drives within one day. */
function bookFor(clients: number): unknown {
  const nowMs = Date.now();
  const hour = new Date(nowMs).getUTCHours();
  const timezone = hour >= 3 && hour < 20 ? 'Europe/London' : 'Pacific/Auckland';
  const yesterday = new Date(nowMs - DAY_MS).toISOString().slice(0, 10);
  return benchBook(
    benchFleet(clients, () => 'teltonika-mqtt-json'),
    yesterday,
    timezone,
  );
}

/** Connects the load, warms up, reads the processor time before and after so many acknowledged packets, ends the server. */
async function underLoad(server: MeasuredProcess, port: number, load: IngestLoad): Promise<Turn> {
  const args = [port, load.clients, load.window, Date.now() - BACKLOG_MS].map(String);
  const generator = fork(path.resolve('load-generator.js'), args);
  const ended = once(generator, 'exit').then(() => {
    throw new Error(
      `the load generator ended early; ${load.clients} clients need as many open files (ulimit -n)`,
    );
  });
  const answer = async <T>(): Promise<T> => (await Promise.race([once(generator, 'message'), ended]))[0] as T;
  try {
    await answer();
    generator.send(WARM_UP);
    await answer();
    const beforeMicroseconds = await server.processorMicroseconds();
    const startMs = performance.now();
    generator.send({ seconds: load.seconds, packetsMin: PACKETS_MIN } satisfies LoadPhase);
    const { packets } = await answer<{ readonly packets: number }>();
    const spentMicroseconds = (await server.processorMicroseconds()) - beforeMicroseconds;
    return {
      microsecondsAPacket: spentMicroseconds / packets,
      packetsASecond: (packets * 1_000) / (performance.now() - startMs),
    };
  } finally {
    ended.catch(() => undefined);
    generator.kill();
    await server.stop();
  }
}
