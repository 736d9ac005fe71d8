/** Web Mercator in the unit square, y southwards: the coordinates the map and the vehicle layer share. */
export interface MercatorPoint {
  readonly x: number;
  readonly y: number;
}

const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686;
/** Pixels of the whole world at zoom 0, as MapLibre counts zoom. */
const WORLD_PIXELS_AT_ZOOM_0 = 512;

export function mercatorOf(latitudeDegrees: number, longitudeDegrees: number): MercatorPoint {
  const latitude = (latitudeDegrees * Math.PI) / 180;
  return {
    x: (longitudeDegrees + 180) / 360,
    y: 0.5 - Math.log(Math.tan(Math.PI / 4 + latitude / 2)) / (2 * Math.PI),
  };
}

/** The way back: degrees of a point in the unit square. */
export function degreesOf(point: MercatorPoint): { latitudeDegrees: number; longitudeDegrees: number } {
  return {
    latitudeDegrees: (Math.atan(Math.exp((0.5 - point.y) * 2 * Math.PI)) * 360) / Math.PI - 90,
    longitudeDegrees: point.x * 360 - 180,
  };
}

/** True metres in one unit of Mercator at this height of the map. */
export function metresPerUnit(y: number): number {
  return EARTH_CIRCUMFERENCE_METRES / Math.cosh((0.5 - y) * 2 * Math.PI);
}

/** Screen pixels in one unit of Mercator at a zoom. */
export function pixelsPerUnit(zoom: number): number {
  return WORLD_PIXELS_AT_ZOOM_0 * 2 ** zoom;
}
