import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActiveFault } from '../faults/fault.ts';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import type { Tracker, TrackerPublish } from '../trackers/tracker.ts';
import { Outbox } from './outbox.ts';
import { plainTraits, type TrackerTraits } from './tracker-traits.ts';

/** A tracker whose messages are lists of numbers. */
const joining: Tracker = {
  report: () => [],
  join: (publishes) => ({ ...numbered(0), payload: publishes.map(({ payload }) => payload).join('+') }),
};
const plain: Tracker = { report: () => [] };
const traits = (change: Partial<TrackerTraits> = {}): TrackerTraits => ({
  ...plainTraits({ provider: 'traccar' }),
  ...change,
});

function numbered(number: number, topic = 'positions'): TrackerPublish {
  return {
    client: 'c',
    transport: 'mqtt',
    topic,
    payload: String(number),
    odometer: { text: String(number), unit: 'm' },
  };
}

interface Sending {
  readonly seconds: number;
  readonly faults?: readonly ActiveFault[];
  readonly traits?: TrackerTraits;
  readonly tracker?: Tracker;
  readonly saying?: (second: number) => TrackerPublish[];
}

/** What leaves at each second, one packet said a second: "second: packets", seconds without any left out. */
function left({ seconds, faults = [], traits: own = traits(), tracker = plain, saying }: Sending): string[] {
  const outbox = new Outbox({ seed: 1, name: 'v-1' }, tracker, own, faults);
  return Array.from({ length: seconds }, (_, second) => {
    const said = saying === undefined ? [numbered(second)] : saying(second);
    const outgoing = outbox.pass(NEW_YEAR_MS + second * 1_000, said, second === seconds - 1);
    return outgoing.length === 0
      ? []
      : [`${second}: ${outgoing.map(({ publish }) => String(publish.payload)).join(' ')}`];
  }).flat();
}

const outage = (afterwards: string | null = null): ActiveFault =>
  aFault('network-loss', { fromMs: NEW_YEAR_MS + 1_000, toMs: NEW_YEAR_MS + 4_000 }, afterwards);

test('what is said leaves at once', () => {
  expect(left({ seconds: 3 })).toEqual(['0: 0', '1: 1', '2: 2']);
});

test('what cannot be sent is kept, and goes before the rest when the network is back', () => {
  expect(left({ seconds: 6, faults: [outage()] })).toEqual(['0: 0', '4: 1 2 3 4', '5: 5']);
});

test('the fault may say that it is sent newest first, or lost', () => {
  expect(left({ seconds: 6, faults: [outage('flush-newest-first')] })).toEqual([
    '0: 0',
    '4: 3 2 1 4',
    '5: 5',
  ]);
  expect(left({ seconds: 6, faults: [outage('lose-buffered')] })).toEqual(['0: 0', '4: 4', '5: 5']);
});

test('a box has so much memory and no more: the oldest goes', () => {
  const buffer = { ...traits().buffer, packetsMax: 2 };
  expect(left({ seconds: 5, faults: [outage()], traits: traits({ buffer }) })).toEqual(['0: 0', '4: 2 3 4']);
});

test('a maker’s service has the latest of each thing only', () => {
  const own = plainTraits({ provider: 'tesla-fleet-telemetry' });
  const saying = (second: number): TrackerPublish[] => [
    numbered(second, 'Odometer'),
    numbered(second + 100, 'Soc'),
  ];
  expect(left({ seconds: 5, faults: [outage()], traits: own, saying })).toEqual([
    '0: 0 100',
    '4: 3 103 4 104',
  ]);
});

test('several go as one message where the feed has such, and no faster than the tracker can', () => {
  const buffer = { ...traits().buffer, messagesPerSecond: 1, packetsPerMessage: 2 };
  expect(left({ seconds: 8, faults: [outage()], traits: traits({ buffer }), tracker: joining })).toEqual([
    '0: 0',
    '4: 1+2 4',
    '5: 3 5',
    '6: 6',
    '7: 7',
  ]);
});

test('delayed packets come later, in their order, among those that are not', () => {
  const delay = aFault('delay', {
    fromMs: NEW_YEAR_MS + 1_000,
    toMs: NEW_YEAR_MS + 3_000,
    params: { seconds: 4 },
  });
  expect(left({ seconds: 8, faults: [delay] })).toEqual(['0: 0', '3: 3', '4: 4', '5: 1 5', '6: 2 6', '7: 7']);
});

test('in a storm every packet comes three times, or as often as it says', () => {
  const storm = aFault('duplicate-storm', { fromMs: NEW_YEAR_MS + 1_000, toMs: NEW_YEAR_MS + 2_000 });
  expect(left({ seconds: 3, faults: [storm] })).toEqual(['0: 0', '1: 1 1 1', '2: 2']);
  expect(left({ seconds: 2, faults: [{ ...storm, params: { copies: 2 } }] })).toEqual(['0: 0', '1: 1 1']);
});

test('an unplugged tracker has last words, and then none', () => {
  const unplugged = aFault('tamper-unplug', { fromMs: NEW_YEAR_MS, toMs: NEW_YEAR_MS + 30_000 });
  const seconds = left({ seconds: 32, faults: [unplugged] }).map((line) => Number(line.split(':')[0]));
  expect(seconds).toEqual([...Array.from({ length: 11 }, (_, i) => i), 30, 31]);
});

test('shares of packets are doubled, overtaken and damaged as often as the traits say', () => {
  const own = traits({ duplicateShare: 0.1, overtakenShare: 0.1 });
  const packets = left({ seconds: 4_000, traits: own }).flatMap(
    (line) => line.split(': ')[1]?.split(' ') ?? [],
  );
  const doubled = packets.length - new Set(packets).size;
  expect(Math.abs(doubled - 400)).toBeLessThan(80);
  let highest = -1;
  const overtaken = packets.filter((packet) => {
    const isLower = Number(packet) < highest;
    highest = Math.max(highest, Number(packet));
    return isLower;
  });
  expect(overtaken.length).toBeGreaterThan(300);
  const damaged = left({
    seconds: 1_000,
    traits: traits({ damageShare: 0.1 }),
    saying: () => [numbered(123_456)],
  });
  const whole = damaged.filter((line) => line.endsWith(': 123456')).length;
  expect(Math.abs(whole - 900)).toBeLessThan(40);
});

const faultsArbitrary = fc.array(
  fc
    .record({
      type: fc.constantFrom<ActiveFault['type']>(
        'network-loss',
        'flap',
        'delay',
        'reorder',
        'slow-link',
        'broker-restart',
      ),
      from: fc.nat(60),
      length: fc.integer({ min: 1, max: 40 }),
      afterwards: fc.constantFrom(null, 'flush-newest-first'),
    })
    .map(({ type, from, length, afterwards }) =>
      aFault(
        type,
        {
          fromMs: NEW_YEAR_MS + from * 1_000,
          toMs: NEW_YEAR_MS + (from + length) * 1_000,
          params: { seconds: 5, periodSeconds: 7 },
        },
        afterwards,
      ),
    ),
  { maxLength: 4 },
);

test('whatever the outages, every packet leaves once, none before it was said', () => {
  fc.assert(
    fc.property(faultsArbitrary, (faults) => {
      const lines = left({
        seconds: 400,
        faults,
        saying: (second) => (second < 100 ? [numbered(second)] : []),
      });
      const sent = lines.flatMap((line) => {
        const [second = '', packets = ''] = line.split(': ');
        return packets.split(' ').map((packet) => ({ second: Number(second), packet: Number(packet) }));
      });
      expect(sent.map(({ packet }) => packet).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, i) => i),
      );
      expect(sent.filter(({ second, packet }) => second < packet)).toEqual([]);
    }),
  );
});
