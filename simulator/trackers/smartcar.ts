import { isIntervalOver } from './interval.ts';
import type { OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerView } from './tracker.ts';

/** The bridge that puts webhook bodies on the broker. */
export const SMARTCAR_CLIENT = 'smartcar-bridge';
const MM_PER_MILE = 1_609_344;

/** A car behind the Smartcar aggregator: a delivery now and then, every signal with the car's own time. */
export function smartcarTracker(vehicle: string, pace: ReportingPace): Tracker {
  let deliveredAtMs: number | null = null;
  const report: Tracker['report'] = (view, occasion) => {
    const seconds = view.isOn ? pace.batterySeconds : pace.parkedSeconds;
    const isDue =
      deliveredAtMs === null ||
      isIntervalOver(view.atMs - deliveredAtMs, seconds, pace, vehicle, deliveredAtMs);
    if (occasion === 'due' && !isDue) return [];
    deliveredAtMs = view.atMs;
    return [
      {
        client: SMARTCAR_CLIENT,
        transport: 'mqtt',
        topic: `smartcar/${vehicle}`,
        payload: smartcarBody(vehicle, view),
        odometer: smartcarOdometer(view.odometerMm, view.labelUnit),
      },
    ];
  };
  return { report };
}

/** The odometer: whole kilometres, or whole miles. */
export function smartcarOdometer(odometerMm: number, unit: 'km' | 'mi' = 'km'): OdometerText {
  return { text: String(Math.floor(odometerMm / (unit === 'km' ? 1e6 : MM_PER_MILE))), unit };
}

/** One webhook body. The aggregator fetched at the time of delivery what the car told at its own. */
export function smartcarBody(vehicle: string, view: TrackerView): string {
  const { text, unit } = smartcarOdometer(view.odometerMm, view.labelUnit);
  const range = Math.floor(view.rangeMm / (unit === 'km' ? 1e6 : MM_PER_MILE));
  const distanceUnit = unit === 'km' ? 'km' : 'miles';
  const meta = { oemUpdatedAt: view.clockMs, retrievedAt: view.atMs };
  const signal = (code: string, body: unknown): unknown => ({
    code,
    body,
    meta,
    status: { value: 'SUCCESS' },
  });
  return JSON.stringify({
    eventId: `${vehicle}-${view.atMs}`,
    eventType: 'VEHICLE_STATE',
    data: {
      vehicle: { id: vehicle },
      signals: [
        signal('odometer-traveleddistance', { value: Number(text), unit: distanceUnit }),
        signal('location-preciselocation', {
          latitude: view.latitudeE6 / 1e6,
          longitude: view.longitudeE6 / 1e6,
          heading: view.headingDegrees,
        }),
        signal('tractionbattery-stateofcharge', { value: Math.round(view.batteryPercent), unit: 'percent' }),
        signal('tractionbattery-range', { value: range, unit: distanceUnit }),
        signal('charge-ischarging', { value: view.isCharging }),
      ],
    },
    meta: { deliveryId: `d-${vehicle}-${view.atMs}`, deliveredAt: view.atMs },
  });
}
