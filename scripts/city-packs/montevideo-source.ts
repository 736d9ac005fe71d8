import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { must } from '../../core/base/assert.ts';
import { areaKind, PLACE_KINDS } from '../../simulator/city/area-kinds.ts';
import type {
  CitySource,
  PointE6,
  SourceArea,
  SourcePlace,
  SourceWay,
} from '../../simulator/city/source-way.ts';

const [POINT, LINE, POLYGON] = [1, 2, 3];
/**
 * Montevideo, from OSM QA vector tiles. Tiles cut ways and areas at their edges; both pieces end on the edge, so
 * rounding to 1e-6 degree joins them again. Who edited what (`@user`, `@uid`, `@changeset`) is never read.
 * `files` are named `<zoom>-<x>-<y>.mvt`.
 */
export function montevideoSource(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): CitySource {
  const ways: SourceWay[] = [];
  const places = new Map<string, SourcePlace>();
  const areas: SourceArea[] = [];
  for (const { name, bytes } of files) {
    const tile = tileOf(name);
    const layer = must(
      new VectorTile(new PbfReader(bytes)).layers['osm'],
      () => `${name} has no layer "osm"`,
    );
    for (let i = 0; i < layer.length; i += 1) {
      const feature = layer.feature(i);
      const tags = feature.properties;
      if (feature.type === LINE && tags['highway'] !== undefined) ways.push(...waysOf(feature, tile));
      else if (feature.type === POINT && PLACE_KINDS.has(String(tags['place'])))
        addPlace(feature, tile, places);
      else if (feature.type === POLYGON) areas.push(...areasOf(feature, tile));
    }
  }
  return { ways, places: [...places.values()], areas };
}

interface Tile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

function tileOf(name: string): Tile {
  const match = must(/(\d+)-(\d+)-(\d+)\.mvt$/.exec(name), () => `${name} is not named zoom-x-y.mvt`);
  return { zoom: Number(match[1]), x: Number(match[2]), y: Number(match[3]) };
}

function waysOf(feature: VectorTileFeature, tile: Tile): SourceWay[] {
  const id = String(feature.properties['@id']);
  const tags = Object.fromEntries(
    Object.entries(feature.properties)
      .filter(([key]) => !key.startsWith('@'))
      .map(([key, value]) => [key, String(value)]),
  );
  return linesOf(feature, tile).map((lineE6) => ({ id, tags, lineE6 }));
}

function addPlace(feature: VectorTileFeature, tile: Tile, places: Map<string, SourcePlace>): void {
  const { name, place } = feature.properties;
  const point = linesOf(feature, tile)[0]?.[0];
  if (name === undefined || point === undefined) return;
  places.set(String(feature.properties['@id']), { name: String(name), kind: String(place), point });
}

function areasOf(feature: VectorTileFeature, tile: Tile): SourceArea[] {
  const tags = feature.properties;
  const kind = areaKind((key) => (tags[key] === undefined ? undefined : String(tags[key])));
  if (kind === null) return [];
  return [
    { name: tags['name'] === undefined ? null : String(tags['name']), kind, rings: linesOf(feature, tile) },
  ];
}

/** Tile units to longitude and latitude, by the spherical Mercator projection tiles are cut in. */
function linesOf(feature: VectorTileFeature, { zoom, x, y }: Tile): PointE6[][] {
  const world = feature.extent * 2 ** zoom;
  return feature.loadGeometry().map((line) =>
    line.map((point) => {
      const longitude = ((point.x + x * feature.extent) / world) * 360 - 180;
      const mercator = Math.PI * (1 - (2 * (point.y + y * feature.extent)) / world);
      const latitude = (Math.atan(Math.sinh(mercator)) * 180) / Math.PI;
      return [Math.round(longitude * 1e6), Math.round(latitude * 1e6)];
    }),
  );
}
