import { fail, ok, type Result } from '../../core/base/result.ts';
import { must } from '../../core/base/assert.ts';
import type { ActiveFault } from '../faults/fault.ts';
import type { TruthNote } from '../faults/truth-note.ts';
import type { RunOutcome, RunProgress } from '../run/drive-fleet.ts';
import type { TimedPublish } from '../run/fleet-motion.ts';
import type { Speed } from '../run/pacer.ts';
import type { RunProblem } from '../run/publisher.ts';
import { runFleet } from '../run/run-fleet.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';
import { withCharges } from '../truth/with-charges.ts';
import type { TruthEvent } from '../truth/truth-shapes.ts';
import { LagWatch } from './lag-watch.ts';
import { People } from './people.ts';
import type { PreparedScenario } from './prepare-scenario.ts';
import { contractId } from './scenario-book.ts';
import { picked } from './scenario-faults.ts';
import type { ProductFigures, ScenarioProduct } from './scenario-product.ts';
import { momentMs } from './scenario-values.ts';
import { type ScheduledAct, ScheduledClock } from './scheduled-clock.ts';

export interface ScenarioRunOptions {
  readonly prepared: PreparedScenario;
  readonly product: ScenarioProduct;
  readonly signal: AbortSignal;
  readonly speed?: Speed;
  readonly patienceMs?: number;
  readonly onProgress?: (progress: RunProgress) => void;
  readonly onPublish?: (publish: TimedPublish) => void;
}

/** A scenario played: what really happened, what the product made of it, and what the run itself saw. */
export interface ScenarioOutcome extends RunOutcome {
  readonly figures: ProductFigures;
  readonly restarts: number;
  /** Longest real time between packets going out and the last of them being acknowledged; null when the wall set the pace. */
  readonly lagMs: number | null;
}

/** Plays a scenario against a product to its end, and reads what the product made of it. */
export async function runScenario(options: ScenarioRunOptions): Promise<Result<ScenarioOutcome, RunProblem>> {
  const run = new ScenarioRun(options);
  try {
    return await run.play();
  } finally {
    run.close();
    await options.product.abandon();
  }
}

class ScenarioRun {
  private readonly options: ScenarioRunOptions;
  private readonly people: People;
  private readonly lag = new LagWatch();
  /** The last value each vehicle sent. */
  private readonly last = new Map<number, OdometerText>();
  private readonly problems: string[] = [];
  private restarting: Promise<void> | null = null;
  private restartsDue = 0;
  private restarts = 0;

  constructor(options: ScenarioRunOptions) {
    this.options = options;
    const needsTwo = options.prepared.scenario.people.some((step) => step.do === 'replace-odometer');
    this.people = new People(() => options.product.endpoints(), needsTwo);
  }

  async play(): Promise<Result<ScenarioOutcome, RunProblem>> {
    const { prepared, product, signal, speed, patienceMs, onProgress } = this.options;
    const { scenario, plan, network, durationMs, historyStepMs } = prepared;
    const pace = speed ?? scenario.clock.speed;
    const outcome = await runFleet({
      plan,
      network,
      pace: prepared.pace,
      durationMs,
      historyStepMs,
      signal,
      speed: pace,
      ...(patienceMs === undefined ? {} : { patienceMs }),
      faults: this.faultsOfTrackers(),
      events: this.events(),
      timeZoneOf: ({ id }) => zoneOf(prepared, id),
      endpoints: product.endpoints,
      withClock: (clock) => this.lag.around(new ScheduledClock(clock, this.acts())),
      onPublish: (publish) => this.heard(publish),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    await this.restarting;
    if (!outcome.ok) return outcome;
    const figures = await product.finish();
    const [problem] = this.problems;
    if (problem !== undefined) return fail({ problem: 'refused', detail: problem });
    const { truth, notes } = outcome.value;
    const events = [...truth.events, ...notes.flatMap((note) => this.eventOf(note))];
    return ok({
      ...outcome.value,
      truth: withCharges({ ...truth, events }, prepared.book),
      figures,
      restarts: this.restarts,
      lagMs: pace === 'max' ? this.lag.longestMs() : null,
    });
  }

  close(): void {
    this.people.close();
  }

  /** What trackers and their networks suffer; a restart is the product's, when it is ours to end. */
  private faultsOfTrackers(): readonly ActiveFault[] {
    const { prepared, product } = this.options;
    const replaced = this.replacements().map(({ atMs, vehicle, byKm }) => ({
      type: byKm < 0 ? ('odometer-rollback' as const) : ('odometer-jump' as const),
      fromMs: atMs,
      toMs: null,
      vehicles: [vehicle],
      params: { km: Math.abs(byKm) },
      // oxlint-disable-next-line unicorn/no-thenable -- the shape's word for what follows; nobody awaits a fault
      then: null,
    }));
    const isOurs = ({ type }: ActiveFault): boolean => type === 'broker-restart' && product.restart !== null;
    return [...prepared.faults.filter((fault) => !isOurs(fault)), ...replaced];
  }

  private events(): readonly TruthEvent[] {
    const { plan, faults } = this.options.prepared;
    const named = (vehicles: readonly number[]): string[] => vehicles.flatMap((i) => plan.fleet[i]?.id ?? []);
    return [
      ...faults.map(({ type, params, fromMs, toMs, vehicles }) => ({
        // Counting in another unit is no unreadable packet.
        type: type === 'schema-drift' && params['kind'] === 'unit' ? 'unit-changed' : type,
        fromMs,
        toMs,
        vehicles: named(vehicles),
      })),
      ...this.replacements().map(({ atMs, vehicle }) => ({
        type: 'replace-odometer',
        fromMs: atMs,
        toMs: null,
        vehicles: named([vehicle]),
      })),
    ];
  }

  /** A tracker's own errors, and packets that were never sent, explain differences too; faults are known already. */
  private eventOf({ what, atMs, vehicle }: TruthNote): TruthEvent[] {
    const { plan } = this.options.prepared;
    const isOwnError = ['gps-accumulated', 'clock-wrong', 'unit-changed', 'never-sent'].includes(what);
    const id = plan.fleet[vehicle]?.id;
    // What was never sent was made some time before the run ended.
    const fromMs = what === 'never-sent' ? plan.openingMs : atMs;
    return isOwnError && id !== undefined ? [{ type: what, fromMs, toMs: null, vehicles: [id] }] : [];
  }

  private replacements(): readonly {
    readonly atMs: number;
    readonly vehicle: number;
    readonly byKm: number;
  }[] {
    const { scenario, plan } = this.options.prepared;
    return scenario.people.flatMap((step, i) =>
      step.do === 'replace-odometer'
        ? picked(scenario, plan, step.pick, `people ${i}`).map((vehicle) => ({
            atMs: plan.liveMs + momentMs(step.at),
            vehicle,
            byKm: step.byKm,
          }))
        : [],
    );
  }

  private acts(): readonly ScheduledAct[] {
    const { prepared, product } = this.options;
    const { scenario, plan, faults } = prepared;
    const closings = scenario.people.flatMap((step) =>
      step.do === 'close-period'
        ? [
            {
              atMs: plan.liveMs + momentMs(step.at),
              act: () => this.people.closePeriod(contractId(step.fleet), step.period, step.reason),
            },
          ]
        : [],
    );
    const replacements = this.replacements().map(({ atMs, vehicle, byKm }) => ({
      atMs,
      act: () => {
        const id = must(plan.fleet[vehicle], 'a vehicle that was picked').id;
        const closing = must(this.last.get(vehicle), () => `${id} has sent no odometer yet`);
        return this.people.replaceOdometer(id, atMs, closing, byKm);
      },
    }));
    const restarts = faults.flatMap(({ type, fromMs }) =>
      type === 'broker-restart' && product.restart !== null
        ? [{ atMs: fromMs, act: async () => void (this.restartsDue += 1) }]
        : [],
    );
    return [...closings, ...replacements, ...restarts].map(({ atMs, act }) => ({
      atMs,
      act: () => this.attempt(act),
    }));
  }

  /** A decision that is refused does not stop the fleet; the run fails at its end with the product's words. */
  private async attempt(act: () => Promise<void>): Promise<void> {
    await this.restarting;
    try {
      await act();
    } catch (error) {
      this.problems.push(error instanceof Error ? error.message : String(error));
    }
  }

  /** Packets are on their way when a restart is due: the product is ended in the middle of them. */
  private heard(publish: TimedPublish): void {
    if (publish.odometer !== null) this.last.set(publish.vehicle, publish.odometer);
    this.options.onPublish?.(publish);
    const { restart } = this.options.product;
    if (this.restartsDue === 0 || restart === null) return;
    this.restartsDue = 0;
    this.restarts += 1;
    this.restarting = restart().catch((error: unknown) => {
      this.problems.push(
        `the product did not start again: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
}

function zoneOf({ book, plan }: PreparedScenario, vehicle: string): string {
  const contract = book.contracts.find(({ assignments }) =>
    assignments.some((each) => each.vehicle === vehicle),
  );
  return contract?.timezone ?? plan.timeZone;
}
