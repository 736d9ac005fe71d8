import { isIntervalOver } from './interval.ts';
import { microDegrees } from './micro-degrees.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';

/** Tesla's telemetry server publishes for all its cars through one client. */
export const TESLA_CLIENT = 'tesla-fleet-telemetry';

const MM_PER_MILE = 1_609_344;
const FIELDS = [
  'Location',
  'VehicleSpeed',
  'GpsHeading',
  'Gear',
  'Odometer',
  'Soc',
  'DetailedChargeState',
] as const;
export type TeslaField = (typeof FIELDS)[number];

/**
 * A Tesla as its fleet telemetry server shows it over MQTT: one topic a field, no time anywhere, a field sent when it
 * changed and its interval has passed. Miles and miles an hour, whatever the car's screen shows.
 */
export function teslaTracker(vin: string, pace: ReportingPace): Tracker {
  const sent = new Map<TeslaField, { readonly payload: string; readonly atMs: number }>();
  const report: Tracker['report'] = (state, occasion) => {
    const values = teslaValues(state);
    const wanted = FIELDS.filter((field) => {
      if (occasion !== 'due') return field === 'Odometer';
      return isDue(vin, field, values[field], sent.get(field), state, pace);
    });
    return wanted.map((field) => {
      sent.set(field, { payload: values[field], atMs: state.atMs });
      return teslaPublish(vin, field, values[field], state);
    });
  };
  return { report };
}

/** The odometer as the car sends it: miles, cut at the third decimal. */
export function teslaOdometer(odometerMm: number): OdometerText {
  return { text: decimalText(Number((BigInt(odometerMm) * 1000n) / BigInt(MM_PER_MILE)), 3), unit: 'mi' };
}

/** Each field's payload: the bare JSON value. */
export function teslaValues(state: TrackerView): Record<TeslaField, string> {
  const latitude = microDegrees(state.latitudeE6);
  const longitude = microDegrees(state.longitudeE6);
  return {
    Location: `{"latitude":${latitude},"longitude":${longitude}}`,
    VehicleSpeed: JSON.stringify(Math.round((state.speedMmPerS * 36_000) / MM_PER_MILE) / 10),
    GpsHeading: JSON.stringify(state.headingDegrees),
    Gear: JSON.stringify(state.isOn ? 'ShiftStateD' : 'ShiftStateP'),
    Odometer: teslaOdometer(state.odometerMm).text,
    Soc: JSON.stringify(state.batteryPercent),
    DetailedChargeState: JSON.stringify(
      state.isCharging ? 'DetailedChargeStateCharging' : 'DetailedChargeStateDisconnected',
    ),
  };
}

function teslaPublish(vin: string, field: TeslaField, payload: string, state: TrackerView): TrackerPublish {
  return {
    client: TESLA_CLIENT,
    transport: 'mqtt',
    topic: `telemetry/${vin}/v/${field}`,
    payload,
    odometer: field === 'Odometer' ? teslaOdometer(state.odometerMm) : null,
  };
}

function isDue(
  vin: string,
  field: TeslaField,
  payload: string,
  before: { readonly payload: string; readonly atMs: number } | undefined,
  state: TrackerView,
  pace: ReportingPace,
): boolean {
  if (before === undefined) return true;
  const silentMs = state.atMs - before.atMs;
  if (payload === before.payload) return field === 'Location' && silentMs >= pace.parkedSeconds * 1_000;
  const direction = field === 'Odometer' ? 'longer' : 'either';
  return isIntervalOver(
    silentMs,
    intervalSeconds(field, pace),
    pace,
    `${vin} ${field}`,
    before.atMs,
    direction,
  );
}

function intervalSeconds(field: TeslaField, pace: ReportingPace): number {
  switch (field) {
    case 'Odometer':
      return pace.odometerSeconds;
    case 'Soc':
      return pace.batterySeconds;
    default:
      return pace.teslaSeconds;
  }
}
