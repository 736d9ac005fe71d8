import type { Map as MapLibreMap } from 'maplibre-gl';
import { degreesOf, type MercatorPoint } from './mercator.ts';

/** A registration plate's worth of text beside a symbol on the map. */
export interface VehicleTag {
  readonly write: (text: string) => void;
  /** Where the symbol is; null hides the tag. */
  readonly show: (at: MercatorPoint | null) => void;
}

const BESIDE_SYMBOL_PIXELS = 20;

/** A tag in a map's container. It says nothing to a screen reader: the list and the panel do. */
export function createVehicleTag(map: MapLibreMap, kind: 'hover' | 'selected'): VehicleTag {
  const element = document.createElement('div');
  element.className = `vehicle-tag vehicle-tag--${kind}`;
  element.setAttribute('aria-hidden', 'true');
  element.hidden = true;
  map.getContainer().append(element);
  return {
    write: (text) => {
      if (element.textContent !== text) element.textContent = text;
    },
    show: (at) => {
      element.hidden = at === null;
      if (at === null) return;
      const { latitudeDegrees, longitudeDegrees } = degreesOf(at);
      const { x, y } = map.project([longitudeDegrees, latitudeDegrees]);
      const hasRoom = x + BESIDE_SYMBOL_PIXELS + element.offsetWidth < map.getContainer().clientWidth;
      const left = hasRoom ? x + BESIDE_SYMBOL_PIXELS : x - BESIDE_SYMBOL_PIXELS - element.offsetWidth;
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(y)}px) translateY(-50%)`;
    },
  };
}
