/** The feeds whose trackers the simulator plays. Each has an encoder of its own in this folder. */
export const simulatedFeeds = [
  'tesla-fleet-telemetry',
  'teltonika-mqtt-json',
  'renault-kamereon',
  'teltonika',
  'queclink',
  'bmw-cardata',
  'ovms',
  'teslamate',
  'smartcar',
  'owntracks',
  'flespi',
  'traccar',
] as const;
export type SimulatedFeed = (typeof simulatedFeeds)[number];
