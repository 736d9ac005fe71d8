import { boxTracker } from './box-tracker.ts';
import { microDegrees } from './micro-degrees.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerSignal, TrackerView } from './tracker.ts';
import { must } from '../../core/base/assert.ts';

/** One bridge passes on the messages of every device of a channel. */
export const FLESPI_CLIENT = 'flespi-bridge';
const CHANNEL = 42;

const SIGNAL_KEYS: Readonly<Record<TrackerSignal, string>> = {
  crash: '"shock.event.trigger":true',
  tow: '"towing.event.trigger":true',
  unplugged: '"external.powersource.status":false',
  jamming: '"gsm.jamming.event.trigger":true',
};

/** A box as the flespi gateway passes it on: one flat object, seconds with a fraction, kilometres. */
export function flespiTracker(ident: string, pace: ReportingPace): Tracker {
  const { report } = boxTracker(ident, pace, (view, reason) => ({
    client: FLESPI_CLIENT,
    transport: 'mqtt',
    topic: `flespi/message/gw/channels/${CHANNEL}/${ident}`,
    payload: flespiMessage(ident, view, reason === 'signal'),
    odometer: flespiOdometer(view.odometerMm),
  }));
  return { report, join: joinMessages, asLate: fromBuffer };
}

/** The mileage parameter: kilometres, cut at the third decimal. */
export function flespiOdometer(odometerMm: number): OdometerText {
  return { text: decimalText(Math.floor(odometerMm / 1_000), 3), unit: 'km' };
}

/** One message. A place that is only the last known one says so. */
export function flespiMessage(ident: string, view: TrackerView, isSignal: boolean): string {
  const parts = [
    `"ident":"${ident}"`,
    `"timestamp":${JSON.stringify(view.clockMs / 1_000)}`,
    `"position.latitude":${microDegrees(view.latitudeE6)}`,
    `"position.longitude":${microDegrees(view.longitudeE6)}`,
    `"position.direction":${view.headingDegrees}`,
    `"position.speed":${view.hasFix ? Math.round((view.speedMmPerS * 36) / 10_000) : 0}`,
    `"position.satellites":${view.satellites}`,
    `"position.valid":${view.hasFix}`,
    `"vehicle.mileage":${flespiOdometer(view.odometerMm).text}`,
    `"engine.ignition.status":${view.isOn}`,
    `"movement.status":${view.speedMmPerS > 0}`,
    ...(isSignal && view.signal !== null ? [SIGNAL_KEYS[view.signal]] : []),
  ];
  return `{${parts.join(',')}}`;
}

function fromBuffer(publish: TrackerPublish): TrackerPublish {
  return { ...publish, payload: String(publish.payload).replace(/\}$/, ',"message.buffered.status":true}') };
}

/** A list of messages. */
function joinMessages(publishes: readonly TrackerPublish[]): TrackerPublish {
  const messages = publishes.map(({ payload }) => String(payload).replace(/^\[|\]$/g, ''));
  return { ...must(publishes.at(-1), 'something is joined'), payload: `[${messages.join(',')}]` };
}
