import { must } from '../../../core/base/assert.ts';
import { randomStream } from '../../../core/base/random.ts';
import { type FleetPlan, fleetPlan } from '../../../simulator/fleet/fleet-plan.ts';
import { routeFinder } from '../../../simulator/roads/find-route.ts';
import { gridCity } from '../../../simulator/stand-in/grid-city.ts';
import { fitTracker, openingOdometer } from '../../../simulator/trackers/fit-tracker.ts';
import type { OdometerText } from '../../../simulator/trackers/odometer-text.ts';
import { simulatedFeeds } from '../../../simulator/trackers/simulated-feed.ts';
import {
  plainView,
  type ReportingPace,
  type Tracker,
  type TrackerPublish,
} from '../../../simulator/trackers/tracker.ts';
import { trackerIdentity } from '../../../simulator/trackers/tracker-identity.ts';
import { startVehicle } from '../../../simulator/vehicles/start-vehicle.ts';
import type { Vehicle } from '../../../simulator/vehicles/vehicle.ts';

export const VEHICLES = 3;
const MM_PER_KM = 1_000_000;
/** Each odometer shows less than the one before it ever did: until a replacement is taken down, it is a rollback. */
const OPENING_KM = [80_000, 120_000] as const;
const FITTED_KM = [40_000, 0] as const;
const TIME_ZONES = ['Europe/London', 'America/New_York', 'Europe/Stockholm'] as const;
const DAY_MS = 86_400_000;
const EVERY_MINUTE: ReportingPace = {
  teslaSeconds: 60,
  teltonikaSeconds: 60,
  renaultSeconds: 60,
  odometerSeconds: 60,
  batterySeconds: 300,
  parkedSeconds: 1_800,
};
const network = gridCity(12);

/** What a tracker says, with the number of the instrument whose value it is; wrong ones are of none. */
export interface Said extends TrackerPublish {
  readonly vehicle: number;
  readonly instrument: number;
  readonly isWrong: boolean;
}

/** What a workshop writes down. */
export interface Replacement {
  readonly closing: OdometerText;
  readonly opening: OdometerText;
}

interface Fitted {
  readonly vehicle: Vehicle;
  readonly tracker: Tracker;
  instrument: number;
  /** What is shown less what is driven. */
  shownLessDrivenMm: number;
  saidMm: number;
}

/** Three vehicles of a seed: any three feeds, a time zone, a day of the year to begin with. */
export function endurancePlan(seed: number): FleetPlan {
  const chance = randomStream('endurance', seed, 'fleet');
  const timeZone = must(TIME_ZONES[chance.below(TIME_ZONES.length)], 'a time zone');
  const startMs = Date.UTC(2026, 0, 2) + chance.below(330) * DAY_MS;
  const firstFeed = chance.below(simulatedFeeds.length);
  const plan = fleetPlan({
    seed,
    vehicles: VEHICLES,
    timeZone,
    startMs,
    historyDays: 1,
    isAlwaysBusy: false,
  });
  const fleet = plan.fleet.map((vehicle, index) => {
    const feed = must(simulatedFeeds[(firstFeed + index * 5) % simulatedFeeds.length], 'a feed');
    const openingKm = OPENING_KM[0] + chance.next() * (OPENING_KM[1] - OPENING_KM[0]);
    return {
      ...vehicle,
      provider: feed,
      ...trackerIdentity(feed, index, vehicle.vin),
      openingMm: Math.floor(openingKm * MM_PER_KM),
    };
  });
  return { ...plan, fleet };
}

/** The vehicles of a plan and the trackers in them, asked at rising instants. */
export class EnduranceFleet {
  atMs: number;
  #isInStreets = false;
  readonly #fitted: readonly Fitted[];

  constructor(plan: FleetPlan) {
    this.atMs = plan.openingMs;
    const { seed, timeZone, openingMs, workShiftMs } = plan;
    const world = { seed, timeZone, openingMs, workShiftMs, network, routes: routeFinder(network) };
    this.#fitted = plan.fleet.map((traits) => ({
      vehicle: startVehicle(traits, world, openingMs),
      tracker: fitTracker(traits, EVERY_MINUTE),
      instrument: 0,
      shownLessDrivenMm: 0,
      saidMm: traits.openingMm,
    }));
  }

  /** Everybody goes on; what is new is said. */
  pass(milliseconds: number): Said[] {
    this.#moveOn(milliseconds);
    return this.#fitted.flatMap((fitted, index) => {
      const { odometerMm } = fitted.vehicle.stateAt(this.atMs);
      if (odometerMm === fitted.saidMm) return [];
      fitted.saidMm = odometerMm;
      return this.#say(index, 'sparse', 0);
    });
  }

  /** The same on the streets: trackers go by their own pace. */
  driveStreets(milliseconds: number): Said[] {
    this.#isInStreets = true;
    this.#moveOn(milliseconds);
    return this.#fitted.flatMap((_, index) => this.#say(index, 'due', 0));
  }

  /** Every odometer as it stands. */
  sayAll(): Said[] {
    return this.#fitted.flatMap((_, index) => this.#say(index, 'final', 0));
  }

  /** One tracker says a wrong odometer, and then, some time later, the right one. */
  showWrong(index: number, kilometres: number, milliseconds: number): Said[] {
    this.#moveOn(milliseconds);
    const wrong = this.#say(index, 'final', kilometres * MM_PER_KM);
    this.#moveOn(milliseconds);
    return [...wrong, ...this.#say(index, 'final', 0)];
  }

  /** Fits the next odometer, which opens with so much more than the least it may; null when there is none left. */
  replaceOdometer(index: number, kilometres: number): Replacement | null {
    const fitted = must(this.#fitted[index], 'a vehicle of the fleet');
    const leastKm = FITTED_KM[fitted.instrument];
    if (leastKm === undefined) return null;
    const { odometerMm } = fitted.vehicle.stateAt(this.atMs);
    const { provider } = fitted.vehicle.traits;
    const shownMm = odometerMm + fitted.shownLessDrivenMm;
    const openingMm = (leastKm + kilometres) * MM_PER_KM;
    fitted.instrument += 1;
    fitted.shownLessDrivenMm = openingMm - odometerMm;
    return {
      closing: openingOdometer({ provider, openingMm: shownMm }),
      opening: openingOdometer({ provider, openingMm }),
    };
  }

  #moveOn(milliseconds: number): void {
    this.atMs += milliseconds;
    for (const { vehicle } of this.#fitted)
      if (this.#isInStreets) vehicle.driveTo(this.atMs);
      else vehicle.passTo(this.atMs);
  }

  #say(index: number, occasion: Parameters<Tracker['report']>[1], wrongByMm: number): Said[] {
    const { vehicle, tracker, instrument, shownLessDrivenMm } = must(
      this.#fitted[index],
      'a vehicle of the fleet',
    );
    const state = vehicle.stateAt(this.atMs);
    const odometerMm = Math.max(0, state.odometerMm + shownLessDrivenMm + wrongByMm);
    const said = tracker.report(plainView({ ...state, odometerMm }), occasion);
    return said.map((publish) => ({ ...publish, vehicle: index, instrument, isWrong: wrongByMm !== 0 }));
  }
}
