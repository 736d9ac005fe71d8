import type { BuiltInProvider, OdometerOrigin, TrackerProvider } from '../../core/protocol/book.ts';

const builtInWords: Readonly<Record<BuiltInProvider, string>> = {
  'tesla-fleet-telemetry': 'Tesla Fleet Telemetry',
  teltonika: 'Teltonika',
  'teltonika-mqtt-json': 'Teltonika MQTT',
  queclink: 'Queclink',
  'renault-kamereon': 'Renault connected services',
  'bmw-cardata': 'BMW CarData',
  ovms: 'OVMS',
  teslamate: 'TeslaMate',
  smartcar: 'Smartcar',
  owntracks: 'OwnTracks',
  flespi: 'flespi',
  traccar: 'Traccar',
};

/** The maker's feed a tracker speaks, as a person calls it; one described by a mapping file goes by the file's name. */
export function providerWords(provider: TrackerProvider): string {
  const isBuiltIn = (name: string): name is BuiltInProvider => Object.hasOwn(builtInWords, name);
  return isBuiltIn(provider) ? builtInWords[provider] : provider.replace(/^mapped:/, '');
}

/** Which odometer a value comes from: it decides what may be billed. */
export const originWords: Readonly<Record<OdometerOrigin, string>> = {
  vehicle: 'vehicle odometer',
  tracker: 'tracker odometer (GPS)',
  can: 'CAN bus odometer',
  server: 'odometer kept by the maker’s server',
};
