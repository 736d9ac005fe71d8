import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap, SourceSpecification } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';
import { LABEL_FONT } from './label-layers.ts';

/** The corners of what is shown, in degrees. */
export interface DegreeBounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

interface GridFeature {
  readonly type: 'Feature';
  readonly properties: { readonly label: string };
  readonly geometry: { readonly type: 'LineString'; readonly coordinates: [number, number][] };
}
export interface Grid {
  readonly type: 'FeatureCollection';
  readonly features: readonly GridFeature[];
}

const GRID = 'coordinate-grid';
const STEPS_DEGREES = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] as const;
const LINES_WANTED = 5;

/** Meridians and parallels across a view, a handful each, labelled with what they are. */
export function coordinateGrid({ west, south, east, north }: DegreeBounds): Grid {
  const step = STEPS_DEGREES.find((one) => (east - west) / one >= LINES_WANTED) ?? 0.001;
  const features: GridFeature[] = [];
  for (const longitude of multiplesOf(step, west, east)) {
    features.push(gridLine(degreeWords(longitude, step, 'E', 'W'), [longitude, south], [longitude, north]));
  }
  for (const latitude of multiplesOf(step, Math.max(south, -85), Math.min(north, 85))) {
    features.push(gridLine(degreeWords(latitude, step, 'N', 'S'), [west, latitude], [east, latitude]));
  }
  return { type: 'FeatureCollection', features };
}

function multiplesOf(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

function gridLine(label: string, from: [number, number], to: [number, number]): GridFeature {
  return {
    type: 'Feature',
    properties: { label },
    geometry: { type: 'LineString', coordinates: [from, to] },
  };
}

function degreeWords(value: number, step: number, positive: string, negative: string): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return `${Math.abs(value).toFixed(decimals)}° ${value < 0 ? negative : positive}`;
}

/** The grid's source, empty until the map has a view. */
export function gridSource(): Record<string, SourceSpecification> {
  return { [GRID]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } };
}

export function gridLayers(tokens: Tokens): LayerSpecification[] {
  return [
    {
      id: `${GRID}-lines`,
      type: 'line',
      source: GRID,
      paint: { 'line-color': tokens.mapRoadMiddle, 'line-width': 1 },
    },
    {
      id: `${GRID}-labels`,
      type: 'symbol',
      source: GRID,
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'label'],
        'text-font': [LABEL_FONT],
        'text-size': 11,
        'symbol-spacing': 500,
      },
      paint: { 'text-color': tokens.mapLabel, 'text-halo-color': tokens.mapGround, 'text-halo-width': 2 },
    },
  ];
}

/** Redraws the grid for what a map shows now; nothing on a map that has streets instead. */
export function refreshGrid(map: MapLibreMap): void {
  const source = map.getSource<GeoJSONSource>(GRID);
  if (source === undefined) return;
  const bounds = map.getBounds();
  const grid = coordinateGrid({
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  });
  void source.setData({ type: 'FeatureCollection', features: [...grid.features] });
}
