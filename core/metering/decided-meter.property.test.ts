import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE, wholeTenths } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import { addRows, decideOnSeries, type SeriesDecision, takeTrackerRows } from './decide-on-series.ts';
import { judgeReadings } from './judge-readings.ts';
import { givenRows, trackerRows } from './kept-rows.ts';
import { meterReading } from './meter-reading.ts';
import { isQuarantined, type ReadingStatus, statusOfCode } from './reading-status.ts';
import {
  at,
  firstDifference,
  newSeries,
  NO_POSITION,
  odometerAt,
  type Series,
  type SeriesRow,
  SOURCE_RANK,
} from './series.ts';
import type { ChangedSpan } from './series-change.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);
const MINUTE_MS = 60_000;
const STEPS_MAX = 40;

type Happening = { readonly kind: 'reading'; readonly row: SeriesRow } | SeriesDecision;

/** A vehicle at a steady 30 mph, whose readings are right, a little off, or wrong. */
const errorMiles = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constantFrom(-0.4, 0.2, -5, 3, 40, -60, 5_000, 5_001) },
);
const moment = fc.record({ step: fc.nat(STEPS_MAX), errorMiles });

function milesAt({ step, errorMiles }: { step: number; errorMiles: number }): number {
  return Math.round((1_000 + step * 5 + errorMiles) * MICROMETRES_PER_MILE);
}

const atMs = (step: number): number => NOON_MS + step * 10 * MINUTE_MS;

function rowAt(of: { step: number; errorMiles: number }, position: number, rank: number): SeriesRow {
  return { atMs: atMs(of.step), micrometres: milesAt(of), position, receivedAtMs: atMs(of.step), rank };
}

const trackerRanks = fc.constantFrom(SOURCE_RANK.vehicle_bus, SOURCE_RANK.tracker_gps);
const signedRanks = fc.constantFrom(SOURCE_RANK.handover, SOURCE_RANK.manual, SOURCE_RANK.manual);

const readings = fc
  .array(fc.record({ of: moment, rank: trackerRanks }), { minLength: 1, maxLength: 25 })
  .map((sent) => sent.map(({ of, rank }, position) => rowAt(of, position, rank)));

const signed = fc
  .array(fc.record({ of: moment, rank: signedRanks }), { maxLength: 2 })
  .map((each) =>
    each.map(({ of, rank }): SeriesDecision => ({ kind: 'sign', row: rowAt(of, NO_POSITION, rank) })),
  );

const epochs = fc.array(fc.record({ of: moment, opening: errorMiles }), { maxLength: 2 }).map((each) =>
  each.map(({ of, opening }): SeriesDecision => ({
    kind: 'open-epoch',
    atMs: atMs(of.step),
    closingMicrometres: milesAt(of),
    openingMicrometres: milesAt({ step: of.step, errorMiles: opening }),
    receivedAtMs: atMs(of.step),
  })),
);

const rulings = fc.array(
  fc.record({ which: fc.nat(30), kind: fc.constantFrom<'accept' | 'reject'>('accept', 'reject') }),
  { maxLength: 4 },
);

/** Readings in the order of their positions, and decisions, some about these readings. */
const history = fc
  .record({ readings, signed, epochs, rulings })
  .map(({ readings, signed, epochs, rulings }) => ({
    rows: readings,
    decisions: [...signed, ...epochs, ...rulings.flatMap((ruling) => rulingAbout(readings, ruling))],
  }));

function rulingAbout(
  rows: readonly SeriesRow[],
  { which, kind }: { readonly which: number; readonly kind: 'accept' | 'reject' },
): SeriesDecision[] {
  const row = rows[which % rows.length];
  if (row === undefined) return [];
  return [{ kind, position: row.position, atMs: row.atMs, rawMicrometres: row.micrometres }];
}

function happeningsOf(rows: readonly SeriesRow[], decisions: readonly SeriesDecision[]): Happening[] {
  return [...rows.map((row) => ({ kind: 'reading', row }) as const), ...decisions];
}

interface Outcome {
  readonly series: Series;
  readonly tally: Record<string, number>;
}

function run(happenings: readonly Happening[], isByReceipt = false): Outcome {
  const series = newSeries(isByReceipt);
  const counts: Record<string, number> = {};
  for (const happening of happenings) take(series, happening, tallyIn(counts));
  return { series, tally: closed(counts) };
}

function take(
  series: Series,
  happening: Happening,
  tally: (status: ReadingStatus, change: number) => void,
): ChangedSpan {
  return happening.kind === 'reading'
    ? meterReading(series, happening.row, DEFAULT_LIMITS, tally).changed
    : decideOnSeries(series, happening, DEFAULT_LIMITS, tally);
}

function tallyIn(counts: Record<string, number>): (status: ReadingStatus, change: number) => void {
  return (status, change) => {
    counts[status] = (counts[status] ?? 0) + change;
  };
}

const closed = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

/** Everything that billing and the evidence see of a series. */
function whole(series: Series): unknown {
  return Array.from({ length: series.count }, (_, i) =>
    [series.atMs, series.micrometres, series.position, series.rank, series.status].map((column) =>
      at(column, i),
    ),
  );
}

/** The statuses of the rows that trackers sent, counted. */
function countedRows(series: Series): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of trackerRows(series)) tallyIn(counts)(statusOfCode(status), 1);
  return counts;
}

const probes = Array.from({ length: 2 * STEPS_MAX + 9 }, (_, i) => atMs(i / 2 - 2) + 1);
const curve = (series: Series): (number | null)[] => probes.map((ms) => odometerAt(series, ms));

const shuffled = history.chain(({ rows, decisions }) => {
  const all = happeningsOf(rows, decisions);
  const twice = [...all, ...all];
  return fc.record({
    rows: fc.constant(rows),
    decisions: fc.constant(decisions),
    order: fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length }),
  });
});

test('property: readings and decisions in any order, twice, or all at once give the same meter (M10)', () => {
  fc.assert(
    fc.property(shuffled, ({ rows, decisions, order }) => {
      const inOrder = run(happeningsOf(rows, decisions));
      const outOfOrder = run(order);
      expect(whole(outOfOrder.series)).toEqual(whole(inOrder.series));
      expect(outOfOrder.tally).toEqual(inOrder.tally);
      expect(countedRows(inOrder.series)).toEqual(inOrder.tally);
      const listed = judgeReadings(rows.toReversed(), decisions.toReversed(), DEFAULT_LIMITS);
      expect(whole(listed.series)).toEqual(whole(inOrder.series));
    }),
    { numRuns: 400 },
  );
});

test('property: M never falls, and the distances of adjoining stretches add up to the whole (M7, M11)', () => {
  fc.assert(
    fc.property(history, fc.array(fc.nat(probes.length - 1)), ({ rows, decisions }, cuts) => {
      const { series } = run(happeningsOf(rows, decisions));
      const values = curve(series).map((value) => value ?? 0);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      const instants = [0, ...cuts.toSorted((a, b) => a - b), probes.length - 1];
      const tenths = instants.map((i) => wholeTenths(values[i] ?? 0, 'mi'));
      const usage = tenths.slice(1).map((value, i) => value - (tenths[i] ?? 0));
      expect(usage.every((each) => each >= 0)).toBe(true);
      expect(usage.reduce((sum, each) => sum + each, 0)).toBe((tenths.at(-1) ?? 0) - (tenths[0] ?? 0));
    }),
  );
});

test('property: what is not accepted changes no mile', () => {
  fc.assert(
    fc.property(history, ({ rows, decisions }) => {
      const { series } = run(happeningsOf(rows, decisions));
      const accepted = givenRows(series).filter(({ status }) => statusOfCode(status) === 'accepted');
      const kept = decisions.filter(({ kind }) => kind !== 'sign');
      const bare = newSeries(false);
      for (const decision of kept) decideOnSeries(bare, decision, DEFAULT_LIMITS, () => undefined);
      addRows(bare, accepted, DEFAULT_LIMITS, () => undefined);
      expect(curve(bare)).toEqual(curve(series));
    }),
  );
});

test('property: outside the span that is said to have changed no distance did', () => {
  fc.assert(
    fc.property(shuffled, fc.boolean(), ({ order, rows }, isByReceipt) => {
      const series = newSeries(isByReceipt);
      const inTurn = order.filter(({ kind }) => !isByReceipt || kind !== 'reading');
      const happenings = isByReceipt ? [...happeningsOf(asReceived(rows), []), ...inTurn] : inTurn;
      for (const happening of happenings) {
        const before = curve(series);
        const span = take(series, happening, () => undefined);
        const after = curve(series);
        probes.slice(1).forEach((toMs, i) => {
          const fromMs = probes[i] ?? toMs;
          if (span !== null && toMs > span.fromMs && fromMs < span.toMs) return;
          const was = (before[i + 1] ?? 0) - (before[i] ?? 0);
          expect((after[i + 1] ?? 0) - (after[i] ?? 0)).toBe(was);
        });
      }
    }),
  );
});

/** The same rows as a feed without reading times sends them. */
function asReceived(rows: readonly SeriesRow[]): SeriesRow[] {
  return rows.toSorted((a, b) => firstDifference(a.atMs - b.atMs, a.position - b.position));
}

/** Readings in the order received; decisions between any two of them. */
const received = history.chain(({ rows, decisions }) =>
  fc.record({
    rows: fc.constant(
      asReceived(rows).map((row, position) => ({ ...row, atMs: row.atMs + position * 7_000, position })),
    ),
    decisions: fc.constant(decisions.filter(({ kind }) => kind !== 'accept' && kind !== 'reject')),
    places: fc.array(fc.nat(25), { minLength: decisions.length, maxLength: decisions.length }),
    rulings,
  }),
);

test('property: at a feed without reading times it makes no difference when a decision becomes known', () => {
  let compared = 0;
  fc.assert(
    fc.property(received, ({ rows, decisions, places, rulings }) => {
      const all = [...decisions, ...rulings.flatMap((ruling) => rulingAbout(rows, ruling))];
      const last = run(happeningsOf(rows, all), true);
      const amid = happeningsOf(rows, []);
      all.forEach((decision, i) => amid.splice((places[i] ?? 0) % (amid.length + 1), 0, decision));
      const between = run(amid, true);
      // A value that was a repeat when it came was not kept, so a later decision cannot find it (rule M2b).
      const isAllKept = [last, between].every(({ series }) => trackerRows(series).length === rows.length);
      if (!isAllKept) return;
      compared += 1;
      expect(whole(between.series)).toEqual(whole(last.series));
      expect(between.tally).toEqual(last.tally);
      expect(countedRows(last.series)).toEqual(last.tally);
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(50);
});

test('property: rows taken out and put back make the same series, and the counts follow', () => {
  fc.assert(
    fc.property(history, fc.boolean(), ({ rows, decisions }, isByReceipt) => {
      const sent = isByReceipt ? asReceived(rows) : rows;
      const { series } = run(happeningsOf(sent, decisions), isByReceipt);
      const [before, kept] = [whole(series), countedRows(series)];
      const counts = { ...kept };
      const taken = takeTrackerRows(series, DEFAULT_LIMITS, tallyIn(counts));
      expect([trackerRows(series), closed(counts)]).toEqual([[], {}]);
      addRows(series, taken.toReversed(), DEFAULT_LIMITS, tallyIn(counts));
      expect(whole(series)).toEqual(before);
      expect(closed(counts)).toEqual(kept);
    }),
  );
});

test('property: the kilometres and the miles of one journey agree to a tenth', () => {
  const metres = fc.array(fc.integer({ min: 0, max: 15_000 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(metres, fc.integer({ min: 0, max: 200_000_000 }), (steps, startMetres) => {
      const measured = (perUnit: number): Series => {
        const series = newSeries(false);
        let odometer = startMetres;
        steps.forEach((step, i) => {
          odometer += step;
          const thousandths = Math.round((odometer * 1_000_000) / (perUnit / 1_000));
          const row = {
            ...rowAt({ step: i, errorMiles: 0 }, i, 2),
            micrometres: thousandths * (perUnit / 1_000),
          };
          meterReading(series, row, DEFAULT_LIMITS, () => undefined);
        });
        return series;
      };
      const tenths = [MICROMETRES_PER_MILE, 1_000_000_000].map(measured).map((series) => {
        const [start, end] = [atMs(0.5), atMs(STEPS_MAX)].map((ms) => odometerAt(series, ms) ?? 0);
        return wholeTenths(end ?? 0, 'mi') - wholeTenths(start ?? 0, 'mi');
      });
      expect(Math.abs((tenths[0] ?? 0) - (tenths[1] ?? 0))).toBeLessThanOrEqual(1);
    }),
  );
});

test('property: a fault in a journey with a replaced odometer moves no mile', () => {
  const fault = fc.record({ step: fc.nat(STEPS_MAX - 1), miles: fc.constantFrom(900_000, 1) });
  fc.assert(
    fc.property(fault, fc.integer({ min: 1, max: STEPS_MAX - 1 }), ({ step, miles }, replacedAt) => {
      const offset = 700 * MICROMETRES_PER_MILE;
      const replaced = milesAt({ step: replacedAt, errorMiles: 0 });
      const epoch: SeriesDecision = {
        kind: 'open-epoch',
        atMs: atMs(replacedAt),
        closingMicrometres: replaced,
        openingMicrometres: replaced - offset,
        receivedAtMs: atMs(replacedAt),
      };
      const clean = Array.from({ length: STEPS_MAX }, (_, i) => {
        const row = rowAt({ step: i, errorMiles: 0 }, i, SOURCE_RANK.vehicle_bus);
        return i < replacedAt ? row : { ...row, micrometres: row.micrometres - offset };
      });
      const faulty = { ...rowAt({ step, errorMiles: 0 }, 99, 2), micrometres: miles * MICROMETRES_PER_MILE };
      const wrong = { ...faulty, atMs: faulty.atMs + MINUTE_MS };
      const journey = judgeReadings(clean, [epoch], DEFAULT_LIMITS);
      const withFault = judgeReadings([...clean, wrong], [epoch], DEFAULT_LIMITS);
      expect(isQuarantined(withFault.statuses.at(-1) ?? 'accepted')).toBe(true);
      expect(curve(withFault.series)).toEqual(curve(journey.series));
      expect(journey.statuses.some(isQuarantined)).toBe(false);
    }),
  );
});
