import { Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Tokens } from '../theme/tokens.ts';
import { baseStyle, type LabelFonts } from './base-style.ts';
import type { CityPack } from './city-packs.ts';
import { boundsOfPacks } from './fleet-camera.ts';

/** Streets and names in a container, north up, seen from straight above. */
export interface BaseMapInputs {
  readonly container: HTMLElement;
  readonly packs: readonly CityPack[];
  readonly fonts: LabelFonts;
  readonly tokens: Tokens;
}

const WORLD = { center: [0, 30] as [number, number], zoom: 1.5 };

export function createBaseMap({ container, packs, fonts, tokens }: BaseMapInputs): MapLibreMap {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  const start = boundsOfPacks(packs.slice(0, 1));
  const map = new MapLibreMap({
    container,
    style: baseStyle(packs, tokens, fonts),
    ...(start === null ? WORLD : { bounds: start, fitBoundsOptions: { padding: 24 } }),
    maxZoom: 19,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    // The screen shows the attribution itself, always open: this control would fold it away on a narrow map.
    attributionControl: false,
    fadeDuration: 0,
    locale: { 'Map.Title': 'Streets and vehicles' },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ unit: 'imperial', maxWidth: 120 }), 'bottom-right');
  return map;
}

/** The other theme's colours on the layers there are: nothing is loaded again and the vehicles stay. */
export function recolourBaseMap(map: MapLibreMap, { packs, fonts }: BaseMapInputs, tokens: Tokens): void {
  for (const layer of baseStyle(packs, tokens, fonts).layers) {
    if (map.getLayer(layer.id) === undefined) continue;
    for (const [property, value] of Object.entries(layer.paint ?? {})) {
      if (property.endsWith('color')) map.setPaintProperty(layer.id, property as 'line-color', value);
    }
  }
}
