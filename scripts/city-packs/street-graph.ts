import { must } from '../../core/base/assert.ts';
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
  const pointsE6: PointE6[] = [];
  const pointByPlace = new Map<string, number>();
  const pointAt = (place: PointE6): number => {
    const key = `${place[0]} ${place[1]}`;
    const known = pointByPlace.get(key);
    if (known !== undefined) return known;
    pointByPlace.set(key, pointsE6.length);
    return pointsE6.push(place) - 1;
  };
  const seenStretches = new Set<string>();
  const streets: Street[] = [];
  for (const way of ways) {
    const road = drivableWay(way.tags);
    if (road === null || !road.isOpen) continue;
    for (const points of newStretches(way, way.lineE6.map(pointAt), seenStretches))
      streets.push({ road, points });
  }
  return { pointsE6, streets };
}

/** The parts of a line not seen before on the same way, without points that repeat the one before. */
function newStretches(way: SourceWay, line: readonly number[], seen: Set<string>): number[][] {
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
    const key = `${way.id} ${Math.min(from, to)} ${Math.max(from, to)}`;
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
