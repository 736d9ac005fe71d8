import type { VehicleState } from '../vehicles/vehicle-state.ts';
import { microDegreesFixed } from './micro-degrees.ts';
import type { OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker } from './tracker.ts';

const RUNNING_MILLIVOLTS = 14_100;
const STANDING_MILLIVOLTS = 12_650;
const IGNITION_CHANGED = 239;
const MOVEMENT_CHANGED = 240;

/**
 * A Teltonika box fitted to a vehicle, speaking JSON with numbers (the native dialect): one record a packet, its own
 * time, its own counted odometer in metres. Each box is a client of its own.
 */
export function teltonikaTracker(imei: string, pace: ReportingPace): Tracker {
  let before: VehicleState | null = null;
  const report: Tracker['report'] = (state, occasion) => {
    const event = before === null ? 0 : eventBetween(before, state);
    const silentSeconds = before === null ? Infinity : (state.atMs - before.atMs) / 1_000;
    const paceSeconds = state.isOn ? pace.teltonikaSeconds : pace.parkedSeconds;
    if (occasion === 'due' && event === 0 && silentSeconds < paceSeconds) return [];
    before = state;
    return [
      {
        client: teltonikaClient(imei),
        topic: `fleet/${teltonikaClient(imei)}/teltonika/${imei}/data`,
        payload: teltonikaPayload(state, event),
        odometer: teltonikaOdometer(state.odometerMm),
      },
    ];
  };
  return { report };
}

/** The MQTT client of one box. */
export function teltonikaClient(imei: string): string {
  return `fmc-${imei}`;
}

/** The odometer as the box counts it: whole metres. */
export function teltonikaOdometer(odometerMm: number): OdometerText {
  return { text: String(Math.floor(odometerMm / 1_000)), unit: 'm' };
}

/** One record. Latitude stands first; 16 is the odometer, 66 the supply in millivolts, 239 ignition, 240 movement. */
export function teltonikaPayload(state: VehicleState, event: number): string {
  return JSON.stringify({
    state: {
      reported: {
        ts: state.atMs,
        pr: event === 0 ? 0 : 1,
        latlng: `${microDegreesFixed(state.latitudeE6)},${microDegreesFixed(state.longitudeE6)}`,
        alt: 20,
        ang: state.headingDegrees,
        sat: 9 + ((state.atMs / 1_000) % 5),
        sp: Math.round((state.speedMmPerS * 36) / 10_000),
        evt: event,
        239: state.isOn ? 1 : 0,
        240: state.speedMmPerS > 0 ? 1 : 0,
        66: state.isOn ? RUNNING_MILLIVOLTS : STANDING_MILLIVOLTS,
        16: Math.floor(state.odometerMm / 1_000),
      },
    },
  });
}

function eventBetween(before: VehicleState, now: VehicleState): number {
  if (before.isOn !== now.isOn) return IGNITION_CHANGED;
  return before.speedMmPerS > 0 !== now.speedMmPerS > 0 ? MOVEMENT_CHANGED : 0;
}
