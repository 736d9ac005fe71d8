import { expect, test } from 'vitest';
import { decodeLine } from '../../core/cli/decode.ts';
import { rawTopic } from '../../core/protocol/raw-topic.ts';
import { aTrackerView } from '../../simulator/stand-in/a-tracker-view.ts';
import { fitTracker } from '../../simulator/trackers/fit-tracker.ts';
import { type SimulatedFeed, simulatedFeeds } from '../../simulator/trackers/simulated-feed.ts';
import type { TeltonikaSetup } from '../../simulator/trackers/teltonika-binary.ts';
import { trackerIdentity } from '../../simulator/trackers/tracker-identity.ts';
import {
  DEMO_PACE,
  payloadText,
  type TrackerPublish,
  type TrackerView,
} from '../../simulator/trackers/tracker.ts';

/** A line of `milepost decode`, as far as a tracker's words are compared. */
interface Decoded {
  readonly ok: boolean;
  readonly device_id?: string;
  readonly reply_hex?: string;
  readonly readings?: readonly Readonly<Record<string, unknown>>[];
}

const VIN = 'WBA00000000000001';
const AT = '2026-01-01T00:00:00.000Z';

function decoded(feed: SimulatedFeed, { transport, topic, payload, client }: TrackerPublish): Decoded {
  const isBinary = typeof payload !== 'string';
  return JSON.parse(
    decodeLine(
      JSON.stringify({
        format: feed,
        topic:
          transport === 'mqtt'
            ? topic
            : rawTopic(transport, topic === 'queclink' ? 'queclink' : 'teltonika', client),
        transport,
        payload_encoding: isBinary ? 'hex' : 'utf8',
        payload: isBinary ? payloadText({ payload }) : payload,
      }),
    ),
  ) as Decoded;
}

/** Everything the decoders read in what a tracker says of a view, one value a key. */
function heard(feed: SimulatedFeed, view: TrackerView, setup?: TeltonikaSetup): Record<string, unknown> {
  const { device } = trackerIdentity(feed, 4, VIN);
  const publishes = fitTracker({ provider: feed, device }, DEMO_PACE, setup).report(view, 'due');
  const outcomes = publishes.map((publish) => decoded(feed, publish));
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  const readings = outcomes.flatMap(({ readings = [] }) => readings);
  const odometer = publishes.find((publish) => publish.odometer !== null)?.odometer;
  const merged = Object.assign({}, ...readings.map(withoutNulls)) as Record<string, unknown>;
  expect({ text: merged['odometer_raw'], unit: merged['odometer_unit'] }).toEqual(odometer);
  return merged;
}

const withoutNulls = (reading: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== null));

/** Feeds that say no time anywhere. */
const timeless: readonly SimulatedFeed[] = ['tesla-fleet-telemetry', 'ovms', 'teslamate'];

for (const feed of simulatedFeeds) {
  test(`${feed}: odometer text and unit, time and place are read as they were sent`, () => {
    const { origin, device } = trackerIdentity(feed, 4, VIN);
    const reading = heard(feed, aTrackerView());
    expect(reading).toMatchObject({ latitude: 51.500123, longitude: -1.234568, odometer_origin: origin });
    expect(device).toContain(String(reading['device_id']));
    expect(reading['timestamp']).toBe(timeless.includes(feed) ? undefined : AT);
  });
}

for (const codec of ['8', '8E', '16'] as const) {
  for (const transport of ['tcp', 'udp'] as const) {
    test(`teltonika codec ${codec} over ${transport}: a crash without a fix keeps its odometer`, () => {
      const view = aTrackerView({ hasFix: false, satellites: 0 });
      const calm = heard('teltonika', view, { codec, transport });
      expect(calm).toMatchObject({ odometer_m: 123_456_789, ignition: true });
      expect(calm).not.toHaveProperty('latitude');
      const tracker = fitTracker(
        { provider: 'teltonika', device: trackerIdentity('teltonika', 4, VIN).device },
        DEMO_PACE,
        { codec, transport },
      );
      tracker.report(view, 'due');
      const [crash] = tracker.report(aTrackerView({ signal: 'crash' }), 'due');
      expect(crash === undefined ? null : decoded('teltonika', crash).readings).toMatchObject([
        { event: 'crash' },
      ]);
    });
  }
}

test('every feed that has a word for a signal is understood', () => {
  const events = (feed: SimulatedFeed, signal: 'crash' | 'tow' | 'unplugged' | 'jamming'): unknown => {
    const tracker = fitTracker({ provider: feed, device: trackerIdentity(feed, 4, VIN).device }, DEMO_PACE);
    tracker.report(aTrackerView(), 'due');
    const said = tracker.report(aTrackerView({ signal }), 'due').map((publish) => decoded(feed, publish));
    expect(said.filter(({ ok }) => !ok)).toEqual([]);
    return said.flatMap(({ readings = [] }) => readings.map(({ event }) => event ?? null));
  };
  const boxes = ['teltonika', 'teltonika-mqtt-json', 'queclink', 'flespi', 'traccar', 'owntracks'] as const;
  const signals = ['crash', 'tow', 'unplugged', 'jamming'] as const;
  expect(
    Object.fromEntries(boxes.map((feed) => [feed, signals.map((signal) => events(feed, signal))])),
  ).toEqual({
    teltonika: [['crash'], ['tow'], ['unplugged'], ['jamming']],
    'teltonika-mqtt-json': [['crash'], ['tow'], ['unplugged'], ['jamming']],
    queclink: [['crash-unverified'], ['tow'], ['unplugged'], ['jamming']],
    flespi: [['shock'], ['tow'], [null], ['jamming']],
    traccar: [['crash'], ['tow'], ['unplugged'], ['jamming']],
    owntracks: [['harsh-driving'], ['tow'], ['unplugged'], [null]],
  });
});

test('several records kept while offline are read from one message, each with its own time', () => {
  for (const feed of ['teltonika', 'flespi', 'owntracks'] as const) {
    const tracker = fitTracker({ provider: feed, device: trackerIdentity(feed, 4, VIN).device }, DEMO_PACE);
    const publishes = [0, 10, 20].flatMap((seconds) =>
      tracker.report(aTrackerView({ clockMs: Date.parse(AT) + seconds * 1_000 }), 'final'),
    );
    const joined = tracker.join?.(publishes);
    const readings = joined === undefined ? [] : (decoded(feed, joined).readings ?? []);
    expect(readings.map(({ timestamp }) => timestamp)).toEqual([
      AT,
      '2026-01-01T00:00:10.000Z',
      '2026-01-01T00:00:20.000Z',
    ]);
  }
});
