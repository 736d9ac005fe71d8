import type { Track } from './track.ts';

/** One point of a recording as its file says it. Degrees; metres; milliseconds. */
export interface RecordedPoint {
  readonly timeMs: number;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  /** Driven since some beginning; null when only places tell. */
  readonly distanceMetres: number | null;
}

/** What is wrong in a file, and where. */
export interface TrackProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
}

const MEAN_EARTH_RADIUS_METRES = 6_371_008.8;

/** Collects the points of one vehicle, in order of time, and says what does not fit. */
export class TrackBuilder {
  private readonly name: string;
  private readonly isAbsolute: boolean;
  private readonly timesMs: number[] = [];
  private readonly distanceMm: number[] = [];
  private readonly placesE6: number[] = [];
  private last: RecordedPoint | null = null;
  private firstMetres = 0;
  private metres = 0;

  constructor(name: string, isAbsolute: boolean) {
    this.name = name;
    this.isAbsolute = isAbsolute;
  }

  /** Takes a point, or gives the sentence that says why not. */
  add(point: RecordedPoint): string | null {
    const problem = placeProblem(point) ?? this.orderProblem(point);
    if (problem !== null) return problem;
    if (this.last === null) this.firstMetres = point.distanceMetres ?? 0;
    this.metres =
      point.distanceMetres === null
        ? this.metres + this.metresTo(point)
        : point.distanceMetres - this.firstMetres;
    this.timesMs.push(Math.round(point.timeMs));
    this.distanceMm.push(Math.round(this.metres * 1_000));
    if (point.place !== null)
      this.placesE6.push(Math.round(point.place.longitude * 1e6), Math.round(point.place.latitude * 1e6));
    this.last = point;
    return null;
  }

  track(): Track {
    return {
      name: this.name,
      isAbsolute: this.isAbsolute,
      timesMs: Float64Array.from(this.timesMs),
      distanceMm: Float64Array.from(this.distanceMm),
      placesE6: this.placesE6.length === 0 ? null : Int32Array.from(this.placesE6),
    };
  }

  private orderProblem({ timeMs, distanceMetres }: RecordedPoint): string | null {
    if (this.last === null) return null;
    if (Math.round(timeMs) <= Math.round(this.last.timeMs))
      return `the time is not after the one before it of vehicle "${this.name}": put the rows in order of time`;
    if (distanceMetres !== null && distanceMetres < (this.last.distanceMetres ?? 0))
      return `the distance of vehicle "${this.name}" falls: it counts on from row to row`;
    return null;
  }

  private metresTo({ place }: RecordedPoint): number {
    const before = this.last?.place ?? null;
    if (place === null || before === null) return 0;
    const radians = Math.PI / 180;
    const sinLatitude = Math.sin(((place.latitude - before.latitude) * radians) / 2);
    const sinLongitude = Math.sin(((place.longitude - before.longitude) * radians) / 2);
    const h =
      sinLatitude ** 2 +
      Math.cos(place.latitude * radians) * Math.cos(before.latitude * radians) * sinLongitude ** 2;
    return 2 * MEAN_EARTH_RADIUS_METRES * Math.asin(Math.sqrt(h));
  }
}

function placeProblem({ place, distanceMetres }: RecordedPoint): string | null {
  if (place === null)
    return distanceMetres === null ? 'neither a place nor a distance: give one of them' : null;
  if (Math.abs(place.latitude) > 90) return `latitude ${place.latitude} is not between -90 and 90 degrees`;
  if (Math.abs(place.longitude) > 180)
    return `longitude ${place.longitude} is not between -180 and 180 degrees`;
  return null;
}
