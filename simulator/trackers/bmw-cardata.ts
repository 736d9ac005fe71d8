import { ChangedValues, type FeedValue } from './changed-values.ts';
import { microDegrees } from './micro-degrees.ts';
import type { OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerView } from './tracker.ts';
import { isoTime } from './wire-time.ts';

/** One account streams through one connection. */
export const BMW_CLIENT = 'bmw-cardata';
const ACCOUNT = '3a6c0e52-demo';
const MM_PER_MILE = 1_609_344;
const ODOMETER = 'vehicle.vehicle.travelledDistance';
const LOCATION = 'vehicle.cabin.infotainment.navigation.currentLocation';

/** A BMW as its maker's broker streams it: one message of the changed descriptors, each with its unit and its time. */
export function bmwTracker(vin: string, pace: ReportingPace): Tracker {
  const changed = new ChangedValues(vin, pace);
  const report: Tracker['report'] = (view, occasion) => {
    const values = changed.due(view, bmwValues(view), occasion);
    if (values.length === 0) return [];
    const hasOdometer = values.some(({ name }) => name === ODOMETER);
    return [
      {
        client: BMW_CLIENT,
        transport: 'mqtt',
        topic: `${ACCOUNT}/${vin}`,
        payload: bmwBody(vin, view, values),
        odometer: hasOdometer ? bmwOdometer(view.odometerMm, view.labelUnit) : null,
      },
    ];
  };
  return { report };
}

/** The odometer as the car shows it: whole kilometres, or whole miles. */
export function bmwOdometer(odometerMm: number, unit: 'km' | 'mi' = 'km'): OdometerText {
  return { text: String(Math.floor(odometerMm / (unit === 'km' ? 1e6 : MM_PER_MILE))), unit };
}

/** One message. */
export function bmwBody(vin: string, view: TrackerView, values: readonly FeedValue[]): string {
  const time = isoTime(view.clockMs);
  const data = values.map(({ name, text }) => `"${name}":{${text},"timestamp":"${time}"}`);
  return `{"vin":"${vin}","timestamp":"${time}","data":{${data.join(',')}}}`;
}

/** Every descriptor of the moment, value and unit. */
export function bmwValues(view: TrackerView): readonly FeedValue[] {
  const { text: odometer, unit } = bmwOdometer(view.odometerMm, view.labelUnit);
  const range = Math.floor(view.rangeMm / (unit === 'km' ? 1e6 : MM_PER_MILE));
  const often = (name: string, value: string, unit: string): FeedValue => ({
    name,
    text: `"value":${value},"unit":${unit}`,
    pace: 'often',
  });
  return [
    { name: ODOMETER, text: `"value":${odometer},"unit":"${unit}"`, pace: 'odometer' },
    often(`${LOCATION}.latitude`, microDegrees(view.latitudeE6), '"degrees"'),
    often(`${LOCATION}.longitude`, microDegrees(view.longitudeE6), '"degrees"'),
    often(`${LOCATION}.heading`, String(view.headingDegrees), '"degrees"'),
    often('vehicle.drivetrain.engine.isIgnitionOn', `"${view.isOn ? 'ASN_isTrue' : 'ASN_isFalse'}"`, 'null'),
    often('vehicle.isMoving', `"${view.speedMmPerS > 0 ? 'ASN_isTrue' : 'ASN_isFalse'}"`, 'null'),
    often(
      'vehicle.drivetrain.electricEngine.charging.status',
      `"${view.isCharging ? 'CHARGINGACTIVE' : 'NOCHARGING'}"`,
      'null',
    ),
    {
      name: 'vehicle.drivetrain.batteryManagement.header',
      text: `"value":${Math.round(view.batteryPercent)},"unit":"percent"`,
      pace: 'battery',
    },
    {
      name: 'vehicle.drivetrain.electricEngine.kombiRemainingElectricRange',
      text: `"value":${range},"unit":"${unit}"`,
      pace: 'battery',
    },
  ];
}
