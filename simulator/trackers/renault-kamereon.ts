import { isIntervalOver } from './interval.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';
import { isoTime } from './wire-time.ts';

/** Renault's service is asked over HTTPS; a bridge puts what it answers on the broker, for all cars through one client. */
export const RENAULT_CLIENT = 'kamereon-bridge';

const RESOURCES = ['location', 'cockpit', 'battery-status'] as const;
export type RenaultResource = (typeof RESOURCES)[number];

const CHARGING = 1;
const NOT_CHARGING = 0;

/**
 * A Renault as a bridge passes it on: one topic a resource. The cockpit (the odometer) has no time; location and
 * battery have. The bridge asks often while the car drives, and seldom while it sleeps.
 */
export function renaultTracker(vin: string, pace: ReportingPace): Tracker {
  const askedAtMs = new Map<RenaultResource, number>();
  let wasOn = false;
  const report: Tracker['report'] = (state, occasion) => {
    const hasStopped = wasOn && !state.isOn;
    wasOn = state.isOn;
    const wanted = RESOURCES.filter((resource) => {
      if (occasion !== 'due') return resource === 'cockpit';
      const before = askedAtMs.get(resource);
      // The last words of a trip come at once, so that a car does not seem to drive on while it stands.
      if (before === undefined || (hasStopped && resource === 'location')) return true;
      const seconds = intervalSeconds(resource, state.isOn, pace);
      const direction = resource === 'cockpit' ? 'longer' : 'either';
      return isIntervalOver(state.atMs - before, seconds, pace, `${vin} ${resource}`, before, direction);
    });
    return wanted.map((resource) => {
      askedAtMs.set(resource, state.atMs);
      return renaultPublish(vin, resource, state);
    });
  };
  return { report };
}

/** The odometer as the car gives it: kilometres, cut at the second decimal. */
export function renaultOdometer(odometerMm: number): OdometerText {
  return { text: decimalText(Math.floor(odometerMm / 10_000), 2), unit: 'km' };
}

/** One answer of the service: the resource's attributes in the envelope every resource has. */
export function renaultBody(vin: string, resource: RenaultResource, state: TrackerView): string {
  return `{"data":{"type":"Car","id":"${vin}","attributes":${attributes(resource, state)}}}`;
}

function renaultPublish(vin: string, resource: RenaultResource, state: TrackerView): TrackerPublish {
  return {
    client: RENAULT_CLIENT,
    transport: 'mqtt',
    topic: `kamereon/${vin}/${resource}`,
    payload: renaultBody(vin, resource, state),
    odometer: resource === 'cockpit' ? renaultOdometer(state.odometerMm) : null,
  };
}

function attributes(resource: RenaultResource, state: TrackerView): string {
  const at = isoTime(state.clockMs);
  switch (resource) {
    case 'cockpit':
      return `{"fuelAutonomy":0,"fuelQuantity":0,"totalMileage":${renaultOdometer(state.odometerMm).text}}`;
    case 'location':
      return JSON.stringify({
        gpsLatitude: state.latitudeE6 / 1e6,
        gpsLongitude: state.longitudeE6 / 1e6,
        gpsDirection: state.headingDegrees,
        lastUpdateTime: at,
      });
    case 'battery-status':
      return JSON.stringify({
        timestamp: at,
        batteryLevel: Math.round(state.batteryPercent),
        batteryAutonomy: Math.floor(state.rangeMm / 1_000_000),
        plugStatus: state.isCharging ? 1 : 0,
        chargingStatus: state.isCharging ? CHARGING : NOT_CHARGING,
      });
  }
}

function intervalSeconds(resource: RenaultResource, isOn: boolean, pace: ReportingPace): number {
  if (!isOn) return pace.parkedSeconds;
  switch (resource) {
    case 'location':
      return pace.renaultSeconds;
    case 'cockpit':
      return pace.odometerSeconds;
    case 'battery-status':
      return pace.batterySeconds;
  }
}
