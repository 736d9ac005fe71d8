import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../core/base/assert.ts';
import { fail, type Result } from '../../core/base/result.ts';
import type { Ready } from '../../core/protocol/report.ts';
import type { SimulatorCommand, SimulatorView } from '../../core/protocol/simulator-panel.ts';
import type { DemoSettings } from '../arguments.ts';
import type { ChildProcess } from '../core-process/child-process.ts';
import type { CoreSupervisor } from '../core-process/core-supervisor.ts';
import { clearSimulatedFolder } from './clear-simulated-folder.ts';
import { SimulatorProcess } from './simulator-process.ts';

/** What the demo is played with. */
export interface DemoParts {
  readonly core: Pick<CoreSupervisor, 'start' | 'stop' | 'refuseToStart'>;
  readonly forkSimulator: () => ChildProcess;
  readonly settings: DemoSettings;
  /** Cleared first; a folder with real data in it is left alone and stops the demo. */
  readonly dataFolder: string;
  readonly packsFolder: string;
  /** The port to try first; the next free one is taken when it is not to be had. */
  readonly mqttPort: number;
  /** Epoch milliseconds: the fleet drives live from then on. */
  readonly nowMs: () => number;
  /** Null while there is no fleet. */
  readonly onView: (view: SimulatorView | null) => void;
  readonly onTrouble: (problem: string) => void;
}

/**
 * A fleet that drives by itself, over the same wire as a real one: the simulator says who drives, the core opens a
 * fresh simulated data folder with that book, and the simulator is told where to connect. It may begin again in place.
 */
export class Demo {
  readonly #parts: DemoParts;
  #simulator: SimulatorProcess | null = null;
  #view: SimulatorView | null = null;
  #isResetting = false;
  #isClosed = false;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  get view(): SimulatorView | null {
    return this.#view;
  }

  async start(): Promise<Result<Ready, string>> {
    const { core, dataFolder, packsFolder, mqttPort, settings, nowMs } = this.#parts;
    const cleared = clearSimulatedFolder(dataFolder);
    if (!cleared.ok) return this.#refuse(cleared.error);
    const { city, vehicles, seed, historyDays } = settings;
    const startMs = nowMs();
    const fleet = { city, vehicles, seed, historyDays, startMs, packsFolder };
    const book = await this.#newSimulator().makeFleet(fleet);
    if (!book.ok) return this.#refuse(book.error);
    const start = (port: number) =>
      core.start({
        data: dataFolder,
        createSimulated: true,
        book: book.value,
        clock: 'driven',
        mqttPort: port,
        host: '127.0.0.1',
      });
    let ready = await start(mqttPort);
    if (!ready.ok && ready.error.nextFreePort !== undefined) ready = await start(ready.error.nextFreePort);
    return ready.ok ? ready : fail(ready.error.problem);
  }

  /** Tells the simulator where the core is. At the start, and after each restart of the core. */
  sendOut(ready: Ready): void {
    assert(ready.control !== undefined, 'a core with a driven clock has a control port');
    const token = readFileSync(path.join(ready.data, 'control-token'), 'utf8').trim();
    this.#simulator?.go({ mqttPort: ready.mqtt, controlPort: ready.control, token });
  }

  obey(command: SimulatorCommand): void {
    this.#simulator?.obey(command);
  }

  /**
   * Throws away what the demo has made and begins it again; null when it is being reset already, or closed. Its data is
   * deleted only after both processes that work on it have ended.
   */
  async reset(): Promise<Result<Ready, string> | null> {
    if (this.#isResetting || this.#isClosed) return null;
    this.#isResetting = true;
    await this.#simulator?.stop();
    await this.#parts.core.stop();
    this.#show(null);
    const started = this.#isClosed ? null : await this.start();
    this.#isResetting = false;
    return started;
  }

  /** Parks the fleet; resolves when everything it sent is on its way. */
  async stop(): Promise<void> {
    this.#isClosed = true;
    await this.#simulator?.stop();
  }

  #newSimulator(): SimulatorProcess {
    const { forkSimulator, onTrouble } = this.#parts;
    this.#simulator = new SimulatorProcess(forkSimulator(), {
      onView: (view) => this.#show(view),
      onTrouble,
    });
    return this.#simulator;
  }

  #show(view: SimulatorView | null): void {
    this.#view = view;
    this.#parts.onView(view);
  }

  /** There is nothing to start a core for; the window shows why. */
  #refuse(problem: string): Result<never, string> {
    this.#parts.core.refuseToStart(problem);
    return fail(problem);
  }
}
