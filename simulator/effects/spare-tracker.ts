import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';

/** Spares are numbered behind any fleet: those that replace a tracker, and those that ride along. */
const FIRST_INDEX = { swap: 200_000, double: 100_000 } as const;

/** Feeds that know a vehicle by its VIN have no box to exchange: another one is fitted instead. */
const NAMED_BY_VIN: readonly SimulatedFeed[] = ['tesla-fleet-telemetry', 'renault-kamereon', 'bmw-cardata'];

/** The tracker that a `device-swap` or a `double-tracker` puts into a vehicle; a book or a decision names it so. */
export function spareTracker(
  { provider, vin }: Pick<FleetVehicle, 'provider' | 'vin'>,
  index: number,
  kind: 'swap' | 'double',
): Pick<FleetVehicle, 'provider' | 'device' | 'origin'> {
  const feed = NAMED_BY_VIN.includes(provider) ? 'teltonika-mqtt-json' : provider;
  return { provider: feed, ...trackerIdentity(feed, FIRST_INDEX[kind] + index, vin) };
}
