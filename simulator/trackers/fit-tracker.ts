import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { bmwOdometer, bmwTracker } from './bmw-cardata.ts';
import { flespiOdometer, flespiTracker } from './flespi.ts';
import { type OdometerText, decimalText } from './odometer-text.ts';
import { ovmsOdometer, ovmsTracker } from './ovms.ts';
import { ownTracksOdometer, ownTracksTracker } from './owntracks.ts';
import { queclinkOdometer, queclinkTracker } from './queclink.ts';
import { renaultOdometer, renaultTracker } from './renault-kamereon.ts';
import type { SimulatedFeed } from './simulated-feed.ts';
import { smartcarOdometer, smartcarTracker } from './smartcar.ts';
import { teltonikaBinaryTracker, type TeltonikaSetup } from './teltonika-binary.ts';
import { teltonikaOdometer, teltonikaTracker } from './teltonika-mqtt-json.ts';
import { teslaMateOdometer, teslaMateTracker } from './teslamate.ts';
import { teslaOdometer, teslaTracker } from './tesla-fleet-telemetry.ts';
import { traccarOdometer, traccarTracker } from './traccar.ts';
import type { ReportingPace, Tracker } from './tracker.ts';

interface FeedKind {
  readonly fit: (device: string, pace: ReportingPace, setup: TeltonikaSetup) => Tracker;
  readonly odometer: (odometerMm: number) => OdometerText;
}

/** How a binary Teltonika box is set up unless something else is said. */
export const DEFAULT_TELTONIKA: TeltonikaSetup = { codec: '8', transport: 'tcp' };

const kinds: Readonly<Record<SimulatedFeed, FeedKind>> = {
  'tesla-fleet-telemetry': { fit: teslaTracker, odometer: teslaOdometer },
  'teltonika-mqtt-json': { fit: teltonikaTracker, odometer: teltonikaOdometer },
  'renault-kamereon': { fit: renaultTracker, odometer: renaultOdometer },
  teltonika: { fit: teltonikaBinaryTracker, odometer: teltonikaOdometer },
  queclink: { fit: queclinkTracker, odometer: queclinkOdometer },
  'bmw-cardata': { fit: bmwTracker, odometer: bmwOdometer },
  ovms: { fit: ovmsTracker, odometer: ovmsOdometer },
  teslamate: { fit: teslaMateTracker, odometer: teslaMateOdometer },
  smartcar: { fit: smartcarTracker, odometer: smartcarOdometer },
  owntracks: { fit: ownTracksTracker, odometer: ownTracksOdometer },
  flespi: { fit: flespiTracker, odometer: flespiOdometer },
  traccar: { fit: traccarTracker, odometer: traccarOdometer },
};

/** The tracker a vehicle carries. */
export function fitTracker(
  { provider, device }: Pick<FleetVehicle, 'provider' | 'device'>,
  pace: ReportingPace,
  setup: TeltonikaSetup = DEFAULT_TELTONIKA,
): Tracker {
  return kinds[provider].fit(device, pace, setup);
}

/**
 * The opening odometer value a person would write down: what the tracker would send then, in miles or kilometres
 * (metres are written as kilometres; the value is the same).
 */
export function openingOdometer({ provider, openingMm }: Pick<FleetVehicle, 'provider' | 'openingMm'>): {
  readonly text: string;
  readonly unit: 'mi' | 'km';
} {
  const { text, unit } = kinds[provider].odometer(openingMm);
  return unit === 'm' ? { text: decimalText(Number(text), 3), unit: 'km' } : { text, unit };
}
