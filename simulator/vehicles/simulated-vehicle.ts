import { must } from '../../core/base/assert.ts';
import { type RandomStream, randomStream } from '../../core/base/random.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { RouteFinder } from '../roads/find-route.ts';
import { at, positionOnEdge, type RoadNetwork, type RoadPosition } from '../roads/road-network.ts';
import { type DayPlan, dayPlanAt, drawn, isOnShift, type Planned, plannedMmBy } from './day-plan.ts';
import { ACCELERATION_MM_PER_S2, BRAKING_MM_PER_S2, planTrip, speedToBrakeFrom, type Trip } from './trip.ts';
import type { VehicleState } from './vehicle-state.ts';
import { workPatterns } from './work-pattern.ts';

/** What a vehicle needs of the world around it. */
export interface VehicleWorld {
  readonly seed: number;
  readonly timeZone: string;
  readonly openingMs: number;
  /** Added to the time to get the hour drivers live by (fleet-plan.ts). */
  readonly workShiftMs: number;
  readonly network: RoadNetwork;
  readonly routes: RouteFinder;
}

/** Live driving is worked out second by second. */
export const STEP_MS = 1_000;

/** City traffic lets a driver go at about this share of the limit. */
const TRAFFIC_PACE = [0.44, 0.6] as const;
const LOW_BATTERY_SHARE = 0.18;
const CHARGED_SHARE = 0.8;
/** From empty to full on a rapid charger during a shift, and on the depot's posts after it. */
const RAPID_CHARGE_SECONDS = 3_600;
const DEPOT_CHARGE_SECONDS = 6 * 3_600;
const CREEP_MM_PER_S = 900;
/** A standing start is this likely when the live part begins in the middle of a shift. */
const STANDING_AT_START_SHARE = 0.22;

/**
 * One vehicle: its place, its odometer (whole millimetres, never falling), its battery. First it may be carried
 * through days by its plan alone (`passTo`), then it drives street by street (`driveTo`). All its chance comes from
 * streams of its own, so a fleet of 251 drives as the fleet of 250 did, and one more.
 */
export class SimulatedVehicle {
  readonly traits: FleetVehicle;
  private readonly world: VehicleWorld;
  private readonly planned: Planned;
  private readonly chance: RandomStream;
  private readonly driverPace: number;
  private plan: DayPlan;
  /** Planned distance of the current day that is already on the odometer. */
  private passedMm = 0;
  private odometerMm: number;
  private rangeMm: number;
  private node: number;
  private restEdge: number;
  private activity: 'parked' | 'driving' | 'charging' = 'parked';
  private parkedUntilMs = 0;
  private trip: Trip | null = null;
  private leg = 0;
  private alongMm = 0;
  private speedMmPerS = 0;
  private holdSeconds = 0;
  private isLive = false;

  constructor(traits: FleetVehicle, world: VehicleWorld) {
    this.traits = traits;
    this.world = world;
    this.planned = {
      seed: world.seed,
      vehicle: traits.id,
      pattern: traits.pattern,
      timeZone: world.timeZone,
      openingMs: world.openingMs + world.workShiftMs,
      dailyTrend: traits.dailyTrend,
    };
    this.chance = randomStream(world.seed, traits.id, 'road');
    this.driverPace = drawn(this.chance, TRAFFIC_PACE);
    this.odometerMm = traits.openingMm;
    this.rangeMm = Math.floor(traits.rangeMm * drawn(this.chance, [0.3, 0.95]));
    this.node = this.anyDestination();
    this.restEdge = at(world.network.firstEdge, this.node);
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
    this.node = this.anyDestination();
    this.restEdge = at(this.world.network.firstEdge, this.node);
  }

  /** Drives one second, up to `atMs`. The first call puts the vehicle into the middle of its working day. */
  driveTo(atMs: number): void {
    const workMs = atMs + this.world.workShiftMs;
    if (workMs >= this.plan.toMs) this.startDay(workMs);
    if (!this.isLive) this.goLive(atMs);
    if (this.activity === 'driving') this.driveSecond(atMs);
    else if (this.activity === 'charging') this.chargeSecond(atMs);
    else if (atMs >= this.parkedUntilMs) this.leaveOrRest(atMs);
  }

  /** What a tracker in the vehicle can know now. */
  stateAt(atMs: number): VehicleState {
    return {
      atMs,
      ...this.position(),
      speedMmPerS: this.speedMmPerS,
      odometerMm: this.odometerMm,
      rangeMm: this.rangeMm,
      batteryPercent: Math.round((this.rangeMm * 1000) / this.traits.rangeMm) / 10,
      isOn: this.activity === 'driving',
      isCharging: this.activity === 'charging',
    };
  }

  isMoving(): boolean {
    return this.speedMmPerS > 0;
  }

  private position(): RoadPosition {
    const edge = this.trip?.edges[this.leg];
    return edge === undefined
      ? positionOnEdge(this.world.network, this.restEdge, 0)
      : positionOnEdge(this.world.network, edge, this.alongMm);
  }

  private startDay(workMs: number): void {
    this.plan = dayPlanAt(this.planned, workMs);
    this.passedMm = 0;
  }

  private goLive(atMs: number): void {
    this.isLive = true;
    if (!this.isOnShift(atMs)) return;
    if (this.chance.next() < STANDING_AT_START_SHARE) {
      this.parkedUntilMs = atMs + this.dwellMs();
      return;
    }
    this.leaveOrRest(atMs);
    if (this.trip !== null) this.leg = this.chance.below(Math.ceil(this.trip.edges.length / 2));
  }

  private leaveOrRest(atMs: number): void {
    if (!this.isOnShift(atMs)) {
      if (this.rangeMm < this.traits.rangeMm) this.activity = 'charging';
      return;
    }
    const edges = this.world.routes.route(this.node, this.nextDestination());
    if (edges.length === 0) return;
    this.trip = planTrip(this.world.network, edges, this.driverPace, this.chance);
    this.activity = 'driving';
    this.leg = 0;
    this.alongMm = 0;
    this.speedMmPerS = 0;
  }

  private driveSecond(atMs: number): void {
    if (this.holdSeconds > 0) {
      this.holdSeconds -= 1;
      this.speedMmPerS = 0;
      return;
    }
    const trip = must(this.trip, 'a driving vehicle has a trip');
    const [edge, lengthMm] = this.currentEdge(trip);
    const endMmPerS = must(trip.endMmPerS[this.leg], 'a trip is planned to its end');
    const leftMm = lengthMm - this.alongMm;
    const wanted = Math.min(
      must(trip.limitMmPerS[this.leg], 'a limit an edge'),
      speedToBrakeFrom(endMmPerS, leftMm),
    );
    const before = this.speedMmPerS;
    const reachable = Math.max(
      before - 2 * BRAKING_MM_PER_S2,
      Math.min(wanted, before + ACCELERATION_MM_PER_S2),
    );
    this.speedMmPerS = Math.floor(Math.max(reachable, CREEP_MM_PER_S));
    this.advance(trip, edge, Math.floor((before + this.speedMmPerS) / 2), atMs);
  }

  /** Moves along the trip, over as many short edges as the distance covers, and stops where the plan says to stand. */
  private advance(trip: Trip, firstEdge: number, distanceMm: number, atMs: number): void {
    let edge = firstEdge;
    let leftMm = distanceMm;
    for (;;) {
      const roomMm = at(this.world.network.edgeLengthMm, edge) - this.alongMm;
      if (leftMm < roomMm) return this.cover(leftMm);
      this.cover(roomMm);
      leftMm -= roomMm;
      this.node = at(this.world.network.edgeTo, edge);
      if (this.leg === trip.edges.length - 1) return this.arrive(edge, atMs);
      const hold = trip.holdSeconds[this.leg] ?? 0;
      this.leg += 1;
      this.alongMm = 0;
      if (hold > 0) {
        this.holdSeconds = hold;
        this.speedMmPerS = 0;
        return;
      }
      [edge] = this.currentEdge(trip);
    }
  }

  private cover(distanceMm: number): void {
    this.alongMm += distanceMm;
    this.odometerMm += distanceMm;
    this.rangeMm = Math.max(0, this.rangeMm - distanceMm);
  }

  private arrive(edge: number, atMs: number): void {
    this.trip = null;
    this.speedMmPerS = 0;
    // The vehicle rests where it arrived: at the start of an edge that leaves the junction it came to.
    this.restEdge = at(this.world.network.firstEdge, at(this.world.network.edgeTo, edge));
    const isLow = this.rangeMm < this.traits.rangeMm * LOW_BATTERY_SHARE;
    this.activity = isLow ? 'charging' : 'parked';
    this.parkedUntilMs = atMs + this.dwellMs();
  }

  private chargeSecond(atMs: number): void {
    const onShift = this.isOnShift(atMs);
    const seconds = onShift ? RAPID_CHARGE_SECONDS : DEPOT_CHARGE_SECONDS;
    this.rangeMm = Math.min(this.traits.rangeMm, this.rangeMm + Math.floor(this.traits.rangeMm / seconds));
    const enough = onShift ? Math.floor(this.traits.rangeMm * CHARGED_SHARE) : this.traits.rangeMm;
    if (this.rangeMm < enough) return;
    this.activity = 'parked';
    this.parkedUntilMs = atMs + STEP_MS;
  }

  private isOnShift(atMs: number): boolean {
    return isOnShift(this.plan, atMs + this.world.workShiftMs);
  }

  private currentEdge(trip: Trip): [edge: number, lengthMm: number] {
    const edge = must(trip.edges[this.leg], 'a driving vehicle is on an edge of its trip');
    return [edge, at(this.world.network.edgeLengthMm, edge)];
  }

  private dwellMs(): number {
    return Math.round(drawn(this.chance, workPatterns[this.traits.pattern].dwellSeconds)) * 1_000;
  }

  private anyDestination(): number {
    const { destinations } = this.world.network;
    return at(destinations, this.chance.below(destinations.length));
  }

  /** Of a few places, the one whose distance is nearest to what such a trip is like. */
  private nextDestination(): number {
    const wantedMetres = drawn(this.chance, workPatterns[this.traits.pattern].tripMetres);
    let best = this.node;
    let bestGap = Infinity;
    for (let i = 0; i < CANDIDATE_PLACES; i += 1) {
      const place = this.anyDestination();
      const gap = Math.abs(this.metresTo(place) * DETOUR - wantedMetres);
      if (place !== this.node && gap < bestGap) [best, bestGap] = [place, gap];
    }
    return best;
  }

  private metresTo(node: number): number {
    const { nodesE6 } = this.world.network;
    const latitudeE6 = at(nodesE6, 2 * node + 1);
    const east =
      (at(nodesE6, 2 * node) - at(nodesE6, 2 * this.node)) * Math.cos((latitudeE6 / 1e6 / 180) * Math.PI);
    const north = latitudeE6 - at(nodesE6, 2 * this.node + 1);
    return Math.hypot(east, north) * METRES_PER_E6;
  }
}

const CANDIDATE_PLACES = 8;
/** Streets are about so much longer than the straight line. */
const DETOUR = 1.3;
const METRES_PER_E6 = 0.1112;
