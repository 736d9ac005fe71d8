import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';
import type { CityPack } from './city-packs.ts';

/** Names of the two label fonts, as the style's `font-faces` defines them. */
export const LABEL_FONT = 'Noto Sans Regular';
export const LABEL_BOLD = 'Noto Sans SemiBold';

/** Street names along their streets, or place names at their points. */
export function labelLayers(source: string, kind: 'roads' | 'places', tokens: Tokens): LayerSpecification[] {
  if (kind === 'places') return placeKinds.map((place) => placeLayer(source, place, tokens));
  return streetKinds.map((street) => streetLayer(source, street, tokens));
}

interface StreetKind {
  readonly name: string;
  readonly ranks: readonly number[];
  readonly fromZoom: number;
  readonly size: number;
}

const streetKinds: readonly StreetKind[] = [
  { name: 'streets', ranks: [5], fromZoom: 15, size: 11 },
  { name: 'tertiary', ranks: [4], fromZoom: 14, size: 11 },
  { name: 'main', ranks: [1, 2, 3], fromZoom: 12.5, size: 12 },
];

function streetLayer(
  source: string,
  { name, ranks, fromZoom, size }: StreetKind,
  tokens: Tokens,
): LayerSpecification {
  return {
    id: `${source}-names-${name}`,
    type: 'symbol',
    source,
    minzoom: fromZoom,
    filter: ['all', ['has', 'name'], ['in', ['get', 'rank'], ['literal', [...ranks]]]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': [LABEL_FONT],
      'text-size': size,
      'text-max-angle': 30,
      'text-padding': 6,
    },
    paint: { 'text-color': tokens.mapLabel, 'text-halo-color': tokens.mapGround, 'text-halo-width': 1.4 },
  };
}

interface PlaceKind {
  readonly classes: readonly string[];
  readonly fromZoom: number;
  readonly size: number;
}

const placeKinds: readonly PlaceKind[] = [
  { classes: ['neighbourhood', 'hamlet'], fromZoom: 13, size: 11 },
  { classes: ['suburb'], fromZoom: 11.5, size: 12 },
  { classes: ['city', 'town'], fromZoom: 6, size: 15 },
];

function placeLayer(
  source: string,
  { classes, fromZoom, size }: PlaceKind,
  tokens: Tokens,
): LayerSpecification {
  return {
    id: `${source}-names-${classes[0] ?? ''}`,
    type: 'symbol',
    source,
    minzoom: fromZoom,
    filter: ['in', ['get', 'class'], ['literal', [...classes]]],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [LABEL_BOLD],
      'text-size': size,
      'text-max-width': 7,
      'text-letter-spacing': 0.02,
    },
    paint: { 'text-color': tokens.mapPlace, 'text-halo-color': tokens.mapGround, 'text-halo-width': 1.6 },
  };
}

/** The source of the names below. */
export const CITY_NAMES = 'city-names';

/** The name of each pack at its middle, for the zooms at which a city is a blot of roads. */
export function cityNameSource(packs: readonly CityPack[]): SourceSpecification {
  return {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: packs.map(({ name, bounds: [west, south, east, north] }) => ({
        type: 'Feature',
        properties: { name },
        geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] },
      })),
    },
  };
}

export function cityNameLayer(tokens: Tokens): LayerSpecification {
  return {
    id: CITY_NAMES,
    type: 'symbol',
    source: CITY_NAMES,
    maxzoom: 9,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [LABEL_BOLD],
      'text-size': 14,
      'text-anchor': 'top',
      'text-offset': [0, 1],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': tokens.mapPlace, 'text-halo-color': tokens.mapGround, 'text-halo-width': 1.6 },
  };
}
