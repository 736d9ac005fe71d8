import { boxTracker } from './box-tracker.ts';
import type { OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerSignal, TrackerView } from './tracker.ts';

/** The server forwards every device's positions through one client, to one topic. */
export const TRACCAR_CLIENT = 'traccar';

const ALARMS: Readonly<Record<TrackerSignal, string>> = {
  crash: 'accident',
  tow: 'tow',
  unplugged: 'powerCut',
  jamming: 'jamming',
};
const MM_PER_S_PER_KNOT = 1_852_000 / 3_600;

/** A box as a Traccar server forwards it: knots, metres, and times for the fix, the device and the server. */
export function traccarTracker(uniqueId: string, pace: ReportingPace): Tracker {
  return boxTracker(uniqueId, pace, (view, reason) => ({
    client: TRACCAR_CLIENT,
    transport: 'mqtt',
    topic: 'positions',
    payload: traccarBody(uniqueId, view, reason === 'signal'),
    odometer: traccarOdometer(view.odometerMm),
  }));
}

/** The tracker's counter: whole metres. */
export function traccarOdometer(odometerMm: number): OdometerText {
  return { text: String(Math.floor(odometerMm / 1_000)), unit: 'm' };
}

/** One forwarded position. `totalDistance` is the server's own sum, which is nobody's odometer. */
export function traccarBody(uniqueId: string, view: TrackerView, isSignal: boolean): string {
  const metres = Number(traccarOdometer(view.odometerMm).text);
  return JSON.stringify({
    position: {
      protocol: 'teltonika',
      serverTime: traccarTime(view.atMs),
      deviceTime: traccarTime(view.clockMs),
      fixTime: traccarTime(view.hasFix ? view.clockMs : view.fixMs),
      valid: view.hasFix,
      latitude: view.latitudeE6 / 1e6,
      longitude: view.longitudeE6 / 1e6,
      altitude: 20,
      speed: view.hasFix ? Math.round((view.speedMmPerS / MM_PER_S_PER_KNOT) * 10_000) / 10_000 : 0,
      course: view.headingDegrees,
      attributes: {
        ignition: view.isOn,
        motion: view.speedMmPerS > 0,
        odometer: metres,
        totalDistance: metres + 0.5,
        ...(isSignal && view.signal !== null ? { alarm: ALARMS[view.signal] } : {}),
      },
    },
    device: { name: uniqueId, uniqueId, status: 'online', lastUpdate: traccarTime(view.atMs) },
  });
}

function traccarTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+00:00');
}
