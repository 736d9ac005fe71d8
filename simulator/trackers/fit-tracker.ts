import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { type OdometerText, decimalText } from './odometer-text.ts';
import { renaultOdometer, renaultTracker } from './renault-kamereon.ts';
import { teltonikaOdometer, teltonikaTracker } from './teltonika-mqtt-json.ts';
import { teslaOdometer, teslaTracker } from './tesla-fleet-telemetry.ts';
import type { SimulatedFeed } from './simulated-feed.ts';
import type { ReportingPace, Tracker } from './tracker.ts';

const kinds: Readonly<Record<SimulatedFeed, (device: string, pace: ReportingPace) => Tracker>> = {
  'tesla-fleet-telemetry': teslaTracker,
  'teltonika-mqtt-json': teltonikaTracker,
  'renault-kamereon': renaultTracker,
};

const odometers: Readonly<Record<SimulatedFeed, (odometerMm: number) => OdometerText>> = {
  'tesla-fleet-telemetry': teslaOdometer,
  'teltonika-mqtt-json': teltonikaOdometer,
  'renault-kamereon': renaultOdometer,
};

/** The tracker a vehicle carries. */
export function fitTracker(vehicle: FleetVehicle, pace: ReportingPace): Tracker {
  return kinds[vehicle.provider](vehicle.device, pace);
}

/**
 * The opening odometer value a person would write down: what the tracker would send then, in miles or kilometres
 * (metres are written as kilometres; the value is the same).
 */
export function openingOdometer(vehicle: FleetVehicle): {
  readonly text: string;
  readonly unit: 'mi' | 'km';
} {
  const { text, unit } = odometers[vehicle.provider](vehicle.openingMm);
  return unit === 'm' ? { text: decimalText(Number(text), 3), unit: 'km' } : { text, unit };
}
