import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../core/base/assert.ts';
import { fail, type Result } from '../../core/base/result.ts';
import type { Ready } from '../../core/protocol/report.ts';
import type { DemoSettings } from '../arguments.ts';
import type { CoreSupervisor } from '../core-process/core-supervisor.ts';
import { clearSimulatedFolder } from './clear-simulated-folder.ts';
import type { SimulatorProcess } from './simulator-process.ts';

/** What the demo is played with. */
export interface DemoParts {
  readonly core: CoreSupervisor;
  readonly simulator: SimulatorProcess;
  readonly settings: DemoSettings;
  /** Cleared first; a folder with real data in it is left alone and stops the demo. */
  readonly dataFolder: string;
  readonly packsFolder: string;
  /** The port to try first; the next free one is taken when it is not to be had. */
  readonly mqttPort: number;
}

/**
 * A fleet that drives by itself, over the same wire as a real one: the simulator says who drives, the core opens a
 * fresh simulated data folder with that book, and `sendOut` then tells the simulator where to connect.
 */
export async function startDemo(parts: DemoParts, startMs: number): Promise<Result<Ready, string>> {
  const cleared = clearSimulatedFolder(parts.dataFolder);
  if (!cleared.ok) return refuse(parts, cleared.error);
  const { city, vehicles, seed, historyDays } = parts.settings;
  const book = await parts.simulator.makeFleet({
    city,
    vehicles,
    seed,
    historyDays,
    startMs,
    packsFolder: parts.packsFolder,
  });
  if (!book.ok) return refuse(parts, book.error);
  const start = (mqttPort: number) =>
    parts.core.start({
      data: parts.dataFolder,
      createSimulated: true,
      book: book.value,
      clock: 'driven',
      mqttPort,
      host: '127.0.0.1',
    });
  let ready = await start(parts.mqttPort);
  if (!ready.ok && ready.error.nextFreePort !== undefined) ready = await start(ready.error.nextFreePort);
  return ready.ok ? ready : fail(ready.error.problem);
}

/** There is nothing to start a core for; the window shows why. */
function refuse(parts: DemoParts, problem: string): Result<never, string> {
  parts.core.refuseToStart(problem);
  return fail(problem);
}

/** Tells the simulator where the core is. At the start, and after each restart of the core. */
export function sendOut(simulator: SimulatorProcess, ready: Ready): void {
  assert(ready.control !== undefined, 'a core with a driven clock has a control port');
  const token = readFileSync(path.join(ready.data, 'control-token'), 'utf8').trim();
  simulator.go({ mqttPort: ready.mqtt, controlPort: ready.control, token });
}
