import { must } from '../../core/base/assert.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import { routeFinder } from '../roads/find-route.ts';
import type { RoadNetwork } from '../roads/road-network.ts';
import { fitTracker } from '../trackers/fit-tracker.ts';
import { plainView, type ReportingPace, type Tracker, type TrackerPublish } from '../trackers/tracker.ts';
import { startVehicle } from '../vehicles/start-vehicle.ts';
import type { Vehicle } from '../vehicles/vehicle.ts';
import type { TrueLook } from '../truth/truth-ledger.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';

/** One publish with its time and its vehicle: a line of the trace. */
export interface TimedPublish extends TrackerPublish {
  readonly atMs: number;
  /** When what it says was true, for one that was kept back. */
  readonly observedMs?: number;
  /** Index of the vehicle in the fleet. */
  readonly vehicle: number;
}

/**
 * The whole fleet in motion. It is asked instant by instant, in order; what it answers depends on the plan, the pace
 * and the instants asked, and on nothing else: no clock, no network.
 */
export interface FleetMotion {
  /** The first words of every tracker, before anything has moved: where each vehicle stands. */
  readonly greet: (atMs: number) => TimedPublish[];
  /** Carries every vehicle to an instant by its plan, and gives the odometers that changed. */
  readonly pass: (atMs: number) => TimedPublish[];
  /** Drives every vehicle one second, up to an instant, and gives what is due. */
  readonly drive: (atMs: number) => TimedPublish[];
  /** Every vehicle's odometer as it stands, changed or not. */
  readonly last: (atMs: number) => TimedPublish[];
  readonly vehiclesMoving: () => number;
  /** What is true of one vehicle at the instant last asked for. */
  readonly look: (index: number) => TrueLook;
}

interface Rolling {
  readonly vehicle: Vehicle;
  readonly tracker: Tracker;
  /** Trackers do not all speak in the same second. */
  readonly phaseMs: number;
  passedMm: number;
  odometerMm: number;
  wasOn: boolean;
  trips: number;
}

export function fleetMotion(plan: FleetPlan, network: RoadNetwork, pace: ReportingPace): FleetMotion {
  const world = {
    seed: plan.seed,
    timeZone: plan.timeZone,
    openingMs: plan.openingMs,
    workShiftMs: plan.workShiftMs,
    holidays: plan.holidays ?? [],
    network,
    routes: routeFinder(network),
  };
  const rolling: readonly Rolling[] = plan.fleet.map((traits, index) => ({
    vehicle: startVehicle(traits, world, plan.liveMs),
    tracker: fitTracker(traits, traits.pace ?? pace),
    phaseMs: (index % phaseSeconds(traits.provider, traits.pace ?? pace)) * 1_000,
    passedMm: traits.openingMm,
    odometerMm: traits.openingMm,
    wasOn: false,
    trips: 0,
  }));

  // By trackers that are forgotten again: when live driving begins, each says everything anew.
  const greet = (atMs: number): TimedPublish[] =>
    plan.fleet.flatMap((traits, index) => {
      const { vehicle } = must(rolling[index], 'a vehicle of the fleet');
      return timed(
        fitTracker(traits, traits.pace ?? pace).report(plainView(vehicle.stateAt(atMs)), 'due'),
        atMs,
        index,
      );
    });

  const pass = (atMs: number): TimedPublish[] =>
    rolling.flatMap((each, index) => {
      each.vehicle.passTo(atMs);
      const state = each.vehicle.stateAt(atMs);
      each.odometerMm = state.odometerMm;
      if (state.odometerMm === each.passedMm) return [];
      each.passedMm = state.odometerMm;
      return timed(each.tracker.report(plainView(state), 'sparse'), atMs, index);
    });

  const drive = (atMs: number): TimedPublish[] => {
    const due: TimedPublish[] = [];
    for (let index = 0; index < rolling.length; index += 1) {
      const each = must(rolling[index], 'a vehicle of the fleet');
      const { vehicle, tracker, phaseMs } = each;
      vehicle.driveTo(atMs);
      const state = vehicle.stateAt(atMs);
      noteTruth(each, state);
      if (atMs <= plan.liveMs + phaseMs) continue;
      for (const publish of tracker.report(plainView(state), 'due'))
        due.push({ ...publish, atMs, vehicle: index });
    }
    return due;
  };

  const last = (atMs: number): TimedPublish[] =>
    rolling.flatMap(({ vehicle, tracker }, index) =>
      timed(tracker.report(plainView(vehicle.stateAt(atMs)), 'final'), atMs, index),
    );

  const vehiclesMoving = (): number =>
    rolling.reduce((moving, { vehicle }) => moving + (vehicle.isMoving() ? 1 : 0), 0);

  const look = (index: number): TrueLook => must(rolling[index], 'a vehicle of the fleet');

  return { greet, pass, drive, last, vehiclesMoving, look };
}

function noteTruth(each: Rolling, { odometerMm, isOn }: VehicleState): void {
  each.odometerMm = odometerMm;
  if (isOn && !each.wasOn) each.trips += 1;
  each.wasOn = isOn;
}

function phaseSeconds(provider: string, pace: ReportingPace): number {
  return Math.max(
    1,
    Math.floor(provider === 'renault-kamereon' ? pace.renaultSeconds : pace.teltonikaSeconds),
  );
}

function timed(publishes: readonly TrackerPublish[], atMs: number, vehicle: number): TimedPublish[] {
  return publishes.map((publish) => ({ ...publish, atMs, vehicle }));
}
