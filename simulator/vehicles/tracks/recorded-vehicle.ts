import { randomStream } from '../../../core/base/random.ts';
import type { FleetVehicle } from '../../fleet/fleet-vehicle.ts';
import { at, headingBetween, positionOnEdge, type RoadPosition } from '../../roads/road-network.ts';
import { anyPlace } from '../itinerary.ts';
import type { Vehicle } from '../vehicle.ts';
import type { VehicleState } from '../vehicle-state.ts';
import type { VehicleWorld } from '../vehicle-world.ts';
import type { Track } from './track.ts';

/** A row of the track, and how far an instant is beyond it: 0 at the row, 1 at the next. */
interface Place {
  readonly row: number;
  readonly share: number;
}

/**
 * A vehicle that drives as a recording says: it stands at the first point until the recording begins, and at the last
 * when it is over. Between two points it moves evenly.
 */
export class RecordedVehicle implements Vehicle {
  readonly traits: FleetVehicle;
  private readonly track: Track;
  private readonly startMs: number;
  /** Where it stands when the recording says nothing of places. */
  private readonly depot: RoadPosition;
  private nowMs = -Infinity;
  private row = 0;

  constructor(traits: FleetVehicle, track: Track, world: VehicleWorld, liveMs: number) {
    this.traits = traits;
    this.track = track;
    this.startMs = track.isAbsolute ? 0 : liveMs;
    const node = anyPlace(world.network, randomStream(world.seed, traits.id, 'depot'));
    this.depot = positionOnEdge(world.network, at(world.network.firstEdge, node), 0);
  }

  passTo(atMs: number): void {
    this.driveTo(atMs);
  }

  driveTo(atMs: number): void {
    this.nowMs = atMs;
    const { timesMs } = this.track;
    while (this.row < timesMs.length - 1 && this.timeOf(this.row + 1) <= atMs) this.row += 1;
  }

  stateAt(atMs: number): VehicleState {
    const place = this.placeAt(atMs);
    const speedMmPerS = this.speedAt(place);
    const odometerMm = this.traits.openingMm + this.drivenMm(place);
    const usedMm = this.drivenMm(place) % this.traits.rangeMm;
    const isOn = speedMmPerS > 0;
    return {
      atMs,
      ...this.positionAt(place),
      speedMmPerS,
      odometerMm,
      rangeMm: this.traits.rangeMm - usedMm,
      batteryPercent: Math.round(((this.traits.rangeMm - usedMm) * 1000) / this.traits.rangeMm) / 10,
      isOn,
      isCharging: false,
      isDoorOpen: false,
      isLocked: !isOn,
      impactMilliG: 0,
    };
  }

  restsUntilMs(): number {
    if (this.isMoving()) return this.nowMs;
    return this.row === this.track.timesMs.length - 1
      ? Infinity
      : this.timeOf(this.nowMs < this.timeOf(0) ? 0 : this.row + 1);
  }

  befall(): void {
    // What was recorded has happened, and nothing else.
  }

  recover(): void {
    // Nothing befell it.
  }

  leaveRoads(): void {
    // It is carried and driven alike.
  }

  isMoving(): boolean {
    return this.speedAt(this.placeAt(this.nowMs)) > 0;
  }

  private placeAt(atMs: number): Place {
    const fromMs = this.timeOf(this.row);
    if (atMs < fromMs || this.row === this.track.timesMs.length - 1) return { row: this.row, share: 0 };
    const share = (atMs - fromMs) / (this.timeOf(this.row + 1) - fromMs);
    return { row: this.row, share: Math.min(1, share) };
  }

  private drivenMm({ row, share }: Place): number {
    const { distanceMm } = this.track;
    const fromMm = distanceMm[row] ?? 0;
    return fromMm + Math.floor(((distanceMm[row + 1] ?? fromMm) - fromMm) * share);
  }

  /** Even between two points; none before the first and from the last on. */
  private speedAt({ row }: Place): number {
    const { distanceMm, timesMs } = this.track;
    if (row === timesMs.length - 1 || this.nowMs < this.timeOf(0)) return 0;
    const movedMm = (distanceMm[row + 1] ?? 0) - (distanceMm[row] ?? 0);
    return Math.round((movedMm * 1_000) / (this.timeOf(row + 1) - this.timeOf(row)));
  }

  private positionAt({ row, share }: Place): RoadPosition {
    const { placesE6 } = this.track;
    if (placesE6 === null) return this.depot;
    // At the last point it still looks the way it came.
    const from = Math.min(row, Math.max(0, placesE6.length / 2 - 2));
    const to = Math.min(from + 1, placesE6.length / 2 - 1);
    const along = row === from ? share : 1;
    const [fromX, fromY] = [at(placesE6, 2 * from), at(placesE6, 2 * from + 1)];
    const [toX, toY] = [at(placesE6, 2 * to), at(placesE6, 2 * to + 1)];
    return {
      longitudeE6: Math.round(fromX + (toX - fromX) * along),
      latitudeE6: Math.round(fromY + (toY - fromY) * along),
      headingDegrees: headingBetween(fromX, fromY, toX, toY),
    };
  }

  private timeOf(row: number): number {
    return this.startMs + (this.track.timesMs[row] ?? Infinity);
  }
}
