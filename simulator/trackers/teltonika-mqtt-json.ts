import { type BoxReason, boxTracker } from './box-tracker.ts';
import { microDegreesFixed } from './micro-degrees.ts';
import type { OdometerText } from './odometer-text.ts';
import { boxIos, eventIo } from './teltonika-ios.ts';
import type { ReportingPace, Tracker, TrackerView } from './tracker.ts';

/**
 * A Teltonika box fitted to a vehicle, speaking JSON with numbers (the native dialect): one record a packet, its own
 * time, its own counted odometer in metres. Each box is a client of its own.
 */
export function teltonikaTracker(imei: string, pace: ReportingPace): Tracker {
  return boxTracker(imei, pace, (view, reason) => ({
    client: teltonikaClient(imei),
    transport: 'mqtt',
    topic: `fleet/${teltonikaClient(imei)}/teltonika/${imei}/data`,
    payload: teltonikaPayload(view, reason),
    odometer: teltonikaOdometer(view.odometerMm),
  }));
}

/** The MQTT client of one box. */
export function teltonikaClient(imei: string): string {
  return `fmc-${imei}`;
}

/** The odometer as the box counts it: whole metres. */
export function teltonikaOdometer(odometerMm: number): OdometerText {
  return { text: String(Math.floor(odometerMm / 1_000)), unit: 'm' };
}

/** One record: time, priority, place with latitude first, and the inputs by number. */
export function teltonikaPayload(view: TrackerView, reason: BoxReason): string {
  const event = eventIo(view, reason);
  const named = JSON.stringify({
    ts: view.clockMs,
    pr: event === 0 ? 0 : 1,
    latlng: `${microDegreesFixed(view.latitudeE6)},${microDegreesFixed(view.longitudeE6)}`,
    alt: 20,
    ang: view.headingDegrees,
    sat: view.satellites,
    sp: view.hasFix ? Math.round((view.speedMmPerS * 36) / 10_000) : 0,
    evt: event,
  });
  // As keys of an object these numbers would make it an array of 240 places, for each packet of a load.
  const numbered = boxIos(view, event).map(({ id, value }) => `"${id}":${value}`);
  return `{"state":{"reported":${named.slice(0, -1)},${numbered.join(',')}}}}`;
}
