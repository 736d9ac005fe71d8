import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import { decideOnSeries, type SeriesDecision } from './decide-on-series.ts';
import { meterReading } from './meter-reading.ts';
import { archiveInMemory, type ReadingArchive } from './reading-archive.ts';
import { isQuarantined, type ReadingStatus, statusOfCode } from './reading-status.ts';
import {
  at,
  newSeries,
  NO_POSITION,
  odometerAt,
  type Series,
  type SeriesRow,
  SOURCE_RANK,
} from './series.ts';
import { odometerThrough, restoreAll, thinSpans, wholeBetween, wholeSeries } from './thin-series.ts';

const START_MS = Date.UTC(2026, 2, 2);
const STEP_MS = 20 * 60_000;
const STEPS_MAX = 60;
const atMs = (step: number): number => START_MS + step * STEP_MS;

/** What happens to a series; thinning happens to only one of two. */
type Happening =
  | { readonly kind: 'reading'; readonly row: SeriesRow }
  | SeriesDecision
  | {
      readonly kind: 'thin';
      readonly steps: number;
      readonly fromStep: number;
      readonly untilStep: number;
    };

const errorMiles = fc.oneof(
  { weight: 9, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constantFrom(-0.4, 0.2, -5, 3, 40, -60, 5_000, 5_001) },
);
const moment = fc.record({ step: fc.nat(STEPS_MAX), errorMiles });

function milesAt({ step, errorMiles }: { step: number; errorMiles: number }): number {
  return Math.round((1_000 + step * 8 + errorMiles) * MICROMETRES_PER_MILE);
}

const readings = fc.record({
  of: moment,
  rank: fc.constantFrom(SOURCE_RANK.vehicle_bus, SOURCE_RANK.vehicle_bus, SOURCE_RANK.tracker_gps),
});

const others = fc.oneof(
  fc.record({
    kind: fc.constant('thin' as const),
    steps: fc.constantFrom(4, 7, 24),
    fromStep: fc.nat(STEPS_MAX),
    untilStep: fc.nat(STEPS_MAX),
  }),
  fc.record({ kind: fc.constant('thin' as const), steps: fc.constantFrom(5, 20) }).map((thin) => ({
    ...thin,
    fromStep: 0,
    untilStep: STEPS_MAX + 1,
  })),
  fc.record({ of: moment, rank: fc.constantFrom(SOURCE_RANK.handover, SOURCE_RANK.manual) }),
  fc.record({ kind: fc.constant('open-epoch' as const), of: moment, opening: errorMiles }),
  fc.record({ kind: fc.constantFrom('accept' as const, 'reject' as const), which: fc.nat(80) }),
);

/** A journey whose readings come in any order, with decisions and thinning anywhere between. */
const history = fc
  .record({
    sent: fc.array(readings, { minLength: 10, maxLength: 90 }),
    others: fc.array(fc.record({ place: fc.nat(90), other: others }), { minLength: 1, maxLength: 8 }),
    isInTurn: fc.boolean(),
  })
  .map(({ sent, others, isInTurn }) => {
    const ordered = isInTurn ? sent.toSorted((a, b) => a.of.step - b.of.step) : sent;
    const rows = ordered.map(({ of, rank }, position) => rowOf(of, position, rank));
    const happenings: Happening[] = rows.map((row) => ({ kind: 'reading', row }));
    for (const { place, other } of others)
      happenings.splice(place % (happenings.length + 1), 0, ...happeningOf(other, rows));
    return happenings;
  });

function rowOf(of: { step: number; errorMiles: number }, position: number, rank: number): SeriesRow {
  return { atMs: atMs(of.step), micrometres: milesAt(of), position, receivedAtMs: atMs(of.step) + 7, rank };
}

type Other = typeof others extends fc.Arbitrary<infer T> ? T : never;

function happeningOf(other: Other, rows: readonly SeriesRow[]): Happening[] {
  if (!('kind' in other)) return [{ kind: 'sign', row: rowOf(other.of, NO_POSITION, other.rank) }];
  if (other.kind === 'thin') return [other];
  if (other.kind === 'open-epoch') {
    const { step } = other.of;
    const openingMicrometres = milesAt({ step, errorMiles: other.opening });
    const closingMicrometres = milesAt(other.of);
    return [{ kind: other.kind, atMs: atMs(step), closingMicrometres, openingMicrometres, receivedAtMs: 0 }];
  }
  const row = rows[other.which % rows.length];
  if (row === undefined) return [];
  return [{ kind: other.kind, position: row.position, atMs: row.atMs, rawMicrometres: row.micrometres }];
}

interface Outcome {
  readonly series: Series;
  readonly tally: Record<string, number>;
  readonly known: number;
  readonly stretches: number;
}

/** Takes everything that happens; without an archive, all but the thinning. */
function run(
  happenings: readonly Happening[],
  isByReceipt: boolean,
  archive: ReadingArchive | null,
): Outcome {
  const series = newSeries(isByReceipt);
  const tally: Record<string, number> = {};
  const count = (status: ReadingStatus, change: number): void => {
    tally[status] = (tally[status] ?? 0) + change;
  };
  let [known, stretches] = [0, 0];
  for (const happening of happenings) {
    if (happening.kind === 'reading') {
      if (meterReading(series, happening.row, DEFAULT_LIMITS, count, archive).isKnown) known += 1;
    } else if (happening.kind === 'thin') {
      if (archive !== null) thin(series, happening, archive);
      stretches = Math.max(stretches, series.thinned.afterMs.length);
    } else {
      restoreAll(series, archive);
      decideOnSeries(series, happening, DEFAULT_LIMITS, count);
    }
  }
  return { series, tally, known, stretches };
}

function thin(
  series: Series,
  { steps, fromStep, untilStep }: Happening & { readonly kind: 'thin' },
  archive: ReadingArchive,
): void {
  const spanMs = steps * STEP_MS;
  const spanAt = (ms: number): { startMs: number; endMs: number } => {
    const startMs = START_MS + Math.floor((ms - START_MS) / spanMs) * spanMs;
    return { startMs, endMs: startMs + spanMs };
  };
  thinSpans(series, atMs(fromStep), atMs(untilStep), spanAt, archive);
}

function rowsOf(series: Series): unknown {
  const { atMs, micrometres, position, receivedAtMs, rank, status, backlogPlace, count } = series;
  return [atMs, micrometres, position, receivedAtMs, rank, status, backlogPlace].map((column) =>
    Array.from(column.subarray(0, count)),
  );
}

const probes = Array.from({ length: 4 * STEPS_MAX + 17 }, (_, i) => atMs(i / 4 - 2));

test.each([false, true])(
  'property: a series that is thinned at any time tells of its readings what it would tell anyway (receipt %s)',
  (isByReceipt) => {
    let thinned = 0;
    fc.assert(
      fc.property(history, (happenings) => {
        const archive = archiveInMemory();
        const never = run(happenings, isByReceipt, null);
        const sometimes = run(happenings, isByReceipt, archive);
        thinned += sometimes.stretches;
        expect([sometimes.tally, sometimes.known]).toEqual([never.tally, never.known]);
        expect(rowsOf(wholeSeries(sometimes.series, archive))).toEqual(rowsOf(never.series));
        const curve = probes.map((ms) => odometerThrough(sometimes.series, ms, archive));
        expect(curve).toEqual(probes.map((ms) => odometerAt(never.series, ms)));
      }),
      { numRuns: 600 },
    );
    expect(thinned).toBeGreaterThan(30);
  },
);

test('property: between two instants every reading is back, and of the others those that are needed', () => {
  fc.assert(
    fc.property(history, fc.nat(STEPS_MAX), fc.nat(STEPS_MAX), (happenings, one, other) => {
      const archive = archiveInMemory();
      const { series } = run(happenings, false, archive);
      const whole = wholeSeries(series, archive);
      const [fromMs, toMs] = [atMs(Math.min(one, other)), atMs(Math.max(one, other))];
      const rowsBetween = (of: Series, isMeant: (i: number) => boolean): number[] =>
        Array.from({ length: of.count }, (_, i) => i)
          .filter((i) => at(of.atMs, i) >= fromMs && at(of.atMs, i) <= toMs && isMeant(i))
          .map((i) => at(of.position, i));
      const between = wholeBetween(series, fromMs, toMs, archive);
      expect(rowsBetween(between, () => true)).toEqual(rowsBetween(whole, () => true));
      const some = wholeBetween(series, fromMs, toMs, archive, ({ hasQuarantined }) => hasQuarantined);
      const isBad = (of: Series) => (i: number) => isQuarantined(statusOfCode(at(of.status, i)));
      expect(rowsBetween(some, isBad(some))).toEqual(rowsBetween(whole, isBad(whole)));
      for (const ms of [fromMs, toMs]) expect(odometerAt(some, ms)).toEqual(odometerAt(whole, ms));
    }),
    { numRuns: 300 },
  );
});

test('a day of readings leaves two in memory, and a month of days two as well', () => {
  const series = newSeries(false);
  const archive = archiveInMemory();
  for (let step = 0; step < 720; step += 1)
    meterReading(series, rowOf({ step, errorMiles: 0 }, step, 2), DEFAULT_LIMITS, () => undefined);
  thin(series, { kind: 'thin', steps: 72, fromStep: 0, untilStep: 720 }, archive);
  expect([series.count, series.thinned.afterMs.length]).toEqual([20, 10]);
  expect(series.atMs.length).toBeLessThan(300);
  thin(series, { kind: 'thin', steps: 720, fromStep: 0, untilStep: 720 }, archive);
  expect([series.count, series.thinned.afterMs.length]).toEqual([2, 1]);
  expect(wholeSeries(series, archive).count).toBe(720);
  const late = rowOf({ step: 100.5, errorMiles: 0 }, 999, 2);
  meterReading(series, late, DEFAULT_LIMITS, () => undefined, archive);
  // The day it fell into, and the bounds of the others.
  expect([series.count, series.thinned.afterMs.length]).toEqual([18 + 72 + 1, 9]);
});

test('what was thinned cannot be judged without its archive', () => {
  const series = newSeries(false);
  for (let step = 0; step < 9; step += 1)
    meterReading(series, rowOf({ step, errorMiles: 0 }, step, 2), DEFAULT_LIMITS, () => undefined);
  thin(series, { kind: 'thin', steps: 9, fromStep: 0, untilStep: 9 }, archiveInMemory());
  expect(() => odometerAt(series, atMs(3))).toThrow('M(t) is asked of the readings in memory');
  expect(() => wholeSeries(series, null)).toThrow('what was thinned is in an archive');
  const again = { kind: 'sign', row: rowOf({ step: 3, errorMiles: 0 }, NO_POSITION, 6) } as const;
  expect(() => decideOnSeries(series, again, DEFAULT_LIMITS, () => undefined)).toThrow(
    'all readings of the series are in memory',
  );
});
