import { type ActiveFault, activeOf, numberParam } from './fault.ts';

/** Where a receiver believes to be. */
export interface Place {
  readonly latitudeE6: number;
  readonly longitudeE6: number;
}

const E6_PER_KM = 1e6 / 111.195;
const HOUR_MS = 3_600_000;

/** The place so many kilometres away, in a direction of so many degrees from north. */
export function displaced({ latitudeE6, longitudeE6 }: Place, km: number, bearingDegrees: number): Place {
  const bearing = (bearingDegrees / 180) * Math.PI;
  const perEast = Math.cos((latitudeE6 / 1e6 / 180) * Math.PI);
  return {
    latitudeE6: Math.round(latitudeE6 + Math.cos(bearing) * km * E6_PER_KM),
    longitudeE6: Math.round(longitudeE6 + (Math.sin(bearing) * km * E6_PER_KM) / perEast),
  };
}

/** A place as faults make it: somewhere else, or carried off. Freezing needs a memory, and is the receiver's. */
export function placeUnderFaults(place: Place, faults: readonly ActiveFault[], atMs: number): Place {
  const teleported = activeOf(faults, atMs, 'gps-teleport').reduce(
    (at, fault) => displaced(at, numberParam(fault, 'km', 50), numberParam(fault, 'bearing', 90)),
    place,
  );
  return activeOf(faults, atMs, 'theft').reduce(
    (at, fault) =>
      displaced(
        at,
        (Math.min(atMs - fault.fromMs, CARRIED_MS_MAX) / HOUR_MS) * numberParam(fault, 'kmh', 60),
        numberParam(fault, 'bearing', 45),
      ),
    teleported,
  );
}

/** After so long a stolen vehicle is where it was to go. */
const CARRIED_MS_MAX = 3 * HOUR_MS;
