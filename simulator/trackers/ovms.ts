import { ChangedValues, type FeedValue } from './changed-values.ts';
import { microDegreesFixed } from './micro-degrees.ts';
import type { OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';

const ODOMETER = 'v/p/odometer';
const SIGNIFICANT_DIGITS = 6;
/** From here on the module's text has an exponent. */
const EXPONENT_FROM = 1_000_000;

/**
 * An OVMS module in a car; `device` is `<user>/<vehicle id>`. Every metric is a retained topic of its own with bare
 * text: no time, no unit. When it is lost the broker says so in its name.
 */
export function ovmsTracker(device: string, pace: ReportingPace): Tracker {
  const changed = new ChangedValues(device, pace);
  const prefix = `ovms/${device}`;
  const will = { topic: `${prefix}/metric/s/v3/connected`, payload: 'no' };
  const common = { client: ovmsClient(device), transport: 'mqtt', will } as const;
  let signal: TrackerView['signal'] = null;
  const report: Tracker['report'] = (view, occasion) => {
    const metrics = changed.due(view, ovmsMetrics(view), occasion).map(({ name, text }): TrackerPublish => ({
      ...common,
      topic: `${prefix}/metric/${name}`,
      payload: text,
      isRetained: true,
      odometer: name === ODOMETER ? ovmsOdometer(view.odometerMm) : null,
    }));
    const isMoved = view.signal === 'tow' && signal !== 'tow';
    signal = view.signal;
    if (!isMoved) return metrics;
    const alert = {
      ...common,
      topic: `${prefix}/notify/alert/flatbed.moved`,
      payload: 'Vehicle is being moved',
      odometer: null,
    };
    return [...metrics, alert];
  };
  return { report };
}

/** The MQTT client of one module. */
export function ovmsClient(device: string): string {
  return `ovms-${device.replace('/', '-')}`;
}

/** The odometer as the module prints it: a 32-bit float of kilometres with six significant digits. */
export function ovmsOdometer(odometerMm: number): OdometerText {
  return { text: floatText(odometerMm / 1e6), unit: 'km' };
}

/** Every metric of the moment. */
export function ovmsMetrics(view: TrackerView): readonly FeedValue[] {
  const kmh = view.speedMmPerS * 0.0036;
  const often = (name: string, text: string): FeedValue => ({ name, text, pace: 'often' });
  return [
    often('s/v3/connected', 'yes'),
    often('v/p/gpslock', yesNo(view.hasFix)),
    often('v/p/latitude', microDegreesFixed(view.latitudeE6)),
    often('v/p/longitude', microDegreesFixed(view.longitudeE6)),
    often('v/p/direction', floatText(view.headingDegrees)),
    often('v/p/speed', floatText(Math.round(kmh * 10) / 10)),
    { name: ODOMETER, text: ovmsOdometer(view.odometerMm).text, pace: 'odometer' },
    often('v/e/on', yesNo(view.isOn)),
    often('v/c/charging', yesNo(view.isCharging)),
    { name: 'v/b/soc', text: floatText(view.batteryPercent), pace: 'battery' },
    { name: 'v/b/range/est', text: floatText(Math.floor(view.rangeMm / 1e6)), pace: 'battery' },
  ];
}

function yesNo(isSo: boolean): string {
  return isSo ? 'yes' : 'no';
}

/** As C++ streams print a float: six significant digits, no trailing noughts, an exponent of two digits from a million. */
function floatText(value: number): string {
  const single = Math.fround(value);
  const digits = single.toPrecision(SIGNIFICANT_DIGITS);
  if (Number(digits) < EXPONENT_FROM) return String(Number(digits));
  const [mantissa = '', exponent = ''] = single.toExponential(SIGNIFICANT_DIGITS - 1).split('e+');
  return `${String(Number(mantissa))}e+${exponent.padStart(2, '0')}`;
}
