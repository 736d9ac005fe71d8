import { LngLatBounds, Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Tokens } from '../theme/tokens.ts';
import { baseStyle, type LabelFonts } from './base-style.ts';
import type { CityPack } from './city-packs.ts';
import { refreshGrid } from './coordinate-grid.ts';
import { degreesOf, mercatorOf, pixelsPerUnit } from './mercator.ts';
import type { VehicleBuffer } from './vehicle-layer/vehicle-buffer.ts';
import { createVehicleLayer } from './vehicle-layer/vehicle-layer.ts';
import { createVehicleTag } from './vehicle-tag.ts';

/** The map as the screen drives it: everything that moves in it goes past React. */
export interface MapView {
  /** Vehicles were written to the buffer. */
  readonly vehiclesChanged: () => void;
  readonly select: (slot: number | null) => void;
  /** Brings a vehicle to the middle if it is out of sight. */
  readonly reveal: (slot: number) => void;
  /** Moves the map to a vehicle within a second; called once a second it follows. */
  readonly centreOn: (slot: number) => void;
  readonly fitFleet: () => void;
  /** True while some vehicle is outside what is shown. */
  readonly hidesVehicles: () => boolean;
  readonly zoomBy: (steps: number) => void;
  readonly recolour: (tokens: Tokens) => void;
  readonly resize: () => void;
  readonly remove: () => void;
}

/** What a map is made of, and what it calls back. */
export interface MapViewInputs {
  readonly container: HTMLElement;
  readonly packs: readonly CityPack[];
  readonly fonts: LabelFonts;
  readonly tokens: Tokens;
  readonly buffer: VehicleBuffer;
  readonly registrationAt: (slot: number) => string;
  readonly onPick: (slot: number | null) => void;
  /** A person took the map somewhere by hand. */
  readonly onMovedByHand: () => void;
}

const PICK_PIXELS = 14;
const HOVER_INTERVAL_MS = 60;
const FIT = { padding: { top: 64, bottom: 72, left: 64, right: 64 }, maxZoom: 15, duration: 500 } as const;
const LOST_ZOOM = 1.5;

/** A map in a container, with the vehicles on top. */
export function createMapView(inputs: MapViewInputs): MapView {
  const { buffer } = inputs;
  const monotonicMs = (): number => performance.now();
  const map = newMap(inputs);
  const layer = createVehicleLayer({ buffer, monotonicMs, tokens: inputs.tokens });
  const addLayer = (): void => {
    if (map.getLayer(layer.id) === undefined) map.addLayer(layer);
    refreshGrid(map);
  };
  // Also after a lost graphics context: the map restores its own layers, and ours is added anew.
  map.on('style.load', addLayer);
  map.on('moveend', () => refreshGrid(map));
  let selected: number | null = null;
  const hoverTag = createVehicleTag(map, 'hover');
  const selectedTag = createVehicleTag(map, 'selected');
  const placeTag = (): void => selectedTag.show(selected === null ? null : buffer.positionAt(selected, monotonicMs()));
  map.on('render', placeTag);
  map.on('movestart', (event) => {
    if (event.originalEvent !== undefined) inputs.onMovedByHand();
  });
  const slotAt = (point: { readonly lat: number; readonly lng: number }): number | null =>
    buffer.nearest(mercatorOf(point.lat, point.lng), PICK_PIXELS / pixelsPerUnit(map.getZoom()), monotonicMs());
  map.on('click', (event) => inputs.onPick(slotAt(event.lngLat)));
  watchHover(map, slotAt, (slot) => {
    map.getCanvas().style.cursor = slot === null ? '' : 'pointer';
    hoverTag.write(slot === null ? '' : inputs.registrationAt(slot));
    hoverTag.show(slot === null || slot === selected ? null : buffer.positionAt(slot, monotonicMs()));
  });
  const boundsOfFleet = (): LngLatBounds | null => fleetBounds(buffer, monotonicMs());
  const degreesAt = (slot: number): [number, number] | null => {
    const at = buffer.positionAt(slot, monotonicMs());
    if (at === null) return null;
    const { latitudeDegrees, longitudeDegrees } = degreesOf(at);
    return [longitudeDegrees, latitudeDegrees];
  };

  return {
    vehiclesChanged: layer.changed,
    select: (slot) => {
      selected = slot;
      selectedTag.write(slot === null ? '' : inputs.registrationAt(slot));
      placeTag();
      layer.select(slot);
    },
    reveal: (slot) => {
      const at = degreesAt(slot);
      if (at !== null && !map.getBounds().contains(at)) map.easeTo({ center: at, zoom: Math.max(map.getZoom(), 13) });
    },
    centreOn: (slot) => {
      const at = degreesAt(slot);
      if (at !== null) map.easeTo({ center: at, duration: 1_000, easing: (t) => t });
    },
    fitFleet: () => {
      const bounds = boundsOfFleet() ?? packBounds(inputs.packs);
      if (bounds !== null) map.fitBounds(bounds, FIT);
    },
    hidesVehicles: () => {
      const bounds = boundsOfFleet();
      const shown = map.getBounds();
      return bounds !== null && !(shown.contains(bounds.getSouthWest()) && shown.contains(bounds.getNorthEast()));
    },
    zoomBy: (steps) => map.easeTo({ zoom: map.getZoom() + steps, duration: 200 }),
    recolour: (tokens) => {
      repaintStyle(map, inputs, tokens);
      layer.recolour(tokens);
    },
    resize: () => map.resize(),
    remove: () => map.remove(),
  };
}

function newMap({ container, packs, fonts, tokens }: MapViewInputs): MapLibreMap {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  const start = packBounds(packs.slice(0, 1));
  const map = new MapLibreMap({
    container,
    style: baseStyle(packs, tokens, fonts),
    ...(start === null ? { center: [0, 30], zoom: LOST_ZOOM } : { bounds: start, fitBoundsOptions: { padding: 24 } }),
    maxZoom: 19,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    // The screen shows the attribution itself, always open: this control would fold it away on a narrow map.
    attributionControl: false,
    fadeDuration: 0,
    locale: { 'Map.Title': 'Fleet map' },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ unit: 'imperial', maxWidth: 120 }), 'bottom-right');
  return map;
}

/** Hands the slot under the pointer to `show`, at most every HOVER_INTERVAL_MS. */
function watchHover(
  map: MapLibreMap,
  slotAt: (point: { readonly lat: number; readonly lng: number }) => number | null,
  show: (slot: number | null) => void,
): void {
  let lookedAtMs = 0;
  map.on('mousemove', (event) => {
    if (performance.now() - lookedAtMs < HOVER_INTERVAL_MS) return;
    lookedAtMs = performance.now();
    show(slotAt(event.lngLat));
  });
  map.on('mouseout', () => show(null));
  map.on('movestart', () => show(null));
}

function fleetBounds(buffer: VehicleBuffer, nowMs: number): LngLatBounds | null {
  const bounds = new LngLatBounds();
  for (let slot = 0; slot < buffer.rows(); slot += 1) {
    const at = buffer.positionAt(slot, nowMs);
    if (at === null) continue;
    const { latitudeDegrees, longitudeDegrees } = degreesOf(at);
    bounds.extend([longitudeDegrees, latitudeDegrees]);
  }
  return bounds.isEmpty() ? null : bounds;
}

function packBounds(packs: readonly CityPack[]): LngLatBounds | null {
  const bounds = new LngLatBounds();
  for (const { bounds: [west, south, east, north] } of packs) bounds.extend([west, south, east, north]);
  return bounds.isEmpty() ? null : bounds;
}

/** The other theme's colours on the layers there are: nothing is loaded again and the vehicles stay. */
function repaintStyle(map: MapLibreMap, { packs, fonts }: MapViewInputs, tokens: Tokens): void {
  for (const layer of baseStyle(packs, tokens, fonts).layers) {
    if (map.getLayer(layer.id) === undefined) continue;
    for (const [property, value] of Object.entries(layer.paint ?? {})) {
      if (property.endsWith('color')) map.setPaintProperty(layer.id, property as 'line-color', value);
    }
  }
}
