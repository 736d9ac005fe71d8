import { MICROMETRES_PER_METRE } from '../base/distance.ts';

export interface Position {
  readonly latitudeDegrees: number;
  readonly longitudeDegrees: number;
}

const RADIANS_PER_DEGREE = Math.PI / 180;
const MEAN_EARTH_RADIUS_METRES = 6_371_008.8;

/** Whole micrometres over the earth's surface, by the haversine formula on the mean sphere. */
export function greatCircleMicrometres(a: Position, b: Position): number {
  const latitudes = [a.latitudeDegrees, b.latitudeDegrees].map((degrees) => degrees * RADIANS_PER_DEGREE);
  const [from = 0, to = 0] = latitudes;
  const sinHalfLatitude = Math.sin((to - from) / 2);
  const sinHalfLongitude = Math.sin(((b.longitudeDegrees - a.longitudeDegrees) * RADIANS_PER_DEGREE) / 2);
  const h = sinHalfLatitude ** 2 + Math.cos(from) * Math.cos(to) * sinHalfLongitude ** 2;
  const metres = 2 * MEAN_EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
  return Math.round(metres * MICROMETRES_PER_METRE);
}
