import type { CitySource, PointE6, SourceWay } from '../../simulator/city/source-way.ts';

interface GeoJsonFeature {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/**
 * Gothenburg, from an Overpass export as GeoJSON (longitude, latitude in degrees). It has ways only: no places, no
 * parks. `files` has the one file.
 */
export function gothenburgSource(files: readonly { readonly bytes: Uint8Array }[]): CitySource {
  const ways: SourceWay[] = [];
  for (const { bytes } of files) {
    const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { features: GeoJsonFeature[] };
    for (const { id, properties, geometry } of features) {
      if (geometry.type !== 'LineString') continue;
      ways.push({ id, tags: properties, lineE6: (geometry.coordinates as PointE6[]).map(millionths) });
    }
  }
  return { ways, places: [], areas: [] };
}

function millionths(degrees: readonly [number, number]): PointE6 {
  return [Math.round(degrees[0] * 1e6), Math.round(degrees[1] * 1e6)];
}
