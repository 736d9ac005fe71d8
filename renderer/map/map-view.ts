import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';
import { type BaseMapInputs, createBaseMap, recolourBaseMap } from './base-map.ts';
import { refreshGrid } from './coordinate-grid.ts';
import { createFleetCamera, type FleetCamera } from './fleet-camera.ts';
import { mercatorOf, pixelsPerUnit } from './mercator.ts';
import type { VehicleBuffer } from './vehicle-layer/vehicle-buffer.ts';
import { createVehicleLayer } from './vehicle-layer/vehicle-layer.ts';
import { createVehicleTag } from './vehicle-tag.ts';

/** The map as the screen drives it: everything that moves in it goes past React. */
export interface MapView extends FleetCamera {
  /** Vehicles were written to the buffer. */
  readonly vehiclesChanged: () => void;
  readonly select: (slot: number | null) => void;
  readonly recolour: (tokens: Tokens) => void;
  readonly remove: () => void;
}

/** What a map is made of, and what it calls back. */
export interface MapViewInputs extends BaseMapInputs {
  readonly buffer: VehicleBuffer;
  readonly registrationAt: (slot: number) => string;
  readonly onPick: (slot: number | null) => void;
  /** A person took the map somewhere by hand. */
  readonly onMovedByHand: () => void;
}

type PointOnMap = { readonly lat: number; readonly lng: number };

const PICK_PIXELS = 14;
const HOVER_INTERVAL_MS = 60;

/** A map in a container, with the vehicles on top. */
export function createMapView(inputs: MapViewInputs): MapView {
  const { buffer } = inputs;
  const monotonicMs = (): number => performance.now();
  const map = createBaseMap(inputs);
  const layer = createVehicleLayer({ buffer, monotonicMs, tokens: inputs.tokens });
  let { tokens } = inputs;
  // Also after a lost graphics context: the map restores its own layers, and ours is added anew. The theme may have
  // changed while the style was loading.
  map.on('style.load', () => {
    recolourBaseMap(map, inputs, tokens);
    if (map.getLayer(layer.id) === undefined) map.addLayer(layer);
    refreshGrid(map);
  });
  map.on('moveend', () => refreshGrid(map));
  map.on('movestart', (event) => {
    if (event.originalEvent !== undefined) inputs.onMovedByHand();
  });
  const slotAt = ({ lat, lng }: PointOnMap): number | null =>
    buffer.nearest(mercatorOf(lat, lng), PICK_PIXELS / pixelsPerUnit(map.getZoom()), monotonicMs());
  map.on('click', (event) => inputs.onPick(slotAt(event.lngLat)));
  watchHover(map, slotAt, (slot) => showTag(hoverTag, slot === selected ? null : slot));

  let selected: number | null = null;
  const hoverTag = createVehicleTag(map, 'hover');
  const selectedTag = createVehicleTag(map, 'selected');
  const showTag = (tag: typeof hoverTag, slot: number | null): void => {
    tag.write(slot === null ? '' : inputs.registrationAt(slot));
    tag.show(slot === null ? null : buffer.positionAt(slot, monotonicMs()));
  };
  map.on('render', () => showTag(selectedTag, selected));

  return {
    ...createFleetCamera(map, buffer, inputs.packs, monotonicMs),
    vehiclesChanged: layer.changed,
    select: (slot) => {
      selected = slot;
      layer.select(slot);
    },
    recolour: (next) => {
      tokens = next;
      recolourBaseMap(map, inputs, tokens);
      layer.recolour(tokens);
    },
    remove: () => map.remove(),
  };
}

/** Hands the slot under the pointer to `show`, at most every HOVER_INTERVAL_MS. */
function watchHover(
  map: MapLibreMap,
  slotAt: (point: PointOnMap) => number | null,
  show: (slot: number | null) => void,
): void {
  let lookedAtMs = 0;
  map.on('mousemove', (event) => {
    if (performance.now() - lookedAtMs < HOVER_INTERVAL_MS) return;
    lookedAtMs = performance.now();
    const slot = slotAt(event.lngLat);
    map.getCanvas().style.cursor = slot === null ? '' : 'pointer';
    show(slot);
  });
  map.on('mouseout', () => show(null));
  map.on('movestart', () => show(null));
}
