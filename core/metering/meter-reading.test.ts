import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import { meterReading } from './meter-reading.ts';
import { type ReadingStatus, statusOfCode } from './reading-status.ts';
import { at, newSeries, odometerAt, type Series, SOURCE_RANK } from './series.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);
const MINUTE_MS = 60_000;

interface Sent {
  readonly minute: number;
  readonly miles: number;
  readonly rank?: number;
}

/** Meters readings in the order given; returns the statuses by instant and the tally. */
function meter(
  sent: readonly Sent[],
  isByReceipt = false,
): { series: Series; tally: Record<string, number> } {
  const series = newSeries(isByReceipt);
  const tally: Record<string, number> = {};
  sent.forEach((reading, position) => {
    meterReading(series, rowOf(reading, position), DEFAULT_LIMITS, (status, change) => {
      tally[status] = (tally[status] ?? 0) + change;
    });
  });
  return { series, tally: Object.fromEntries(Object.entries(tally).filter(([, count]) => count !== 0)) };
}

function rowOf({ minute, miles, rank }: Sent, position: number): Parameters<typeof meterReading>[1] {
  const atMs = NOON_MS + Math.round(minute * MINUTE_MS);
  return {
    atMs,
    micrometres: Math.round(miles * MICROMETRES_PER_MILE),
    position,
    receivedAtMs: atMs,
    rank: rank ?? SOURCE_RANK.vehicle_bus,
  };
}

function statusesOf(series: Series): ReadingStatus[] {
  return Array.from({ length: series.count }, (_, i) => statusOfCode(at(series.status, i)));
}

test('a plausible journey is accepted reading by reading', () => {
  const { series, tally } = meter([
    { minute: 0, miles: 100 },
    { minute: 10, miles: 105 },
    { minute: 20, miles: 105 },
  ]);
  expect(statusesOf(series)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(tally).toEqual({ accepted: 3 });
});

test('half a mile may appear at once, a little more may not', () => {
  const limit = meter([
    { minute: 0, miles: 100 },
    { minute: 0.0001, miles: 100.5 },
  ]);
  expect(statusesOf(limit.series)).toEqual(['accepted', 'accepted']);
  const beyond = meter([
    { minute: 0, miles: 100 },
    { minute: 0.0001, miles: 100.51 },
  ]);
  expect(statusesOf(beyond.series)).toEqual(['accepted', 'jump']);
});

test('a fall of under a mile is jitter, of more a rollback; neither moves the baseline', () => {
  const { series } = meter([
    { minute: 0, miles: 100 },
    { minute: 10, miles: 99.5 },
    { minute: 20, miles: 50 },
    { minute: 30, miles: 101 },
  ]);
  expect(statusesOf(series)).toEqual(['accepted', 'jitter', 'rollback', 'accepted']);
});

test('waiting never makes a jump acceptable; the run ends with a reading that fits the accepted ones', () => {
  const { series } = meter([
    { minute: 0, miles: 100 },
    { minute: 1, miles: 50_000 },
    { minute: 60 * 24 * 60, miles: 50_010 },
    { minute: 60 * 24 * 90, miles: 50_020 },
    { minute: 60 * 24 * 91, miles: 140 },
  ]);
  expect(statusesOf(series)).toEqual(['accepted', 'jump', 'jump', 'jump', 'accepted']);
});

test('of two readings of one instant the better source counts; the other is superseded, or a conflict beyond a mile', () => {
  const { series } = meter([
    { minute: 0, miles: 100 },
    { minute: 10, miles: 105.4, rank: SOURCE_RANK.tracker_gps },
    { minute: 10, miles: 105, rank: SOURCE_RANK.vehicle_bus },
    { minute: 20, miles: 130, rank: SOURCE_RANK.manual },
    { minute: 20, miles: 110, rank: SOURCE_RANK.vehicle_bus },
  ]);
  expect(statusesOf(series)).toEqual(['accepted', 'accepted', 'superseded', 'accepted', 'conflict']);
});

test('readings before the signed opening are superseded by it, whenever it becomes known', () => {
  const { series, tally } = meter([
    { minute: 0, miles: 90 },
    { minute: 10, miles: 95 },
    { minute: 20, miles: 101 },
    { minute: 15, miles: 100, rank: SOURCE_RANK.handover },
  ]);
  expect(statusesOf(series)).toEqual(['superseded', 'superseded', 'accepted', 'accepted']);
  expect(tally).toEqual({ superseded: 2, accepted: 2 });
});

test('a reading that comes late un-accepts what it shows to be a fault', () => {
  const { series, tally } = meter([
    { minute: 0, miles: 100 },
    { minute: 600, miles: 400 },
    { minute: 590, miles: 101 },
  ]);
  expect(statusesOf(series)).toEqual(['accepted', 'accepted', 'jump']);
  expect(tally).toEqual({ accepted: 2, jump: 1 });
});

test('a feed without reading times meters on change: the same again, or slightly less, is a repeat', () => {
  const { series, tally } = meter(
    [
      { minute: 0, miles: 100 },
      { minute: 1, miles: 100 },
      { minute: 2, miles: 100.4 },
      { minute: 3, miles: 100.2 },
      { minute: 4, miles: 60 },
    ],
    true,
  );
  expect(statusesOf(series)).toEqual(['accepted', 'accepted', 'rollback']);
  expect(tally).toEqual({ accepted: 2, repeat: 2, rollback: 1 });
});

test('a backlog after a silence is judged from the last reading before the silence', () => {
  const driven = [
    { minute: 0, miles: 100 },
    { minute: 60, miles: 130 },
    { minute: 60.05, miles: 135 },
    { minute: 60.1, miles: 140 },
  ];
  expect(meter(driven, true).tally).toEqual({ accepted: 4 });
  const tooFar = [...driven.slice(0, 3), { minute: 60.1, miles: 400 }];
  expect(meter(tooFar, true).tally).toEqual({ accepted: 3, jump: 1 });
});

test('of several values of one instant the first is M(t) there, whether or not anything comes after', () => {
  const burst = [
    { minute: 0, miles: 100 },
    { minute: 600, miles: 150 },
    { minute: 600, miles: 160 },
  ];
  const atBurst = (sent: readonly Sent[]): number | null =>
    odometerAt(meter(sent, true).series, NOON_MS + 600 * MINUTE_MS);
  const { series } = meter(burst, true);
  expect(statusesOf(series)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(odometerAt(series, NOON_MS + 600 * MINUTE_MS + 1)).toBe(160 * MICROMETRES_PER_MILE);
  expect(atBurst(burst)).toBe(150 * MICROMETRES_PER_MILE);
  expect(atBurst([...burst, { minute: 660, miles: 170 }])).toBe(150 * MICROMETRES_PER_MILE);
});

const journey = fc
  .array(
    fc.record({ minutes: fc.integer({ min: 1, max: 600 }), tenths: fc.integer({ min: -30, max: 2_000 }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((steps) => {
    let minute = 0;
    let miles = 1_000;
    return steps.map((step) => {
      minute += step.minutes;
      miles = Math.max(0, miles + step.tenths / 10);
      return { minute, miles };
    });
  });

const opened = (sent: readonly Sent[]): Sent[] => [
  { minute: 0, miles: 1_000, rank: SOURCE_RANK.handover },
  ...sent,
];

/** Everything that billing sees of a series. */
function whole(series: Series): unknown {
  return Array.from({ length: series.count }, (_, i) => [
    at(series.atMs, i),
    at(series.micrometres, i),
    at(series.status, i),
  ]);
}

test('property: any order of arrival and any repetition gives the same meter (M10)', () => {
  const shuffled = journey.chain((sent) =>
    fc.record({
      sent: fc.constant(opened(sent)),
      shuffled: fc.shuffledSubarray([...opened(sent), ...opened(sent)], {
        minLength: 2 * sent.length + 2,
        maxLength: 2 * sent.length + 2,
      }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ sent, shuffled }) => {
      const inOrder = meter(sent);
      const outOfOrder = meter(shuffled);
      expect(whole(outOfOrder.series)).toEqual(whole(inOrder.series));
      expect(outOfOrder.tally).toEqual(inOrder.tally);
    }),
  );
});

test('property: over adjoining stretches the distances add up to the whole, and M never falls (M7, M11)', () => {
  const cut = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(journey, cut, (sent, minutes) => {
      const { series } = meter(opened(sent));
      const instants = [0, ...minutes.toSorted((a, b) => a - b), 20_000].map(
        (minute) => NOON_MS + minute * MINUTE_MS,
      );
      const values = instants.map((instant) => odometerAt(series, instant) ?? -1);
      values.reduce((before, value) => {
        expect(value).toBeGreaterThanOrEqual(before);
        return value;
      });
      expect(values.every(Number.isSafeInteger)).toBe(true);
      const last =
        Array.from({ length: series.count }, (_, i) => i).findLast((i) => series.status[i] === 0) ?? 0;
      expect(values.at(-1)).toBe(at(series.micrometres, last));
    }),
  );
});

test('property: a quarantined reading changes no mile', () => {
  const fault = fc.record({ after: fc.nat(29), miles: fc.oneof(fc.constant(900_000), fc.constant(1)) });
  fc.assert(
    fc.property(journey, fault, (sent, { after, miles }) => {
      const clean = opened(sent.map((reading, i) => ({ minute: reading.minute, miles: 1_000 + i * 0.1 })));
      const place = clean[Math.min(after, clean.length - 1)];
      const faulty = [...clean, { minute: (place?.minute ?? 0) + 0.5, miles }];
      const end = NOON_MS + 1e6 * MINUTE_MS;
      expect(odometerAt(meter(faulty).series, end)).toBe(odometerAt(meter(clean).series, end));
    }),
  );
});
