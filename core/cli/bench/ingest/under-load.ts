import { type DrivenProgram, startDriven } from './driven-program.ts';
import type { LoadPhase, LoadSettings } from './load-generator.ts';
import type { MeasuredProcess } from './measured-process.ts';

/** What a server spent on so many packets. */
export interface Turn {
  readonly microsecondsAPacket: number;
  readonly packetsASecond: number;
}

/** Before anything is counted: compilers and caches are warm after so many packets. */
const WARM_UP: LoadPhase = { seconds: 1, packetsMin: 60_000 };
/** A turn on a slow disk is longer than asked for, until it is worth counting. */
const PACKETS_MIN = 60_000;

/** Connects the load, warms up, reads the processor time before and after so many acknowledged packets, ends the server. */
export async function underLoad(
  server: MeasuredProcess,
  settings: LoadSettings,
  seconds: number,
): Promise<Turn> {
  let generator: DrivenProgram | null = null;
  try {
    generator = await startDriven('load-generator.js', settings);
    await generator.tell(WARM_UP);
    const beforeMicroseconds = await server.processorMicroseconds();
    const startMs = performance.now();
    const { packets } = await generator.tell<{ readonly packets: number }>({
      seconds,
      packetsMin: PACKETS_MIN,
    } satisfies LoadPhase);
    const spentMicroseconds = (await server.processorMicroseconds()) - beforeMicroseconds;
    return {
      microsecondsAPacket: spentMicroseconds / packets,
      packetsASecond: (packets * 1_000) / (performance.now() - startMs),
    };
  } finally {
    generator?.end();
    await server.stop();
  }
}
