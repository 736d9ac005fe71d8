import type { VehicleState } from '../vehicles/vehicle-state.ts';
import type { OdometerText } from './odometer-text.ts';

/** One publish a tracker wants made. `client` is the MQTT client it comes through. */
export interface TrackerPublish {
  readonly client: string;
  readonly topic: string;
  readonly payload: string;
  /** The odometer value inside, when there is one: the truth keeps the last. */
  readonly odometer: OdometerText | null;
}

/**
 * A tracker watches a vehicle and decides by itself when to speak: each has its own encoder, pace and memory. The
 * caller asks in order of time. `due` is the tracker's own pace, `sparse` only what carries the odometer (days driven
 * at speed), `final` the odometer whether or not it is due or changed.
 */
export interface Tracker {
  readonly report: (state: VehicleState, occasion: 'due' | 'sparse' | 'final') => readonly TrackerPublish[];
}

/** How often trackers speak. Seconds. */
export interface ReportingPace {
  readonly teslaSeconds: number;
  readonly teltonikaSeconds: number;
  readonly renaultSeconds: number;
  /** Feeds that give no reading time (Tesla, Renault) send the odometer no more often than this. */
  readonly odometerSeconds: number;
  readonly batterySeconds: number;
  readonly parkedSeconds: number;
}

/** Quick enough that a map moves smoothly. */
export const DEMO_PACE: ReportingPace = {
  teslaSeconds: 2,
  teltonikaSeconds: 2,
  renaultSeconds: 5,
  odometerSeconds: 10,
  batterySeconds: 60,
  parkedSeconds: 240,
};
