import { setTimeout as wait } from 'node:timers/promises';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { RoadNetwork } from '../roads/road-network.ts';
import { DEMO_PACE, type ReportingPace } from '../trackers/tracker.ts';
import { LocalDays } from '../truth/local-days.ts';
import { TruthLedger } from '../truth/truth-ledger.ts';
import type { Truth, TruthEvent } from '../truth/truth-shapes.ts';
import { STEP_MS } from '../vehicles/simulated-vehicle.ts';
import type { TruthNote } from '../faults/truth-note.ts';
import { type FleetMotion, fleetMotion, type MotionErrors, type TimedPublish } from './fleet-motion.ts';
import { Pacer, type Speed } from './pacer.ts';
import type { DrivenClock, Publisher } from './publisher.ts';
import { type Intervention, type RunControls, steadyControls } from './run-controls.ts';

/** What a run is given. Everything that reaches outside is handed in. */
export interface DriveOptions extends MotionErrors {
  readonly plan: FleetPlan;
  readonly network: RoadNetwork;
  readonly publisher: Publisher;
  /** The product's clock; null when the product keeps the system's time. */
  readonly clock: DrivenClock | null;
  readonly speed: Speed;
  /** Virtual length of the live part; null until it is stopped. */
  readonly durationMs: number | null;
  /** Holds virtual time to another clock than the wall's. */
  readonly startPacer?: (...from: ConstructorParameters<typeof Pacer>) => Pick<Pacer, 'until' | 'restart'>;
  /** Virtual time between two looks at the fleet while the days before are passed. */
  readonly historyStepMs: number;
  /** How often a standing vehicle is heard of then; not at all when left out. */
  readonly historyStandingMs?: number;
  readonly pace?: ReportingPace;
  /** The zone of a vehicle's contract, whose midnights end its days in the truth; the plan's when left out. */
  readonly timeZoneOf?: (vehicle: FleetVehicle) => string;
  /** What happens to vehicles in this run and may explain a difference; kept with the truth. */
  readonly events?: readonly TruthEvent[];
  /** Stops the run: what is under way is finished and every odometer is sent once more. */
  readonly signal: AbortSignal;
  readonly onPublish?: (publish: TimedPublish) => void;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Awaited after each step, when all of it is acknowledged: what people do as days pass. */
  readonly onStep?: (atMs: number, phase: RunProgress['phase']) => Promise<void>;
  /** A hand on the run; without one it goes on at `speed`. */
  readonly controls?: RunControls;
  /** Handed the truth so far before the run begins, for whoever looks at it meanwhile. */
  readonly onLedger?: (ledger: TruthLedger) => void;
}

export interface RunProgress {
  readonly phase: 'history' | 'live';
  readonly virtualMs: number;
  readonly packets: number;
  readonly vehiclesMoving: number;
}

/** Counts that close: sent = acknowledged, unless the broker stayed away while the run was being stopped. */
export interface RunReport {
  readonly seed: number;
  readonly vehicles: number;
  readonly clock: 'driven' | 'real time';
  readonly speed: Speed;
  readonly openingMs: number;
  readonly endedMs: number;
  readonly ticks: number;
  readonly packets: {
    readonly history: number;
    readonly live: number;
    readonly sent: number;
    readonly acknowledged: number;
  };
  readonly historySeconds: number;
  readonly seconds: number;
  readonly reconnects: number;
}

export interface RunOutcome {
  readonly truth: Truth;
  /** What faults and trackers' errors did, in order of time. */
  readonly notes: readonly TruthNote[];
  readonly report: RunReport;
}

/** What a fleet is looked at while the days before are passed: a packet every three hours of driving. */
export const HISTORY_STEP_MS = 3 * 3_600_000;

/** And when somebody waits for the days to be over: twice a day. */
const SKIPPED_STEP_MS = 12 * 3_600_000;

/** How long before a step's hour the fleet is looked at while days are passed. */
const HEARD_BEFORE_MS = 1_000;

/** A broker that is away while the run is being stopped is waited for so long, and no longer. */
const STOP_PATIENCE_MS = 8_000;
/** At `max`, and at high speeds, a tick covers more than a step, but never two odometer values of one tracker. */
const TICKS_A_SECOND = 6;

/**
 * Runs a fleet: the days before at speed, then live. The order is always the same: the clock's tick is on disk, then
 * what was due up to it goes out, then all of it is acknowledged, then the next tick. So nothing is ever ahead of the
 * product's clock, and the same plan gives the same packets at every speed.
 */
export async function driveFleet(options: DriveOptions): Promise<RunOutcome> {
  const run = new FleetRun(options);
  const startedMs = performance.now();
  await run.passHistory();
  const historySeconds = (performance.now() - startedMs) / 1_000;
  await run.driveLive();
  await run.parkAll();
  return run.outcome(historySeconds, (performance.now() - startedMs) / 1_000);
}

class FleetRun {
  private readonly options: DriveOptions;
  private readonly pace: ReportingPace;
  private readonly motion: FleetMotion;
  private readonly ledger: TruthLedger;
  private readonly days: LocalDays;
  private readonly givenUp: Promise<'given-up'>;
  private atMs: number;
  private phase: RunProgress['phase'] = 'history';
  private ticks = 0;
  private sent = { history: 0, live: 0 };
  private readonly notes: TruthNote[] = [];
  private isGivenUp = false;
  private lastProgressMs = 0;
  private readonly controls: RunControls;

  constructor(options: DriveOptions) {
    this.options = options;
    this.pace = options.pace ?? DEMO_PACE;
    this.controls = options.controls ?? steadyControls(options.speed);
    this.motion = fleetMotion(options.plan, options.network, this.pace, options);
    const { plan, timeZoneOf } = options;
    this.ledger = new TruthLedger(plan.fleet, {
      openingMs: plan.openingMs,
      timeZoneOf: timeZoneOf ?? (() => plan.timeZone),
    });
    this.days = new LocalDays(plan.timeZone);
    options.onLedger?.(this.ledger);
    this.atMs = options.plan.openingMs;
    this.givenUp = new Promise((resolve) => {
      const giveUp = (): void =>
        void wait(STOP_PATIENCE_MS, 'given-up' as const, { ref: false }).then(resolve);
      if (options.signal.aborted) giveUp();
      else options.signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** From the opening to the start of live driving, a look at the fleet every history step. */
  async passHistory(): Promise<void> {
    const { openingMs, liveMs } = this.options.plan;
    // The whole fleet is on the map before its days are passed.
    await this.send(openingMs, this.motion.greet(openingMs));
    // Steps end a second before the hour: what was driven before a midnight is heard of before it, as from trackers.
    const { historyStepMs, historyStandingMs } = this.options;
    await this.passDays(openingMs - HEARD_BEFORE_MS, liveMs, historyStepMs, historyStandingMs);
  }

  async driveLive(): Promise<void> {
    this.phase = 'live';
    const { plan, durationMs, signal } = this.options;
    const endMs = plan.liveMs + (durationMs ?? Infinity);
    let speed = this.controls.speed();
    const { startPacer = (...from) => new Pacer(...from) } = this.options;
    const pacer = startPacer(speed, this.atMs, signal);
    while (this.atMs < endMs && this.isGoing()) {
      const hasJumped = await this.intervene();
      if (hasJumped || speed !== this.controls.speed()) {
        speed = this.controls.speed();
        pacer.restart(speed, this.atMs);
      }
      const tickAtMs = Math.min(this.atMs + this.tickMs(speed), endMs);
      const due: TimedPublish[] = [];
      for (let atMs = this.atMs + STEP_MS; atMs <= tickAtMs; atMs += STEP_MS) {
        due.push(...this.motion.drive(atMs));
        this.ledger.noteTrue(atMs, this.motion.look);
      }
      await pacer.until(tickAtMs);
      await this.send(tickAtMs, due);
    }
  }

  private async passDays(
    fromMs: number,
    untilMs: number,
    usualStepMs: number,
    standingMs?: number,
  ): Promise<void> {
    for (let atMs = fromMs; atMs < untilMs && this.isGoing();) {
      const stepMs = this.controls.isSkipping() ? SKIPPED_STEP_MS : usualStepMs;
      atMs = Math.min(atMs + stepMs, this.nextDayEndMs(atMs), untilMs);
      const due = this.motion.pass(atMs, standingMs);
      this.ledger.noteTrue(atMs, this.motion.look);
      await this.send(atMs, due);
    }
  }

  /** Waits while the run is paused, and lets happen what is to happen; true when the clock went on meanwhile. */
  private async intervene(): Promise<boolean> {
    const beforeMs = this.atMs;
    const pausedAtMs = performance.now();
    await this.controls.mayGo();
    const wasPaused = performance.now() - pausedAtMs > STEP_MS;
    for (
      let next = this.controls.nextIntervention();
      next !== null;
      next = this.controls.nextIntervention()
    ) {
      await this.meet(next);
    }
    return wasPaused || this.atMs !== beforeMs;
  }

  private async meet(intervention: Intervention): Promise<void> {
    switch (intervention.kind) {
      case 'fault':
        return this.motion.befall(intervention.fault, this.atMs);
      case 'recover':
        return this.motion.recover(this.atMs);
      case 'pass':
        this.phase = 'history';
        this.motion.leaveRoads(this.atMs);
        await this.passDays(this.atMs, intervention.untilMs, intervention.stepMs);
        this.phase = 'live';
    }
  }

  /** A second before the next local midnight after `atMs`, whatever the clocks do that night. */
  private nextDayEndMs(atMs: number): number {
    return this.days.at(atMs + HEARD_BEFORE_MS).toMs - HEARD_BEFORE_MS;
  }

  /** One odometer more from every vehicle, at an instant of its own: a feed without times has no other order. */
  async parkAll(): Promise<void> {
    if (this.isGivenUp) return;
    const lastMs = this.atMs + STEP_MS;
    if (this.options.clock === null) await wait(STEP_MS);
    await this.send(lastMs, this.motion.last(lastMs));
  }

  outcome(historySeconds: number, seconds: number): RunOutcome {
    const { plan, clock, speed, publisher } = this.options;
    const truth = this.ledger.truth(plan.seed, this.atMs, this.options.events);
    return {
      truth,
      notes: this.notes,
      report: {
        seed: plan.seed,
        vehicles: plan.fleet.length,
        clock: clock === null ? 'real time' : 'driven',
        speed,
        openingMs: plan.openingMs,
        endedMs: this.atMs,
        ticks: this.ticks,
        packets: { ...this.sent, sent: truth.packetsSent, acknowledged: truth.acknowledged },
        historySeconds,
        seconds,
        reconnects: publisher.reconnects(),
      },
    };
  }

  private async send(atMs: number, publishes: readonly TimedPublish[]): Promise<void> {
    const settled = this.sendNow(atMs, publishes);
    const ended = await Promise.race([settled, this.givenUp]);
    if (ended !== 'given-up') return;
    this.isGivenUp = true;
    // Nobody waits for it any more; its failure, when the connections are closed, is no news.
    settled.catch(() => undefined);
  }

  private async sendNow(atMs: number, publishes: readonly TimedPublish[]): Promise<void> {
    const { clock, publisher, onPublish } = this.options;
    if (clock !== null) await clock.advanceTo(atMs);
    this.ticks += 1;
    const beforeMs = this.atMs;
    this.atMs = atMs;
    this.notes.push(...this.motion.takeNotes());
    for (const publish of publishes) {
      this.ledger.noteSent(publish.vehicle, publish.odometer, publish.observedMs ?? publish.atMs);
      onPublish?.(publish);
    }
    this.sent[this.phase] += publishes.length;
    for (const disturbance of this.motion.disturbances(beforeMs, atMs))
      await publisher.disturb?.(disturbance);
    await publisher.publishAll(publishes, (publish) => this.ledger.noteAcknowledged(publish.vehicle));
    this.tellProgress();
    await this.options.onStep?.(atMs, this.phase);
  }

  private tellProgress(): void {
    const nowMs = performance.now();
    if (nowMs - this.lastProgressMs < PROGRESS_EVERY_MS) return;
    this.lastProgressMs = nowMs;
    this.options.onProgress?.({
      phase: this.phase,
      virtualMs: this.atMs,
      packets: this.sent.history + this.sent.live,
      vehiclesMoving: this.motion.vehiclesMoving(),
    });
  }

  private isGoing(): boolean {
    return !this.options.signal.aborted && !this.isGivenUp;
  }

  private tickMs(speed: Speed): number {
    const longestMs = Math.max(STEP_MS, this.pace.odometerSeconds * 1_000);
    if (speed === 'max') return longestMs;
    const wantedMs = Math.round(speed / TICKS_A_SECOND) * STEP_MS;
    return Math.min(longestMs, Math.max(STEP_MS, wantedMs));
  }
}

const PROGRESS_EVERY_MS = 500;
