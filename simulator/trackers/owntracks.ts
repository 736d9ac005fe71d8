import { must } from '../../core/base/assert.ts';
import { type BoxReason, boxTracker } from './box-tracker.ts';
import { microDegrees } from './micro-degrees.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerView } from './tracker.ts';

/** The bridge that turns Queclink boxes into OwnTracks messages. */
export const OWNTRACKS_CLIENT = 'qtripp';

/** A box behind the OwnTracks bridge; `device` is `<user>/<name>`. Whole seconds, kilometres, letters for reasons. */
export function ownTracksTracker(device: string, pace: ReportingPace): Tracker {
  const { report } = boxTracker(device, pace, (view, reason) => ({
    client: OWNTRACKS_CLIENT,
    transport: 'mqtt',
    topic: `owntracks/${device}`,
    payload: ownTracksLocation(view, reason),
    odometer: ownTracksOdometer(view.odometerMm),
  }));
  return { report, join: joinLocations };
}

/** The box's mileage: kilometres, cut at the first decimal. */
export function ownTracksOdometer(odometerMm: number): OdometerText {
  return { text: decimalText(Math.floor(odometerMm / 100_000), 1), unit: 'km' };
}

/** One location. */
export function ownTracksLocation(view: TrackerView, reason: BoxReason): string {
  const parts = [
    '"_type":"location"',
    `"lat":${microDegrees(view.latitudeE6)}`,
    `"lon":${microDegrees(view.longitudeE6)}`,
    `"tst":${Math.floor(view.clockMs / 1_000)}`,
    `"t":"${triggerOf(view, reason)}"`,
    `"vel":${view.hasFix ? Math.round((view.speedMmPerS * 36) / 10_000) : -1}`,
    `"cog":${view.headingDegrees}`,
    `"odometer":${ownTracksOdometer(view.odometerMm).text}`,
    `"ign":${view.isOn}`,
    `"motion":${view.speedMmPerS > 0}`,
    `"uext":${view.isOn ? 14.1 : 12.6}`,
    '"tid":"MP"',
  ];
  return `{${parts.join(',')}}`;
}

/** Case matters: `i` ignition on, `I` off. A place that is not of now is told as a ping. */
function triggerOf(view: TrackerView, reason: BoxReason): string {
  if (reason === 'signal') {
    if (view.signal === 'tow') return '!';
    if (view.signal === 'unplugged') return 'e';
    if (view.signal === 'crash') return 'h';
  }
  if (reason === 'ignition') return view.isOn ? 'i' : 'I';
  if (!view.hasFix) return 'p';
  return view.isOn ? 't' : 'a';
}

function joinLocations(publishes: readonly TrackerPublish[]): TrackerPublish {
  const locations = publishes.map(({ payload }) => String(payload).replace(/^\[|\]$/g, ''));
  return { ...must(publishes.at(-1), 'something is joined'), payload: `[${locations.join(',')}]` };
}
