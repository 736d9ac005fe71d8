import { addDays, daysBetween, localDayOf } from '../../core/base/calendar.ts';
import { must } from '../../core/base/assert.ts';
import type { Result } from '../../core/base/result.ts';
import type {
  DemoBeat,
  SimulatorCommand,
  SimulatorView,
  TruthCheck,
} from '../../core/protocol/simulator-panel.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import type { City } from '../roads/city-pack.ts';
import { type ProductDesk, productDesk } from '../run/ask-product.ts';
import { HISTORY_STEP_MS, type RunOutcome, type RunProgress } from '../run/drive-fleet.ts';
import type { TimedPublish } from '../run/fleet-motion.ts';
import type { Endpoints, RunProblem } from '../run/publisher.ts';
import { runFleet } from '../run/run-fleet.ts';
import type { TruthLedger } from '../truth/truth-ledger.ts';
import { DemoControls } from './demo-controls.ts';
import { lockdown, type PlayedFault, vehicleFault, vendorOutage } from './demo-faults.ts';
import { Happenings } from './happenings.ts';
import { CLOSED_AFTER_DAYS, DemoOffice } from './month-end.ts';
import { LapseWatch } from './time-lapse.ts';
import { checkTruth } from './truth-check.ts';

const DAY_MS = 86_400_000;
/** While days are passed a driving vehicle is heard of every quarter of an hour, a standing one every hour. */
const LAPSE_STEP_MS = 15 * 60_000;
const LAPSE_STANDING_MS = 3_600_000;
/** Connections of a product that is only just starting are waited for. */
const START_PATIENCE_MS = 30_000;
const VIEW_EVERY_MS = 500;
const CHECK_EVERY_MS = 5_000;
const PERIODS_ASKED = 200;

export interface DemoRunParts {
  readonly city: City;
  readonly plan: FleetPlan;
  readonly endpoints: () => Endpoints;
  readonly signal: AbortSignal;
  readonly onView: (view: SimulatorView) => void;
}

/** The demonstration while it plays: a run, an office that works as its days pass, and a person who brings things about. */
export class DemoRun {
  readonly #parts: DemoRunParts;
  readonly #controls: DemoControls;
  readonly #desk: ProductDesk;
  readonly #office: DemoOffice;
  readonly #happenings = new Happenings();
  #lapse: LapseWatch | null;
  /** A step that was under way when days were to be passed is still a live one. */
  #hasLapseBegun = false;
  #ledger: TruthLedger | null = null;
  #truth: TruthCheck | null = null;
  #atMs: number;
  #packets = 0;
  #vehiclesMoving = 0;
  #refusal: string | null = null;
  #viewedAtMs = -Infinity;
  #checkedAtMs = -Infinity;
  /** The box whose odometer went on last: a crash befalls one that is under way. */
  #lastMoved: number | null = null;
  readonly #lastOdometer = new Map<number, string>();

  constructor(parts: DemoRunParts) {
    const { plan, signal, endpoints } = parts;
    this.#parts = parts;
    this.#controls = new DemoControls(signal);
    this.#desk = productDesk(endpoints);
    this.#office = new DemoOffice(this.#desk, plan.timeZone);
    this.#lapse = plan.liveMs > plan.openingMs ? new LapseWatch(plan.openingMs, plan.liveMs) : null;
    this.#atMs = plan.openingMs;
  }

  /** Plays until it is stopped. */
  async play(): Promise<Result<RunOutcome, RunProblem>> {
    const { plan, city, endpoints, signal } = this.#parts;
    const outcome = await runFleet({
      plan,
      network: city.network,
      speed: 1,
      durationMs: null,
      historyStepMs: LAPSE_STEP_MS,
      historyStandingMs: LAPSE_STANDING_MS,
      signal,
      patienceMs: START_PATIENCE_MS,
      endpoints,
      controls: this.#controls,
      onLedger: (ledger) => (this.#ledger = ledger),
      onPublish: (publish) => this.#hear(publish),
      onStep: (atMs, phase) => this.#step(atMs, phase),
      onProgress: ({ vehiclesMoving }) => (this.#vehiclesMoving = vehiclesMoving),
    });
    this.#desk.close();
    return outcome;
  }

  /** What a person says. What cannot be done now is told in the view. */
  async obey(command: SimulatorCommand): Promise<void> {
    this.#refusal = await this.#follow(command);
    this.#tell();
  }

  async #follow(command: SimulatorCommand): Promise<string | null> {
    if (command.do === 'skip-to-live') {
      this.#controls.skip(true);
      return null;
    }
    if (this.#lapse !== null)
      return 'Days are being passed. Wait until the fleet drives live, or skip to live.';
    switch (command.do) {
      case 'speed':
        this.#controls.setSpeed(command.speed);
        return null;
      case 'pause':
        this.#controls.pause();
        return null;
      case 'resume':
        this.#controls.resume();
        return null;
      case 'step':
        this.#controls.step();
        return null;
      case 'beat':
        return this.#play(command.beat);
      case 'fault':
        return this.#befallVehicle(command);
    }
  }

  async #play(beat: DemoBeat): Promise<string | null> {
    const { fleet } = this.#parts.plan;
    switch (beat) {
      case 'normal-day':
        this.#controls.intervene({ kind: 'recover' });
        this.#happenings.endAll(this.#atMs);
        this.#happenings.note('Normal day: everything that was brought about is over', this.#atMs);
        return null;
      case 'crash': {
        const vehicle = this.#lastMoved;
        if (vehicle === null) return 'No vehicle with a box is under way to crash. Try again in a moment.';
        return this.#bringAbout(vehicleFault('crash', fleet, vehicle, this.#atMs));
      }
      case 'vendor-outage':
        return this.#bringAbout(vendorOutage(fleet, this.#atMs));
      case 'lockdown':
        return this.#bringAbout(lockdown(fleet, this.#atMs));
      case 'month-end':
        return this.#passMonthEnd();
    }
  }

  #befallVehicle(command: Extract<SimulatorCommand, { do: 'fault' }>): string | null {
    const { fleet } = this.#parts.plan;
    const index = fleet.findIndex(({ id }) => id === command.vehicle);
    if (index < 0) return `No vehicle of the demo fleet is called ${command.vehicle}.`;
    return this.#bringAbout(vehicleFault(command.fault, fleet, index, this.#atMs));
  }

  #bringAbout(played: PlayedFault): null {
    this.#controls.intervene({ kind: 'fault', fault: played.fault });
    this.#happenings.begin(played);
    return null;
  }

  /** To the day on which the office closes the period that is open, at the same hour. */
  async #passMonthEnd(): Promise<string | null> {
    const answer = await this.#desk.ask('money.periods', { operator: null, limit: PERIODS_ASKED });
    if (!answer.ok) return `The product does not say when the month ends: ${answer.error}.`;
    const ends = answer.value.periods.filter(({ state }) => state === 'open').map(({ endDay }) => endDay);
    const [endDay] = ends.toSorted();
    if (endDay === undefined) return 'No billing period is open, so no month ends.';
    const closingDay = addDays(endDay, CLOSED_AFTER_DAYS);
    const days = daysBetween(localDayOf(this.#atMs, this.#parts.plan.timeZone), closingDay);
    const untilMs = this.#atMs + days * DAY_MS;
    this.#lapse = new LapseWatch(this.#atMs, untilMs);
    this.#hasLapseBegun = false;
    this.#controls.skip(false);
    this.#controls.intervene({ kind: 'pass', untilMs, stepMs: HISTORY_STEP_MS });
    this.#controls.resume();
    this.#happenings.note(
      `Month end: the period ends on ${endDay}, and the office closes it on ${closingDay}. Its invoices are under Billing, Documents`,
      this.#atMs,
    );
    return null;
  }

  #hear({ vehicle, odometer, topic }: TimedPublish): void {
    this.#packets += 1;
    if (odometer === null || !topic.includes('/teltonika/')) return;
    if (this.#lastOdometer.get(vehicle) !== odometer.text) this.#lastMoved = vehicle;
    this.#lastOdometer.set(vehicle, odometer.text);
  }

  async #step(atMs: number, phase: RunProgress['phase']): Promise<void> {
    this.#atMs = atMs;
    const wallMs = performance.now();
    this.#lapse?.note(atMs, wallMs);
    await this.#office.attend(atMs);
    if (phase === 'history') this.#hasLapseBegun = true;
    else if (this.#lapse === null || this.#hasLapseBegun) await this.#liveStep(wallMs);
    if (wallMs - this.#viewedAtMs >= VIEW_EVERY_MS) this.#tell();
  }

  async #liveStep(wallMs: number): Promise<void> {
    this.#lapse = null;
    this.#controls.skip(false);
    if (wallMs - this.#checkedAtMs < CHECK_EVERY_MS) return;
    this.#checkedAtMs = wallMs;
    const { fleet, openingMs, timeZone } = this.#parts.plan;
    const checked = await checkTruth(
      {
        desk: this.#desk,
        ledger: must(this.#ledger, 'a run that steps has a ledger'),
        fleet,
        openingMs,
        timeZone,
        troubleOf: (vehicle) => this.#happenings.troubleOf(vehicle, this.#atMs, fleet.length),
      },
      this.#atMs,
    );
    this.#truth = checked ?? this.#truth;
  }

  #tell(): void {
    this.#viewedAtMs = performance.now();
    const { plan, city, onView } = this.#parts;
    onView({
      city: city.name,
      vehicles: plan.fleet.length,
      seed: plan.seed,
      timeZone: plan.timeZone,
      clockMs: this.#atMs,
      phase: this.#lapse === null ? 'live' : 'time-lapse',
      timeLapse: this.#lapse?.view(this.#controls.isSkipping()) ?? null,
      speed: this.#controls.wantedSpeed,
      isPaused: this.#controls.isPaused,
      packets: this.#packets,
      vehiclesMoving: this.#vehiclesMoving,
      happenings: this.#happenings.view(),
      truth: this.#truth,
      refusal: this.#refusal,
    });
  }
}
