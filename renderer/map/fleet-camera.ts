import { LngLatBounds, type Map as MapLibreMap } from 'maplibre-gl';
import type { CityPack } from './city-packs.ts';
import { degreesOf } from './mercator.ts';
import type { VehicleBuffer } from './vehicle-layer/vehicle-buffer.ts';

/** Where the map looks, in terms of the fleet. */
export interface FleetCamera {
  /** Brings a vehicle to the middle if it is out of sight. */
  readonly reveal: (slot: number) => void;
  /** Moves the map to a vehicle within a second; called once a second it follows. */
  readonly centreOn: (slot: number) => void;
  /** All vehicles, or all packs while there is none. */
  readonly fitFleet: () => void;
  /** True while some vehicle is outside what is shown. */
  readonly hidesVehicles: () => boolean;
  readonly zoomBy: (steps: number) => void;
}

const FIT = {
  padding: { top: 56, bottom: 56, left: 64, right: 56 },
  maxZoom: 15,
  duration: 500,
} as const;
const REVEAL_ZOOM = 13;

/** The camera of a map; `monotonicMs` is the clock that movement is drawn by. */
export function createFleetCamera(
  map: MapLibreMap,
  buffer: VehicleBuffer,
  packs: readonly CityPack[],
  monotonicMs: () => number,
): FleetCamera {
  const degreesAt = (slot: number): [number, number] | null => {
    const at = buffer.positionAt(slot, monotonicMs());
    if (at === null) return null;
    const { latitudeDegrees, longitudeDegrees } = degreesOf(at);
    return [longitudeDegrees, latitudeDegrees];
  };
  const boundsOfFleet = (): LngLatBounds | null => {
    const bounds = new LngLatBounds();
    for (let slot = 0; slot < buffer.rows(); slot += 1) {
      const at = degreesAt(slot);
      if (at !== null) bounds.extend(at);
    }
    return bounds.isEmpty() ? null : bounds;
  };
  // Where a zoom by key is going, so that neither the next press nor following cuts it short.
  let zoomGoal: number | null = null;
  map.on('zoomstart', ({ originalEvent }) => {
    if (originalEvent !== undefined) zoomGoal = null;
  });
  const zoomAhead = (): number => (map.isZooming() ? (zoomGoal ?? map.getZoom()) : map.getZoom());
  return {
    reveal: (slot) => {
      const at = degreesAt(slot);
      if (at === null || map.getBounds().contains(at)) return;
      map.easeTo({ center: at, zoom: Math.max(map.getZoom(), REVEAL_ZOOM) });
    },
    centreOn: (slot) => {
      const at = degreesAt(slot);
      if (at === null) return;
      map.easeTo({ center: at, zoom: zoomAhead(), duration: 1_000, easing: (t) => t });
    },
    fitFleet: () => {
      const bounds = boundsOfFleet() ?? boundsOfPacks(packs);
      if (bounds !== null) map.fitBounds(bounds, FIT);
    },
    hidesVehicles: () => {
      const bounds = boundsOfFleet();
      if (bounds === null) return false;
      const shown = map.getBounds();
      return !(shown.contains(bounds.getSouthWest()) && shown.contains(bounds.getNorthEast()));
    },
    zoomBy: (steps) => {
      zoomGoal = zoomAhead() + steps;
      map.easeTo({ zoom: zoomGoal, duration: 200 });
    },
  };
}

/** The ground that packs cover, or null without any. */
export function boundsOfPacks(packs: readonly CityPack[]): LngLatBounds | null {
  const bounds = new LngLatBounds();
  for (const {
    bounds: [west, south, east, north],
  } of packs)
    bounds.extend([west, south, east, north]);
  return bounds.isEmpty() ? null : bounds;
}
