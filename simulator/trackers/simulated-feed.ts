/** The feeds whose trackers the simulator plays. Each has an encoder of its own in this folder. */
export const simulatedFeeds = ['tesla-fleet-telemetry', 'teltonika-mqtt-json', 'renault-kamereon'] as const;
export type SimulatedFeed = (typeof simulatedFeeds)[number];
