import { ChangedValues, type FeedValue } from './changed-values.ts';
import { microDegrees } from './micro-degrees.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerView } from './tracker.ts';

/** One installation publishes for all its cars. */
export const TESLAMATE_CLIENT = 'teslamate';

const ODOMETER = 'odometer';

/** A Tesla as TeslaMate shows it; `car` is its number in the installation. Retained text, no time, kilometres. */
export function teslaMateTracker(car: string, pace: ReportingPace): Tracker {
  const changed = new ChangedValues(car, pace);
  const report: Tracker['report'] = (view, occasion) =>
    changed.due(view, teslaMateValues(view), occasion).map(({ name, text }) => ({
      client: TESLAMATE_CLIENT,
      transport: 'mqtt',
      topic: `teslamate/cars/${car}/${name}`,
      payload: text,
      isRetained: true,
      odometer: name === ODOMETER ? teslaMateOdometer(view.odometerMm) : null,
    }));
  return { report };
}

/** The odometer: kilometres, cut at the second decimal. */
export function teslaMateOdometer(odometerMm: number): OdometerText {
  return { text: decimalText(Math.floor(odometerMm / 10_000), 2), unit: 'km' };
}

/** Every value of the moment. */
export function teslaMateValues(view: TrackerView): readonly FeedValue[] {
  const place = `{"latitude":${microDegrees(view.latitudeE6)},"longitude":${microDegrees(view.longitudeE6)}}`;
  const often = (name: string, text: string): FeedValue => ({ name, text, pace: 'often' });
  return [
    often('state', view.isOn ? 'driving' : view.isCharging ? 'charging' : 'online'),
    often('location', place),
    often('speed', String(Math.round((view.speedMmPerS * 36) / 10_000))),
    often('heading', String(view.headingDegrees)),
    often('shift_state', view.isOn ? 'D' : 'P'),
    { name: ODOMETER, text: teslaMateOdometer(view.odometerMm).text, pace: 'odometer' },
    often('charging_state', view.isCharging ? 'Charging' : 'Disconnected'),
    { name: 'battery_level', text: String(Math.round(view.batteryPercent)), pace: 'battery' },
    { name: 'est_battery_range_km', text: String(Math.floor(view.rangeMm / 1e6)), pace: 'battery' },
  ];
}
