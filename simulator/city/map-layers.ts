import { drivableWay, type RoadClass, roadClasses } from './drivable-way.ts';
import type { PointE6, SourceArea, SourcePlace, SourceWay } from './source-way.ts';

interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string | number>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** A GeoJSON layer of the base map. Only what is drawn is kept; tags and contributors stay behind. */
export interface MapLayer {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** 1 shows from far away, 6 only close by. */
const RANKS: Readonly<Record<RoadClass, number>> = {
  motorway: 1,
  trunk: 1,
  primary: 2,
  secondary: 3,
  tertiary: 4,
  unclassified: 5,
  residential: 5,
  living_street: 5,
  service: 6,
};

/** Every street a car could use, closed ones too: LineStrings with `class`, `rank` and, when known, `name`. */
export function roadLayer(ways: readonly SourceWay[]): MapLayer {
  const features: Feature[] = [];
  for (const { tags, lineE6 } of ways) {
    const road = drivableWay(tags);
    if (road === null || lineE6.length < 2) continue;
    features.push({
      type: 'Feature',
      properties: { class: road.class, rank: RANKS[road.class], ...named(tags['name']) },
      geometry: { type: 'LineString', coordinates: lineE6.map(degrees) },
    });
  }
  // Drawn in this order, so that a main road lies over the alleys that meet it.
  return collection(features.sort((a, b) => classOrder(b) - classOrder(a)));
}

/** Place names as points with `name` and `class` (city, town, suburb, neighbourhood, hamlet). */
export function placeLayer(places: readonly SourcePlace[]): MapLayer {
  return collection(
    places.map(({ name, kind, point }) => ({
      type: 'Feature',
      properties: { name, class: kind },
      geometry: { type: 'Point', coordinates: degrees(point) },
    })),
  );
}

/** Green, sand and water as areas with `class` (park, forest, grass, sand, water) and, when known, `name`. */
export function areaLayer(areas: readonly SourceArea[]): MapLayer {
  return collection(
    areas.map(({ name, kind, rings }) => ({
      type: 'Feature',
      properties: { class: kind, ...named(name ?? undefined) },
      geometry: {
        type: 'MultiPolygon',
        coordinates: polygons(rings).map((rings) => rings.map((ring) => ring.map(degrees))),
      },
    })),
  );
}

/** Outer rings and the holes after them, told apart by the way round they run. */
function polygons(rings: readonly (readonly PointE6[])[]): (readonly PointE6[])[][] {
  const grouped: (readonly PointE6[])[][] = [];
  for (const ring of rings) {
    const outer = grouped.at(-1);
    // The first ring of a feature is an outer one; those that turn the same way start a new polygon.
    if (outer?.[0] === undefined || Math.sign(turn(ring)) === Math.sign(turn(outer[0]))) grouped.push([ring]);
    else outer.push(ring);
  }
  return grouped;
}

function turn(ring: readonly PointE6[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

function named(name: string | undefined): { name: string } | Record<string, never> {
  return name === undefined ? {} : { name };
}

function classOrder(feature: Feature): number {
  return roadClasses.findIndex((name) => name === feature.properties['class']);
}

function degrees([longitudeE6, latitudeE6]: PointE6): [number, number] {
  return [longitudeE6 / 1e6, latitudeE6 / 1e6];
}

function collection(features: readonly Feature[]): MapLayer {
  return { type: 'FeatureCollection', features };
}
