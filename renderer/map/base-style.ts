import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';
import type { CityPack } from './city-packs.ts';
import { gridLayers, gridSource } from './coordinate-grid.ts';
import {
  CITY_NAMES,
  cityNameLayer,
  cityNameSource,
  LABEL_BOLD,
  LABEL_FONT,
  labelLayers,
} from './label-layers.ts';
import { roadLayers } from './road-layers.ts';

/** Absolute addresses of the two bundled label fonts: Latin, and Latin with its accents. */
export interface LabelFonts {
  readonly regular: FontFiles;
  readonly bold: FontFiles;
}
export interface FontFiles {
  readonly latin: string;
  readonly latinExtended: string;
}

/**
 * The base map, quiet on purpose: the vehicles are what one looks at. Roads by rank with a casing, greens, names; or,
 * without packs, a grid of coordinates. It names no address but the application's own.
 */
export function baseStyle(packs: readonly CityPack[], tokens: Tokens, fonts: LabelFonts): StyleSpecification {
  const sources: Record<string, SourceSpecification> = packs.length === 0 ? gridSource() : {};
  if (packs.length > 0) sources[CITY_NAMES] = cityNameSource(packs);
  for (const pack of packs) {
    for (const [layer, address] of Object.entries(pack.layers)) {
      sources[`${pack.id}-${layer}`] = {
        type: 'geojson',
        data: address,
        maxzoom: 15,
        tolerance: 0.3,
        buffer: 32,
      };
    }
  }
  return {
    version: 8,
    // What a style calls the font and which file holds which letters; the map draws the glyphs itself from these.
    'font-faces': { [LABEL_FONT]: fontFaces(fonts.regular), [LABEL_BOLD]: fontFaces(fonts.bold) },
    sources,
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': tokens.mapGround } },
      ...(packs.length === 0 ? gridLayers(tokens) : [...cityLayers(packs, tokens), cityNameLayer(tokens)]),
    ],
  };
}

function fontFaces({ latin, latinExtended }: FontFiles): { url: string; 'unicode-range': string[] }[] {
  return [
    { url: latin, 'unicode-range': ['U+0000-00FF', 'U+2010-2027'] },
    { url: latinExtended, 'unicode-range': ['U+0100-02BA', 'U+1E00-1EFF'] },
  ];
}

function cityLayers(packs: readonly CityPack[], tokens: Tokens): LayerSpecification[] {
  const sourceOf = (pack: CityPack, layer: keyof CityPack['layers']): string[] =>
    pack.layers[layer] === undefined ? [] : [`${pack.id}-${layer}`];
  const roads = packs.flatMap((pack) => sourceOf(pack, 'roads'));
  return [
    ...packs.flatMap((pack) => sourceOf(pack, 'parks')).map((source) => parkLayer(source, tokens)),
    ...roads.flatMap((source) => roadLayers(source, tokens)),
    ...roads.flatMap((source) => labelLayers(source, 'roads', tokens)),
    ...packs
      .flatMap((pack) => sourceOf(pack, 'places'))
      .flatMap((source) => labelLayers(source, 'places', tokens)),
  ];
}

function parkLayer(source: string, tokens: Tokens): LayerSpecification {
  return {
    id: `${source}-fill`,
    type: 'fill',
    source,
    filter: ['in', ['get', 'class'], ['literal', ['park', 'forest', 'grass']]],
    paint: { 'fill-color': tokens.mapPark, 'fill-antialias': false },
  };
}
