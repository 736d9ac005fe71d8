import { must } from '../../base/assert.ts';
import type { BenchRun } from './bench-outcome.ts';
import type { BadBehaviour, BadSettings } from './ingest/bad-client.ts';
import { type DrivenProgram, startDriven } from './ingest/driven-program.ts';
import type { ClientPass } from './ingest/open-connection.ts';
import type { PacedPhase, PacedResult, PacedSettings } from './ingest/paced-load.ts';
import { backlogStartMs, issuePass, serveFleet } from './ingest/served-fleet.ts';
import { connectionsPossible } from './open-files.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { median, type Round } from './verdict.ts';

const CLIENTS = 5_000;
/** A fleet that is at ease, a message of each in five seconds: on a busy machine too the disturbance is to be seen. */
const PACKETS_A_SECOND = 1_000;
const ROUNDS = 5;
/** Below this a percentile is of too few packets. */
const SECONDS_MIN = 4;
/** Not of the fleet. */
const BAD_DEVICE = '359999999999999';

/** One behaviour beside the same fleet undisturbed: the others' p99 from due to acknowledged, milliseconds. */
interface Disturbance {
  readonly behaviour: BadBehaviour;
  readonly rounds: Round[];
  cuts: number;
}

/**
 * What the clients of a fleet notice of one among them that does harm. Each turn with it follows one without it, on the
 * same connections. The p99 of a whole turn is decided by one slow sync of the disk, which has nothing to do with the
 * bad client; so it is taken of each second, and of those the median: what a client does harm by, it does in each of them.
 * All behaviours of a round are held against the median of its undisturbed turns. The figure is the one felt most.
 */
export function benchBadClients(seconds: number): Promise<BenchRun> {
  return inScratchFolder(async (folder) => {
    const clients = connectionsPossible(CLIENTS);
    const { server, ready } = await serveFleet(folder, clients);
    let fleet: DrivenProgram | null = null;
    try {
      const pass = await issuePass(ready.data, { role: 'device', device: BAD_DEVICE }, false);
      fleet = await startDriven('paced-load.js', {
        port: ready.mqtt,
        clients,
        packetsASecond: PACKETS_A_SECOND,
        firstMs: backlogStartMs(),
        pass: null,
      } satisfies PacedSettings);
      return await inRounds(fleet, ready.mqtt, pass, Math.max(seconds, SECONDS_MIN), clients);
    } finally {
      fleet?.end();
      await server.stop();
    }
  });
}

async function inRounds(
  fleet: DrivenProgram,
  port: number,
  pass: ClientPass,
  seconds: number,
  clients: number,
): Promise<BenchRun> {
  const behaviours: readonly BadBehaviour[] = ['stall', 'flood', 'garbage'];
  const disturbances = behaviours.map((behaviour): Disturbance => ({ behaviour, rounds: [], cuts: 0 }));
  await p99Of(fleet, seconds);
  for (let round = 0; round < ROUNDS; round += 1) {
    const floors: number[] = [];
    const products: number[] = [];
    for (const disturbance of disturbances) {
      const { behaviour } = disturbance;
      floors.push(await p99Of(fleet, seconds));
      const bad = await startDriven('bad-client.js', {
        port,
        device: BAD_DEVICE,
        behaviour,
        pass,
      } satisfies BadSettings);
      products.push(await p99Of(fleet, seconds));
      disturbance.cuts += await bad.tell<number>('cuts');
      bad.end();
    }
    const floor = median(floors);
    disturbances.forEach(({ rounds }, i) => rounds.push({ floor, product: products[i] ?? 0 }));
  }
  const worst = must(disturbances.toSorted((a, b) => ratioOf(b) - ratioOf(a))[0], 'there are behaviours');
  return {
    rounds: worst.rounds,
    notes: [
      `the figure is a client that does ${worst.behaviour}; ${clients.toLocaleString('en-GB')} others at ${PACKETS_A_SECOND.toLocaleString('en-GB')} packets a second, ${seconds} s a turn`,
      ...disturbances.map(describe),
      'the bad client has the credential of a device and comes back whenever it is cut',
    ],
  };
}

async function p99Of(fleet: DrivenProgram, seconds: number): Promise<number> {
  const { p99OfSecondsMs } = await fleet.tell<PacedResult>({ seconds } satisfies PacedPhase);
  return p99OfSecondsMs;
}

function ratioOf({ rounds }: Disturbance): number {
  return median(rounds.map(({ product }) => product)) / median(rounds.map(({ floor }) => floor));
}

function describe(disturbance: Disturbance): string {
  const { behaviour, rounds, cuts } = disturbance;
  const [before, during] = [rounds.map(({ floor }) => floor), rounds.map(({ product }) => product)];
  const words = `${behaviour.padEnd(8)} p99 ${median(before).toFixed(1)} ms without, ${median(during).toFixed(1)} ms with it`;
  return `${words}: ${ratioOf(disturbance).toFixed(2)}x; it came in ${cuts} times`;
}
