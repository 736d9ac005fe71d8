import { must } from '../../core/base/assert.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { at, positionOnEdge, type RoadPosition } from '../roads/road-network.ts';
import { Battery } from './battery.ts';
import { Crashes } from './crashes.ts';
import {
  type DayPlan,
  dayPlanAt,
  drawn,
  isOnShift,
  nextChangeMs,
  type Planned,
  plannedMmBy,
} from './day-plan.ts';
import { anyPlace, type Itinerary, itinerary } from './itinerary.ts';
import { planTrip } from './trip.ts';
import { TripMotion } from './trip-motion.ts';
import type { Vehicle, VehicleEvent } from './vehicle.ts';
import type { VehicleState } from './vehicle-state.ts';
import { plannedOf, type VehicleWorld } from './vehicle-world.ts';
import { workPattern } from './work-pattern.ts';

/** Live driving is worked out second by second. */
export const STEP_MS = 1_000;

/** City traffic lets a driver go at about this share of the limit. */
const TRAFFIC_PACE = [0.44, 0.6] as const;
const LOW_BATTERY_SHARE = 0.18;
const CHARGED_SHARE = 0.8;
/** A trip is begun only when the battery holds so much more than it takes. */
const RESERVE_SHARE = 0.04;
/** From empty to full on a rapid charger during a shift, and on the depot's posts after it. */
const RAPID_CHARGE_SECONDS = 3_600;
const DEPOT_CHARGE_SECONDS = 6 * 3_600;
/** A standing start is this likely when the live part begins in the middle of a shift. */
const STANDING_AT_START_SHARE = 0.22;
const DOOR_OPEN_MS = 8_000;

/**
 * One vehicle: its place, its odometer (whole millimetres, never falling), its battery. All its chance comes from
 * streams of its own, so a fleet of 251 drives as the fleet of 250 did, and one more. While it drives it is worked out
 * second by second; while it stands, from one event to the next, so that a parked vehicle costs nothing.
 */
export class SimulatedVehicle implements Vehicle {
  readonly traits: FleetVehicle;
  private readonly world: VehicleWorld;
  private planned: Planned;
  private readonly crashes: Crashes;
  private readonly chance: RandomStream;
  private readonly driverPace: number;
  private readonly itinerary: Itinerary;
  private readonly battery: Battery;
  private plan: DayPlan;
  /** Planned distance of the current day that is already on the odometer. */
  private passedMm = 0;
  private odometerMm: number;
  private node: number;
  private place: RoadPosition;
  private trip: TripMotion | null = null;
  /** The instant it was last carried to; null until live driving begins. */
  private nowMs: number | null = null;
  /** While it stands: when it does something next. Null while it drives. */
  private eventMs: number | null = 0;
  private doorShutMs = 0;

  constructor(traits: FleetVehicle, world: VehicleWorld) {
    this.traits = traits;
    this.world = world;
    this.planned = plannedOf(traits, world);
    this.crashes = new Crashes(traits.crashes ?? []);
    this.chance = randomStream(world.seed, traits.id, 'road');
    this.driverPace = drawn(this.chance, TRAFFIC_PACE);
    this.odometerMm = traits.openingMm;
    this.battery = new Battery(traits.rangeMm, drawn(this.chance, [0.3, 0.95]));
    this.itinerary = itinerary(world.seed, traits, world.network, this.chance);
    this.node = this.itinerary.depot;
    this.place = this.restingPlace();
    this.plan = dayPlanAt(this.planned, this.planned.openingMs);
    // A day that is half over at the opening has its first half behind it.
    this.passedMm = plannedMmBy(this.plan, this.planned.openingMs);
  }

  /** Carries the vehicle to an instant by its plan: the distance is right, the streets are not worked out. */
  passTo(atMs: number): void {
    const workMs = atMs + this.world.workShiftMs;
    while (workMs >= this.plan.toMs) {
      this.odometerMm += this.plan.plannedMm - this.passedMm;
      this.startDay(this.plan.toMs);
    }
    const behindMm = plannedMmBy(this.plan, workMs);
    if (behindMm === this.passedMm) return;
    this.odometerMm += behindMm - this.passedMm;
    this.passedMm = behindMm;
    this.node = anyPlace(this.world.network, this.chance);
    this.place = this.restingPlace();
  }

  /** Drives up to `atMs`. The first call puts the vehicle into the middle of its working day. */
  driveTo(atMs: number): void {
    if (this.nowMs === null) this.goLive(atMs);
    while (must(this.nowMs, 'a live vehicle') < atMs) {
      const nextMs = must(this.nowMs, 'a live vehicle') + STEP_MS;
      const dueMs = Math.min(this.eventMs ?? nextMs, this.crashes.nextMs());
      this.nowMs = Math.min(atMs, Math.max(dueMs, nextMs));
      if (this.nowMs >= this.crashes.nextMs()) this.crash(this.nowMs);
      else if (this.eventMs === null) this.driveSecond(this.nowMs);
      else if (this.nowMs >= this.eventMs) this.wake(this.nowMs);
    }
  }

  stateAt(atMs: number): VehicleState {
    const rangeMm = this.battery.rangeAt(atMs);
    const isOn = this.eventMs === null;
    const isDoorOpen = !isOn && atMs < this.doorShutMs;
    const { latitudeE6, longitudeE6, headingDegrees } = this.trip?.position() ?? this.place;
    return {
      atMs,
      latitudeE6,
      longitudeE6,
      headingDegrees,
      speedMmPerS: this.trip?.speedMmPerS ?? 0,
      odometerMm: this.odometerMm,
      rangeMm,
      batteryPercent: Math.round((rangeMm * 1000) / this.traits.rangeMm) / 10,
      isOn,
      isCharging: this.battery.isCharging,
      isDoorOpen,
      isLocked: !isOn && !isDoorOpen,
      impactMilliG: this.crashes.milliGAt(atMs),
    };
  }

  restsUntilMs(): number {
    const nowMs = this.nowMs ?? 0;
    if (this.eventMs === null) return nowMs;
    const passing = [this.doorShutMs, this.crashes.feltUntilMs()].filter((endMs) => endMs > nowMs);
    return Math.min(this.eventMs, this.crashes.nextMs(), ...passing);
  }

  isMoving(): boolean {
    return this.trip !== null && this.trip.speedMmPerS > 0;
  }

  befall(event: VehicleEvent, atMs: number): void {
    if ('crash' in event) {
      this.crashes.add({ ...event.crash, atMs: Math.max(event.crash.atMs, atMs + STEP_MS) });
    } else {
      const { fromMs, toMs, factor } = event.demand;
      const shifted = { fromMs: this.workMs(fromMs), toMs: toMs === null ? null : this.workMs(toMs), factor };
      this.replan([...this.planned.demandFactors, shifted], atMs);
    }
  }

  recover(atMs: number): void {
    const isWrecked = this.eventMs === Infinity;
    this.crashes.forgetAll();
    this.replan(plannedOf(this.traits, this.world).demandFactors, atMs);
    if (isWrecked) this.eventMs = atMs + STEP_MS;
  }

  leaveRoads(atMs: number): void {
    this.battery.unplug(atMs);
    this.trip = null;
    this.nowMs = null;
    this.eventMs = 0;
    const workMs = this.workMs(atMs);
    if (workMs >= this.plan.toMs) this.startDay(workMs);
    // What the plan had for the day so far was driven on the streets, more or less of it.
    this.passedMm = plannedMmBy(this.plan, workMs);
  }

  /** Draws the rest of the day again under other demand; whoever stands looks again whether it is at work. */
  private replan(demandFactors: Planned['demandFactors'], atMs: number): void {
    this.planned = { ...this.planned, demandFactors };
    const workMs = this.workMs(atMs);
    this.plan = dayPlanAt(this.planned, workMs);
    this.passedMm = plannedMmBy(this.plan, workMs);
    const isWaiting = this.eventMs !== null && this.eventMs !== Infinity && this.trip === null;
    if (isWaiting && this.nowMs !== null) this.eventMs = atMs + STEP_MS;
  }

  private startDay(workMs: number): void {
    this.plan = dayPlanAt(this.planned, workMs);
    this.passedMm = 0;
  }

  private goLive(atMs: number): void {
    this.nowMs = atMs;
    this.crashes.forgetBefore(atMs);
    if (this.workMs(atMs) >= this.plan.toMs) this.startDay(this.workMs(atMs));
    if (isOnShift(this.plan, this.workMs(atMs)) && this.chance.next() < STANDING_AT_START_SHARE)
      this.eventMs = this.onStep(this.itinerary.leavesAtMs(atMs));
    else this.leaveOrRest(atMs, true);
  }

  /** What it waited for has come: a full battery, the end of a stay, the hour work begins, a new day. */
  private wake(atMs: number): void {
    const workMs = this.workMs(atMs);
    if (workMs >= this.plan.toMs) this.startDay(workMs);
    if (this.battery.isCharging) {
      this.battery.unplug(atMs);
      if (!this.isCharged(atMs)) return this.plugIn(atMs);
    }
    if (this.trip !== null) this.eventMs = null;
    else this.leaveOrRest(atMs, false);
  }

  private leaveOrRest(atMs: number, isUnderway: boolean): void {
    const isAway =
      workPattern(this.traits.pattern).afterShift === 'depot' && this.node !== this.itinerary.depot;
    if (this.isAtWork(atMs)) this.leaveFor(this.itinerary.next(this.node), atMs, isUnderway);
    else if (isAway) this.leaveFor(this.itinerary.depot, atMs, false);
    else if (this.isCharged(atMs)) this.eventMs = this.nextChange(atMs);
    else this.plugIn(atMs);
  }

  /** Sets off, or charges first when the battery would not last. */
  private leaveFor(destination: number, atMs: number, isUnderway: boolean): void {
    const { network, routes } = this.world;
    const edges = routes.route(this.node, destination);
    if (edges.length === 0) {
      this.eventMs = this.onStep(this.itinerary.leavesAtMs(atMs));
      return;
    }
    if (!this.lasts(edges, atMs)) return this.plugIn(atMs);
    const trip = planTrip(network, edges, this.driverPace, this.chance, this.itinerary.stopsOnTheWay);
    this.trip = new TripMotion(
      network,
      trip,
      isUnderway ? this.chance.below(Math.ceil(edges.length / 2)) : 0,
    );
    this.eventMs = null;
  }

  /** A battery that is as full as charging makes it lets its driver go, whatever the trip. */
  private lasts(edges: readonly number[], atMs: number): boolean {
    const heldMm = this.battery.rangeAt(atMs);
    if (!this.needsBattery() || heldMm >= Math.floor(this.traits.rangeMm * CHARGED_SHARE)) return true;
    const neededMm = edges.reduce((sum, edge) => sum + at(this.world.network.edgeLengthMm, edge), 0);
    return heldMm >= neededMm + this.traits.rangeMm * RESERVE_SHARE;
  }

  private driveSecond(atMs: number): void {
    const trip = must(this.trip, 'a driving vehicle has a trip');
    if (this.battery.isEmpty && this.needsBattery()) {
      trip.halt();
      return this.plugIn(atMs);
    }
    const distanceMm = trip.driveSecond();
    this.odometerMm += distanceMm;
    this.battery.drive(distanceMm);
    if (trip.isOver) this.arrive(trip.endNode, atMs);
  }

  private arrive(node: number, atMs: number): void {
    this.trip = null;
    this.node = node;
    this.place = this.restingPlace();
    this.doorShutMs = atMs + DOOR_OPEN_MS;
    this.eventMs = this.onStep(this.itinerary.leavesAtMs(atMs));
    if (this.battery.rangeAt(atMs) < this.traits.rangeMm * LOW_BATTERY_SHARE) this.plugIn(atMs);
  }

  /** Charges until there is enough, or until work begins or ends, when another charger is the right one. */
  private plugIn(atMs: number): void {
    const isAtWork = this.isAtWork(atMs);
    const enoughMs = this.battery.plugIn(
      atMs,
      isAtWork ? RAPID_CHARGE_SECONDS : DEPOT_CHARGE_SECONDS,
      isAtWork ? CHARGED_SHARE : 1,
    );
    this.eventMs = Math.min(enoughMs, this.nextChange(atMs));
  }

  private isCharged(atMs: number): boolean {
    const share = this.isAtWork(atMs) ? CHARGED_SHARE : 1;
    return this.battery.rangeAt(atMs) >= Math.floor(this.traits.rangeMm * share);
  }

  private isAtWork(atMs: number): boolean {
    return this.trip !== null || isOnShift(this.plan, this.workMs(atMs));
  }

  private needsBattery(): boolean {
    return this.traits.powertrain === 'BEV';
  }

  /** Stands where it is until it is cleared away or goes on. */
  private crash(atMs: number): void {
    const { untilMs } = this.crashes.happen(atMs);
    this.trip?.halt();
    this.battery.unplug(atMs);
    this.eventMs = Math.max(this.onStep(untilMs ?? Infinity), atMs + STEP_MS);
  }

  private nextChange(atMs: number): number {
    const changeMs = nextChangeMs(this.plan, this.workMs(atMs)) - this.world.workShiftMs;
    return Math.max(this.onStep(changeMs), atMs + STEP_MS);
  }

  /** The first whole second that is not before an instant. */
  private onStep(instantMs: number): number {
    return Math.ceil(instantMs / STEP_MS) * STEP_MS;
  }

  private workMs(atMs: number): number {
    return atMs + this.world.workShiftMs;
  }

  /** At the start of an edge that leaves the junction it came to. */
  private restingPlace(): RoadPosition {
    return positionOnEdge(this.world.network, at(this.world.network.firstEdge, this.node), 0);
  }
}
