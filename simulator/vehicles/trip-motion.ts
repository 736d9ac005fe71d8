import { must } from '../../core/base/assert.ts';
import { at, positionOnEdge, type RoadNetwork, type RoadPosition } from '../roads/road-network.ts';
import { ACCELERATION_MM_PER_S2, BRAKING_MM_PER_S2, speedToBrakeFrom, type Trip } from './trip.ts';

const CREEP_MM_PER_S = 900;

/** A vehicle somewhere on its trip: driven second by second, whole millimetres at a time. */
export class TripMotion {
  speedMmPerS = 0;
  isOver = false;
  private readonly network: RoadNetwork;
  private readonly trip: Trip;
  private leg: number;
  private alongMm = 0;
  private holdSeconds = 0;

  constructor(network: RoadNetwork, trip: Trip, firstLeg: number) {
    this.network = network;
    this.trip = trip;
    this.leg = firstLeg;
  }

  /** The junction the trip ends at. */
  get endNode(): number {
    return at(this.network.edgeTo, must(this.trip.edges.at(-1), 'a trip has edges'));
  }

  position(): RoadPosition {
    return positionOnEdge(this.network, this.edge(), this.alongMm);
  }

  /** Stands where it is, as by a crash or an empty battery; it goes on from standing. */
  halt(): void {
    this.speedMmPerS = 0;
  }

  /** Drives one second and gives how far it came. */
  driveSecond(): number {
    const before = this.speedMmPerS;
    if (this.holdSeconds > 0) {
      this.holdSeconds -= 1;
      this.speedMmPerS = 0;
      return 0;
    }
    const { limitMmPerS, endMmPerS } = this.trip;
    const leftMm = at(this.network.edgeLengthMm, this.edge()) - this.alongMm;
    const wanted = Math.min(at(limitMmPerS, this.leg), speedToBrakeFrom(at(endMmPerS, this.leg), leftMm));
    const reachable = Math.max(
      before - 2 * BRAKING_MM_PER_S2,
      Math.min(wanted, before + ACCELERATION_MM_PER_S2),
    );
    this.speedMmPerS = Math.floor(Math.max(reachable, CREEP_MM_PER_S));
    return this.advance(Math.floor((before + this.speedMmPerS) / 2));
  }

  /** Over as many short edges as the distance covers; it stops where the plan says to stand. */
  private advance(distanceMm: number): number {
    let leftMm = distanceMm;
    for (;;) {
      const roomMm = at(this.network.edgeLengthMm, this.edge()) - this.alongMm;
      if (leftMm < roomMm) {
        this.alongMm += leftMm;
        return distanceMm;
      }
      leftMm -= roomMm;
      if (this.leg === this.trip.edges.length - 1) return this.end(distanceMm - leftMm);
      const hold = at(this.trip.holdSeconds, this.leg);
      this.leg += 1;
      this.alongMm = 0;
      if (hold > 0) {
        this.holdSeconds = hold;
        this.speedMmPerS = 0;
        return distanceMm - leftMm;
      }
    }
  }

  private end(distanceMm: number): number {
    this.isOver = true;
    this.speedMmPerS = 0;
    return distanceMm;
  }

  private edge(): number {
    return at(this.trip.edges, this.leg);
  }
}
