import { assert, must } from '../../core/base/assert.ts';
import { type DrivableWay, drivableWay } from './drivable-way.ts';
import type { PointE6, SourceWay } from './source-way.ts';

/** A drivable way as a row of points of the graph. */
export interface Street {
  readonly road: DrivableWay;
  readonly points: readonly number[];
}

/** Every drivable street point by point. Points are shared where ways share a coordinate: that is a junction. */
export interface StreetGraph {
  readonly pointsE6: readonly PointE6[];
  readonly streets: readonly Street[];
}

/**
 * Joins ways into a graph by coordinate, and drops a stretch that came twice (a way cut at a tile's edge may overlap
 * the next tile's piece of it).
 */
export function streetGraph(ways: readonly SourceWay[]): StreetGraph {
  const points = new PointTable();
  const cutWays = idsThatComeAgain(ways);
  const seenOnCutWays = new Map<string, Set<number>>();
  const streets: Street[] = [];
  for (const way of ways) {
    const road = drivableWay(way.tags);
    if (road === null || !road.isOpen) continue;
    const seen = seenOnCutWays.get(way.id) ?? new Set<number>();
    if (cutWays.has(way.id)) seenOnCutWays.set(way.id, seen);
    for (const stretch of newStretches(
      way.lineE6.map((place) => points.numberOf(place)),
      seen,
    ))
      streets.push({ road, points: stretch });
  }
  return { pointsE6: points.placesE6, streets };
}

/** Numbers places in the order they come. A place is found by one number, its distance from the first, in two halves. */
class PointTable {
  readonly placesE6: PointE6[] = [];
  private readonly numbers = new Map<number, number>();

  numberOf(place: PointE6): number {
    const origin = this.placesE6[0] ?? place;
    const [east, north] = [place[0] - origin[0] + HALF_SPAN, place[1] - origin[1] + HALF_SPAN];
    assert(
      Math.min(east, north) >= 0 && Math.max(east, north) < 2 * HALF_SPAN,
      'a city is smaller than 60 degrees',
    );
    const key = east * 2 * HALF_SPAN + north;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.placesE6.length);
    return this.placesE6.push(place) - 1;
  }
}

/** 1e-6 degree; twice its square is a whole number that a double holds exactly. */
const HALF_SPAN = 2 ** 25;
/** More points than a city has. */
const POINTS_MAX = 2 ** 26;

function idsThatComeAgain(ways: readonly SourceWay[]): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const { id } of ways) (once.has(id) ? again : once).add(id);
  return again;
}

/** The parts of a line not seen before on the same way, without points that repeat the one before. */
function newStretches(line: readonly number[], seen: Set<number>): number[][] {
  const stretches: number[][] = [];
  let current: number[] = [];
  const close = (): void => {
    if (current.length > 1) stretches.push(current);
    current = [];
  };
  for (let i = 1; i < line.length; i += 1) {
    const from = must(line[i - 1], 'a line has its points');
    const to = must(line[i], 'a line has its points');
    if (from === to) continue;
    const key = Math.min(from, to) * POINTS_MAX + Math.max(from, to);
    if (seen.has(key)) {
      close();
      continue;
    }
    seen.add(key);
    if (current.length === 0) current.push(from);
    current.push(to);
  }
  close();
  return stretches;
}

/** Metres over the earth's surface, by the haversine formula on the mean sphere. */
export function metresBetween(a: PointE6, b: PointE6): number {
  const toRadians = Math.PI / 180 / 1e6;
  const sinHalfLatitude = Math.sin(((b[1] - a[1]) * toRadians) / 2);
  const sinHalfLongitude = Math.sin(((b[0] - a[0]) * toRadians) / 2);
  const h =
    sinHalfLatitude ** 2 + Math.cos(a[1] * toRadians) * Math.cos(b[1] * toRadians) * sinHalfLongitude ** 2;
  return 2 * MEAN_EARTH_RADIUS_METRES * Math.asin(Math.sqrt(h));
}

const MEAN_EARTH_RADIUS_METRES = 6_371_008.8;
