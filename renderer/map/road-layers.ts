import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';

interface RoadKind {
  readonly name: string;
  readonly ranks: readonly [number, number];
  readonly fromZoom: number;
  /** Width in pixels at zooms 10, 13, 16 and 19. */
  readonly widths: readonly [number, number, number, number];
  readonly colour: (tokens: Tokens) => string;
}

/** From the alley to the motorway: the later ones lie on top where they meet. */
const kinds: readonly RoadKind[] = [
  {
    name: 'service',
    ranks: [6, 6],
    fromZoom: 14,
    widths: [0.2, 0.5, 2.5, 10],
    colour: (t) => t.mapRoadMinor,
  },
  { name: 'street', ranks: [5, 5], fromZoom: 11.5, widths: [0.3, 0.9, 5, 20], colour: (t) => t.mapRoadMinor },
  {
    name: 'tertiary',
    ranks: [4, 4],
    fromZoom: 10,
    widths: [0.5, 1.6, 7, 24],
    colour: (t) => t.mapRoadMiddle,
  },
  {
    name: 'secondary',
    ranks: [3, 3],
    fromZoom: 9,
    widths: [0.7, 2.2, 8, 26],
    colour: (t) => t.mapRoadMiddle,
  },
  { name: 'primary', ranks: [2, 2], fromZoom: 8, widths: [1, 2.8, 9, 28], colour: (t) => t.mapRoadMajor },
  { name: 'motorway', ranks: [1, 1], fromZoom: 6, widths: [1.4, 3.4, 10, 30], colour: (t) => t.mapRoadMajor },
];

const CASING_PIXELS = 1;

/** All casings below all fills, so that junctions open into each other. */
export function roadLayers(source: string, tokens: Tokens): LayerSpecification[] {
  return [
    ...kinds.map((kind) => lineLayer(source, kind, 'casing', tokens.mapRoadCasing)),
    ...kinds.map((kind) => lineLayer(source, kind, 'fill', kind.colour(tokens))),
  ];
}

function lineLayer(
  source: string,
  kind: RoadKind,
  part: 'casing' | 'fill',
  colour: string,
): LayerSpecification {
  const extra = part === 'casing' ? 2 * CASING_PIXELS : 0;
  return {
    id: `${source}-${kind.name}-${part}`,
    type: 'line',
    source,
    minzoom: part === 'casing' ? Math.max(12.5, kind.fromZoom) : kind.fromZoom,
    filter: rankFilter(kind.ranks),
    layout: { 'line-cap': part === 'casing' ? 'butt' : 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': widthAt(kind.widths, extra) },
  };
}

function rankFilter([first, last]: readonly [number, number]): FilterSpecification {
  return ['all', ['>=', ['get', 'rank'], first], ['<=', ['get', 'rank'], last]];
}

function widthAt([at10, at13, at16, at19]: RoadKind['widths'], extra: number): ExpressionSpecification {
  const stops = [10, at10 + extra, 13, at13 + extra, 16, at16 + extra, 19, at19 + extra];
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops];
}
