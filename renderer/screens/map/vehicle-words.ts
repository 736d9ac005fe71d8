import type { OdometerOrigin, TrackerProvider } from '../../../core/protocol/book.ts';

/** The maker's feed a tracker speaks, as a person calls it. */
export const providerWords: Readonly<Record<TrackerProvider, string>> = {
  'tesla-fleet-telemetry': 'Tesla Fleet Telemetry',
  'teltonika-mqtt-json': 'Teltonika',
  'renault-kamereon': 'Renault connected services',
};

/** Which odometer a value comes from: it decides what may be billed. */
export const originWords: Readonly<Record<OdometerOrigin, string>> = {
  vehicle: 'vehicle odometer',
  tracker: 'tracker odometer (GPS)',
  can: 'CAN bus odometer',
  server: 'odometer kept by the maker’s server',
};
