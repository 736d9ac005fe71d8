import type { VehicleState } from '../vehicles/vehicle-state.ts';
import type { OdometerText } from './odometer-text.ts';

/** Something a box notices by itself and says at once. */
export type TrackerSignal = 'crash' | 'tow' | 'unplugged' | 'jamming';

/**
 * What a tracker believes of its vehicle. `atMs` is when it looks, by the time of the world; everything else is what
 * its clock, receiver and counter say, which may be wrong. Without a fix the place is the last one it knew.
 */
export interface TrackerView extends VehicleState {
  readonly clockMs: number;
  readonly hasFix: boolean;
  /** When the place was found, by the tracker's clock. */
  readonly fixMs: number;
  readonly satellites: number;
  /** The unit printed beside distances, in feeds that print one. */
  readonly labelUnit: 'km' | 'mi';
  readonly signal: TrackerSignal | null;
}

/** The view of a tracker that is never wrong. */
export function plainView(state: VehicleState): TrackerView {
  // Written out: a spread of so many fields, a vehicle a second, was most of what a simulated day cost.
  const { atMs, latitudeE6, longitudeE6, headingDegrees, speedMmPerS, odometerMm } = state;
  const { rangeMm, batteryPercent, isOn, isCharging, isDoorOpen, isLocked, impactMilliG } = state;
  return {
    atMs,
    latitudeE6,
    longitudeE6,
    headingDegrees,
    speedMmPerS,
    odometerMm,
    rangeMm,
    batteryPercent,
    isOn,
    isCharging,
    isDoorOpen,
    isLocked,
    impactMilliG,
    clockMs: state.atMs,
    hasFix: true,
    fixMs: state.atMs,
    satellites: 9 + (Math.floor(state.atMs / 1_000) % 5),
    labelUnit: 'km',
    signal: state.impactMilliG > 0 ? 'crash' : null,
  };
}

/** What carries a publish. */
export type PublishTransport = 'mqtt' | 'tcp' | 'udp';

/** One publish a tracker wants made. */
export interface TrackerPublish {
  /** The MQTT client it comes through; over TCP and UDP the IMEI, which opens a connection of its own. */
  readonly client: string;
  readonly transport: PublishTransport;
  /** The MQTT topic; over TCP and UDP the name of the product's listener. */
  readonly topic: string;
  readonly payload: string | Uint8Array;
  /** The odometer value inside, when there is one: the truth keeps the last. */
  readonly odometer: OdometerText | null;
  /** The broker keeps it for who comes later. */
  readonly isRetained?: boolean;
  /** What the broker is to say when this client is lost without a word. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** Over TCP and UDP: damaged on the way, so nobody answers it. */
  readonly isUnanswered?: boolean;
}

/**
 * A tracker watches a vehicle and decides by itself when to speak: each has its own encoder, pace and memory. The
 * caller asks in order of time. `due` is the tracker's own pace, `sparse` only what carries the odometer (days driven
 * at speed), `final` the odometer whether or not it is due or changed.
 */
export interface Tracker {
  readonly report: (view: TrackerView, occasion: 'due' | 'sparse' | 'final') => readonly TrackerPublish[];
  /** Several of its own publishes as one message, in feeds that have such; oldest first or as given. */
  readonly join?: (publishes: readonly TrackerPublish[]) => TrackerPublish;
  /** The same publish sent later than it was made, in feeds that say so. */
  readonly asLate?: (publish: TrackerPublish) => TrackerPublish;
}

/** How often trackers speak. Seconds. */
export interface ReportingPace {
  /** Feeds of changed values (Tesla, TeslaMate, OVMS, BMW). */
  readonly teslaSeconds: number;
  /** Boxes (Teltonika, Queclink, and what flespi, Traccar and OwnTracks pass on). */
  readonly teltonikaSeconds: number;
  readonly renaultSeconds: number;
  /** Feeds that give no reading time (Tesla, Renault, OVMS, TeslaMate) send the odometer no more often than this. */
  readonly odometerSeconds: number;
  /** Also how often Smartcar delivers while the vehicle drives. */
  readonly batterySeconds: number;
  readonly parkedSeconds: number;
  /** By so much of it an interval may be shorter or longer; an odometer's only longer. None when left out. */
  readonly jitterPercent?: number;
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

/** A payload as it is on the wire, as text: binary ones in hexadecimal. */
export function payloadText({ payload }: Pick<TrackerPublish, 'payload'>): string {
  return typeof payload === 'string' ? payload : Buffer.from(payload).toString('hex').toUpperCase();
}
