import { must } from '../core/base/assert.ts';
import { fail, ok, type Result } from '../core/base/result.ts';
import {
  type FromSimulator,
  type SimulatorGo,
  type SimulatorStart,
  toSimulatorSchema,
} from '../core/protocol/process-messages.ts';
import { demoBook } from './fleet/demo-book.ts';
import { type FleetPlan, fleetPlan } from './fleet/fleet-plan.ts';
import { type City, openCityPack } from './roads/city-pack.ts';
import { DemoRun } from './demo/demo-run.ts';

/**
 * The simulator as a process of its own: an Electron utility process, or a plain Node child. `start` is answered by
 * `book`; `go` starts the run, and a later `go` says where the product is now (it was started again); `do` is what a
 * person at the screen says, and `view` what the screen shows; `stop` drives everybody home and is answered by `stopped`.
 * It plays a fleet at work, whatever the hour.
 */
interface ParentLink {
  readonly listen: (hear: (message: unknown) => void) => void;
  readonly say: (message: FromSimulator) => void;
}

/** The part of Electron's `process.parentPort` that is used here. */
interface ElectronParentPort {
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void;
  readonly postMessage: (message: unknown) => void;
}

class SimulatorProcess {
  private readonly link: ParentLink;
  private readonly stopping = new AbortController();
  private prepared: Prepared | null = null;
  private demo: DemoRun | null = null;
  private place: SimulatorGo | null = null;

  constructor(link: ParentLink) {
    this.link = link;
  }

  hear(message: unknown): void {
    const known = toSimulatorSchema.safeParse(message);
    if (!known.success) this.failed('the simulator was told something it does not understand');
    else if ('start' in known.data) this.start(known.data.start);
    else if ('go' in known.data) this.go(known.data.go);
    else if ('do' in known.data) void this.demo?.obey(known.data.do);
    else this.stop();
  }

  private start(start: SimulatorStart): void {
    const prepared = prepare(start);
    if (!prepared.ok) return this.failed(prepared.error);
    this.prepared = prepared.value;
    this.link.say({ book: demoBook(prepared.value.plan) });
  }

  private go(go: SimulatorGo): void {
    const isFirst = this.place === null;
    this.place = go;
    if (this.prepared === null) this.failed('the simulator was told to go before it was told what to play');
    else if (isFirst) void this.run(this.prepared);
  }

  private stop(): void {
    this.stopping.abort();
    if (this.place === null) this.link.say({ stopped: { truth: null } });
  }

  private async run(prepared: Prepared): Promise<void> {
    this.demo = new DemoRun({
      ...prepared,
      signal: this.stopping.signal,
      endpoints: () => {
        const { mqttPort, controlPort, token } = must(this.place, 'a run has been told where to go');
        return { host: '127.0.0.1', mqttPort, control: { port: controlPort, token } };
      },
      onView: (view) => this.link.say({ view }),
    });
    const outcome = await this.demo.play();
    if (outcome.ok) this.link.say({ stopped: { truth: outcome.value.truth } });
    else this.failed(outcome.error.detail);
  }

  private failed(problem: string): void {
    this.link.say({ failed: { problem } });
  }
}

interface Prepared {
  readonly city: City;
  readonly plan: FleetPlan;
}

function prepare(start: SimulatorStart): Result<Prepared, string> {
  const city = openCityPack(start.packsFolder, start.city);
  if (!city.ok) return fail(city.error);
  const { timeZone } = city.value;
  const plan = fleetPlan({ ...start, timeZone, isAlwaysBusy: true });
  return ok({ city: city.value, plan });
}

function parentLink(): ParentLink {
  const { parentPort } = process as unknown as { readonly parentPort?: ElectronParentPort };
  if (parentPort !== undefined) {
    return {
      listen: (hear) => parentPort.on('message', (event) => hear(event.data)),
      say: (message) => parentPort.postMessage(message),
    };
  }
  return {
    listen: (hear) => {
      process.on('message', hear);
      // Without its parent a simulator has nobody to play for.
      process.on('disconnect', () => process.exit(0));
    },
    say: (message) => process.send?.(message),
  };
}

const link = parentLink();
const simulator = new SimulatorProcess(link);
link.listen((message) => simulator.hear(message));

// Ctrl-C in a terminal reaches every process of the group; here the shell says when to stop.
process.on('SIGINT', () => undefined);
