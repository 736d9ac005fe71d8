import { must } from '../../core/base/assert.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import { routeFinder } from '../roads/find-route.ts';
import type { RoadNetwork } from '../roads/road-network.ts';
import type { Outgoing } from '../effects/outbox.ts';
import { plannedTraits, type TrackerTraits } from '../effects/tracker-traits.ts';
import { VehicleRig } from '../effects/vehicle-rig.ts';
import { type ActiveFault, faultsOfVehicle, numberParam } from '../faults/fault.ts';
import type { TruthNote } from '../faults/truth-note.ts';
import { befallen } from '../faults/vehicle-faults.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { ReportingPace, TrackerPublish } from '../trackers/tracker.ts';
import type { Disturbance } from './publisher.ts';
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
  /**
   * Carries every vehicle to an instant by its plan, and gives the odometers that changed, and those of vehicles that have
   * said nothing for `standingEveryMs`; when that is left out, a standing vehicle says nothing.
   */
  readonly pass: (atMs: number, standingEveryMs?: number) => TimedPublish[];
  /** Drives every vehicle one second, up to an instant, and gives what is due. */
  readonly drive: (atMs: number) => TimedPublish[];
  /** Every vehicle's odometer as it stands, changed or not. */
  readonly last: (atMs: number) => TimedPublish[];
  readonly vehiclesMoving: () => number;
  /** What happens to connections after one instant and until another. */
  readonly disturbances: (afterMs: number, untilMs: number) => readonly Disturbance[];
  /** What faults and errors did since this was last asked, for who keeps the truth. */
  readonly takeNotes: () => readonly TruthNote[];
  /** A fault that nobody knew of before. */
  readonly befall: (fault: ActiveFault, atMs: number) => void;
  /** What befell vehicles and their trackers is over. */
  readonly recover: (atMs: number) => void;
  /** Back to the plan, so that `pass` may go on after live driving. */
  readonly leaveRoads: (atMs: number) => void;
  /** What is true of one vehicle at the instant last asked for. */
  readonly look: (index: number) => TrueLook;
}

interface Rolling {
  readonly vehicle: Vehicle;
  readonly rig: VehicleRig;
  /** Trackers do not all speak in the same second. */
  readonly phaseMs: number;
  passedMm: number;
  passedAtMs: number;
  odometerMm: number;
  wasOn: boolean;
  trips: number;
  readonly beatMs: number;
  restedFromMs: number | null;
  nextLookMs: number;
}

/** How trackers err, and what goes wrong. */
export interface MotionErrors {
  /** Each vehicle's tracker; as plain or as real as the plan says when left out. */
  readonly traitsOf?: (vehicle: FleetVehicle) => TrackerTraits;
  readonly faults?: readonly ActiveFault[];
}

export function fleetMotion(
  plan: FleetPlan,
  network: RoadNetwork,
  pace: ReportingPace,
  errors: MotionErrors = {},
): FleetMotion {
  const rolling = startRolling(plan, network, pace, errors);

  // By trackers that are forgotten again: when live driving begins, each says everything anew.
  const greet = (atMs: number): TimedPublish[] =>
    plan.fleet.flatMap((traits, index) => {
      const { vehicle } = must(rolling[index], 'a vehicle of the fleet');
      const rig = rigOf(plan, traits, index, pace, { ...errors, faults: [] });
      return timed(rig.report(vehicle.stateAt(atMs), 'due'), atMs, index);
    });

  const pass = (atMs: number, standingEveryMs = Infinity): TimedPublish[] =>
    rolling.flatMap((each, index) => {
      each.vehicle.passTo(atMs);
      const state = each.vehicle.stateAt(atMs);
      each.odometerMm = state.odometerMm;
      const hasStood = state.odometerMm === each.passedMm;
      // What a tracker kept may leave all the same.
      if (hasStood && atMs - each.passedAtMs < standingEveryMs)
        return timed(each.rig.report(state, 'silent'), atMs, index);
      each.passedMm = state.odometerMm;
      each.passedAtMs = atMs;
      return timed(each.rig.report(state, 'sparse'), atMs, index);
    });

  const drive = (atMs: number): TimedPublish[] => {
    const due: TimedPublish[] = [];
    for (let index = 0; index < rolling.length; index += 1) {
      const each = must(rolling[index], 'a vehicle of the fleet');
      // A standing vehicle is looked at again when it does something, or its tracker might.
      if (each.nextLookMs > atMs) continue;
      const { vehicle, rig, phaseMs } = each;
      vehicle.driveTo(atMs);
      const state = vehicle.stateAt(atMs);
      each.nextLookMs = lookAgainMs(each, atMs);
      noteTruth(each, state);
      if (atMs <= plan.liveMs + phaseMs) continue;
      due.push(...timed(rig.report(state, 'due'), atMs, index));
    }
    return due;
  };

  const last = (atMs: number): TimedPublish[] =>
    rolling.flatMap(({ vehicle, rig }, index) => {
      const outgoing = rig.report(vehicle.stateAt(atMs), 'final');
      rig.noteEnd(atMs);
      return timed(outgoing, atMs, index);
    });

  const vehiclesMoving = (): number =>
    rolling.reduce((moving, { vehicle }) => moving + (vehicle.isMoving() ? 1 : 0), 0);

  const look = (index: number): TrueLook => must(rolling[index], 'a vehicle of the fleet');

  return {
    greet,
    pass,
    drive,
    last,
    vehiclesMoving,
    ...mishapsOf(rolling),
    ...interventionsOn(rolling),
    look,
  };
}

/** Every vehicle where it stands at the opening, with its trackers. */
function startRolling(
  plan: FleetPlan,
  network: RoadNetwork,
  pace: ReportingPace,
  errors: MotionErrors,
): readonly Rolling[] {
  const { seed, timeZone, openingMs, workShiftMs, holidays = [] } = plan;
  const world = { seed, timeZone, openingMs, workShiftMs, holidays, network, routes: routeFinder(network) };
  return plan.fleet.map((traits, index) => {
    const faults = faultsOfVehicle(errors.faults ?? [], index);
    return {
      vehicle: startVehicle(befallen(traits, faults), world, plan.liveMs),
      rig: rigOf(plan, traits, index, pace, { ...errors, faults }),
      phaseMs: (index % phaseSeconds(traits.provider, traits.pace ?? pace)) * 1_000,
      passedMm: traits.openingMm,
      passedAtMs: openingMs,
      odometerMm: traits.openingMm,
      wasOn: false,
      trips: 0,
      beatMs: beatOf(traits.pace ?? pace),
      restedFromMs: null,
      nextLookMs: 0,
    };
  });
}

function rigOf(
  plan: FleetPlan,
  vehicle: FleetVehicle,
  index: number,
  pace: ReportingPace,
  { traitsOf = (each) => plannedTraits(plan, each), faults = [] }: MotionErrors,
): VehicleRig {
  const { seed, timeZone, openingMs } = plan;
  const traits = traitsOf(vehicle);
  return new VehicleRig({
    seed,
    vehicle,
    index,
    timeZone,
    openingMs,
    pace: vehicle.pace ?? pace,
    traits,
    faults,
  });
}

/** What faults do beside changing what trackers say. */
function mishapsOf(rolling: readonly Rolling[]): Pick<FleetMotion, 'disturbances' | 'takeNotes'> {
  const disturbances: FleetMotion['disturbances'] = (afterMs, untilMs) => {
    const all = rolling.flatMap(({ rig }) => rig.disturbances(afterMs, untilMs));
    // Many vehicles behind one server lose one connection.
    return [...new Map(all.map((each) => [`${each.kind} ${each.transport} ${each.client}`, each])).values()];
  };
  const takeNotes = (): readonly TruthNote[] => rolling.flatMap(({ rig }) => rig.takeNotes()).sort(byInstant);
  return { disturbances, takeNotes };
}

/** By instant, then by vehicle: the order does not depend on how many instants a tick covers. */
function byInstant(a: TruthNote, b: TruthNote): number {
  return a.atMs === b.atMs ? a.vehicle - b.vehicle : a.atMs - b.atMs;
}

/** What comes over vehicles while they drive, beside their plan. */
function interventionsOn(
  rolling: readonly Rolling[],
): Pick<FleetMotion, 'befall' | 'recover' | 'leaveRoads'> {
  const befall = (fault: ActiveFault, atMs: number): void => {
    const { type, fromMs, toMs } = fault;
    for (const index of fault.vehicles) {
      const each = must(rolling[index], 'a vehicle of the fleet');
      const { vehicle, rig } = each;
      each.nextLookMs = atMs;
      rig.befall(fault);
      if (type === 'theft') vehicle.befall({ demand: { fromMs, toMs, factor: 0 } }, atMs);
      if (type === 'crash') vehicle.befall({ crash: { atMs: fromMs, untilMs: toMs } }, atMs);
      if (type === 'demand')
        vehicle.befall({ demand: { fromMs, toMs, factor: numberParam(fault, 'factor', 1) } }, atMs);
    }
  };
  const recover = (atMs: number): void =>
    rolling.forEach((each) => {
      each.nextLookMs = atMs;
      each.vehicle.recover(atMs);
      each.rig.recover(atMs);
    });
  const leaveRoads = (atMs: number): void =>
    rolling.forEach((each) => {
      each.nextLookMs = atMs;
      each.vehicle.leaveRoads(atMs);
    });
  return { befall, recover, leaveRoads };
}

/**
 * When a vehicle is worth a look again: every second while it moves and for a while after, then when its rest ends, or at
 * the next beat of its trackers. Beats are instants of the clock, so that nothing depends on who looked when.
 */
function lookAgainMs(each: Rolling, atMs: number): number {
  const { vehicle, rig, beatMs } = each;
  const restsUntilMs = vehicle.restsUntilMs();
  if (restsUntilMs <= atMs) each.restedFromMs = null;
  else each.restedFromMs ??= atMs;
  if (each.restedFromMs === null || atMs - each.restedFromMs < SETTLING_MS || !rig.isPlain()) return atMs;
  return Math.min(restsUntilMs, (Math.floor(atMs / beatMs) + 1) * beatMs);
}

/** A tracker may be silent between two looks for so much of the time it is silent while the vehicle stands. */
function beatOf(pace: ReportingPace): number {
  const seconds = Math.min(pace.parkedSeconds, pace.batterySeconds) / BEATS_A_REPORT;
  return Math.max(1, Math.floor(seconds)) * 1_000;
}

/** Every tracker has said by then that the vehicle stands. */
const SETTLING_MS = 30_000;
const BEATS_A_REPORT = 6;

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

function timed(outgoing: readonly Outgoing[], atMs: number, vehicle: number): TimedPublish[] {
  return outgoing.map(({ publish, observedMs }) => ({
    ...publish,
    atMs,
    ...(observedMs === atMs ? {} : { observedMs }),
    vehicle,
  }));
}
