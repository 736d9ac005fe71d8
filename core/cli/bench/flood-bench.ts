import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withDoor } from '../device/ask-core.ts';
import { ok } from '../../base/result.ts';
import type { BenchRun } from './bench-outcome.ts';
import { type DrivenProgram, startDriven } from './ingest/driven-program.ts';
import { type MeasuredProcess, startMeasured } from './ingest/measured-process.ts';
import type { PacedPhase, PacedResult, PacedSettings } from './ingest/paced-load.ts';
import { backlogStartMs, serveFleet } from './ingest/served-fleet.ts';
import { inspect } from './flood/inspect.ts';
import { comparePackets, packetsKept } from './flood/packets-kept.ts';
import { describeMemory, watchMemory } from './flood/watch-memory.ts';
import { inScratchFolder } from './scratch-folder.ts';

/** Each is then as busy as a tracker that sends its backlog. */
const CLIENTS = 500;
const PACKETS_A_SECOND = 10_000;
/** The fleet goes on sending for so long before the server is killed in the middle of it. */
const KILLED_AFTER_MS = 1_000;

/**
 * A flood for some time, with the inspector open on all of it; then the server is killed in full swing and started
 * again. The figure is the start; a packet that was acknowledged and is not in the journal breaks the bench.
 */
export function benchFlood(seconds: number): Promise<BenchRun> {
  return inScratchFolder(async (folder) => {
    const { server, ready } = await serveFleet(folder, CLIENTS);
    const fleet = await startDriven('paced-load.js', {
      port: ready.mqtt,
      clients: CLIENTS,
      packetsASecond: PACKETS_A_SECOND,
      firstMs: backlogStartMs(),
      pass: null,
    } satisfies PacedSettings);
    try {
      const flooded = await flood(server, fleet, ready.data, seconds);
      const { acknowledgedByDevice } = await killInFullSwing(server, fleet);
      const restart = await secondsToReady(ready.data);
      const startMs = performance.now();
      const keptByTopic = packetsKept(path.join(ready.data, 'journal'));
      const readSeconds = (performance.now() - startMs) / 1_000;
      const { packets, lost } = comparePackets(acknowledgedByDevice, keptByTopic);
      if (lost > 0) throw new Error(`${lost} acknowledged packets are not in the journal`);
      return {
        rounds: [{ floor: readSeconds, product: restart.seconds }],
        notes: [
          ...flooded,
          `killed in full swing: ${packets} packets acknowledged, ${lost} of them lost`,
          `the start took ${restart.processorSeconds.toFixed(1)} s of processor time`,
        ],
      };
    } finally {
      fleet.end();
      await server.kill();
    }
  });
}

/** Packets, questions and looks at the memory, all at once; as notes. */
async function flood(
  server: MeasuredProcess,
  fleet: DrivenProgram,
  data: string,
  seconds: number,
): Promise<readonly string[]> {
  const watch = { isOver: false };
  const memory = watchMemory(server, watch);
  const questions = withDoor(data, async (ask) => ok(await inspect(ask, watch)));
  const beforeMicroseconds = await server.processorMicroseconds();
  const result = await fleet.tell<PacedResult>({ seconds } satisfies PacedPhase);
  const microseconds = (await server.processorMicroseconds()) - beforeMicroseconds;
  watch.isOver = true;
  const answered = await questions;
  if (!answered.ok) throw new Error(answered.error);
  const { packetsASecond, p50Ms, p99Ms, maxMs } = result;
  return [
    `${Math.round(packetsASecond).toLocaleString('en-GB')} packets a second acknowledged for ${seconds} s, on ${(microseconds / seconds / 1e6).toFixed(2)} of a core`,
    `from due to PUBACK p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(0)} ms`,
    answered.value,
    describeMemory(await memory),
  ];
}

async function killInFullSwing(server: MeasuredProcess, fleet: DrivenProgram): Promise<PacedResult> {
  const result = fleet.tell<PacedResult>({ seconds: null } satisfies PacedPhase);
  await wait(KILLED_AFTER_MS);
  await server.kill();
  return result;
}

async function secondsToReady(
  data: string,
): Promise<{ readonly seconds: number; readonly processorSeconds: number }> {
  const startMs = performance.now();
  const again = await startMeasured('milepost.js', ['serve', '--mqtt-port', '0', '--data', data]);
  const seconds = (performance.now() - startMs) / 1_000;
  const processorSeconds = (await again.processorMicroseconds()) / 1e6;
  await again.stop();
  return { seconds, processorSeconds };
}
