import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import { decideOnSeries } from './decide-on-series.ts';
import { epochProblem, rulingProblem, signingProblem } from './decision-problems.ts';
import { judgeReadings } from './judge-readings.ts';
import { NO_POSITION, type Series, type SeriesRow, SOURCE_RANK } from './series.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);
const ms = (minute: number): number => NOON_MS + minute * 60_000;
const micrometres = (miles: number): number => Math.round(miles * MICROMETRES_PER_MILE);

function rowOf(minute: number, miles: number, position: number, rank: number): SeriesRow {
  return { atMs: ms(minute), micrometres: micrometres(miles), position, receivedAtMs: ms(minute), rank };
}

/** Readings of the vehicle's bus, by minute and miles; their positions are their places in the list. */
function seriesOf(...readings: readonly (readonly [minute: number, miles: number])[]): Series {
  const rows = readings.map(([minute, miles], i) => rowOf(minute, miles, i, SOURCE_RANK.vehicle_bus));
  return judgeReadings(rows, [], DEFAULT_LIMITS).series;
}

function epoch(series: Series, minute: number, closing: number, opening: number): string | null {
  const opened = {
    atMs: ms(minute),
    closingMicrometres: micrometres(closing),
    openingMicrometres: micrometres(opening),
    receivedAtMs: ms(60),
  };
  return epochProblem(series, opened, 'mi');
}

function rule(
  series: Series,
  kind: 'accept' | 'reject',
  position: number,
  minute: number,
  miles: number,
): string | null {
  const ruling = { kind, position, atMs: ms(minute), rawMicrometres: micrometres(miles) };
  return rulingProblem(series, ruling, DEFAULT_LIMITS, 'mi');
}

function signing(
  series: Series,
  minute: number,
  miles: number,
  rank: number = SOURCE_RANK.manual,
): string | null {
  return signingProblem(series, rowOf(minute, miles, NO_POSITION, rank), DEFAULT_LIMITS, 'mi');
}

test('an epoch closes at or above the last reading that counts and opens at what was read since', () => {
  const series = seriesOf([0, 100], [10, 105], [20, 3], [30, 8]);
  expect(epoch(series, 15, 105, 2)).toBeNull();
  expect(epoch(series, 40, 105, 2)).toBeNull();
  expect(epoch(series, 15, 104.9, 2)).toBe(
    'the old odometer cannot close at 104.9 mi, below the reading of 105.0 mi at 2026-03-02T12:10:00.000Z; reject that reading first',
  );
  expect(epoch(series, 15, 105, 20)).toBe(
    'the new odometer cannot open at 20.0 mi: the most read since is the reading of 8.0 mi at 2026-03-02T12:30:00.000Z; correct the opening value or the time',
  );
  expect(epoch(series, 61, 105, 2)).toBe(
    'the odometer cannot be replaced in the future; give the time it was done',
  );
  expect(epoch(series, -5, 105, 2)).toBe(
    'no reading before 2026-03-02T11:55:00.000Z counts; sign the opening reading first',
  );
  expect(epoch(series, 15, 5_596_000, 2)).toBeNull();
});

test('a second epoch is held against what the instrument of its time showed', () => {
  const series = seriesOf([0, 100], [10, 105], [20, 3], [30, 8]);
  const first = { atMs: ms(15), closingMicrometres: micrometres(107), openingMicrometres: micrometres(2) };
  decideOnSeries(series, { kind: 'open-epoch', ...first, receivedAtMs: 0 }, DEFAULT_LIMITS, () => undefined);
  expect(epoch(series, 15, 107, 2)).toBe('a replacement at 2026-03-02T12:15:00.000Z is there already');
  expect(epoch(series, 25, 3, 7)).toBeNull();
  expect(epoch(series, 25, 2.5, 7)).toContain('below the reading of 3.0 mi at 2026-03-02T12:20:00.000Z');
  expect(epoch(series, 12, 106, 100)).toBeNull();
  expect(epoch(series, 12, 106, 120)).toBe(
    'the new odometer cannot open at 120.0 mi: it closed at 107.0 mi at 2026-03-02T12:15:00.000Z',
  );
  expect(epoch(series, 35, 5_596_840, 0)).toBe(
    'the closing values add up to more than five million miles; check them',
  );
});

test('a reading that counts or is quarantined is rejected, one that is quarantined and can count is accepted', () => {
  const series = seriesOf([0, 100], [10, 105], [20, 3], [30, 900], [40, 110]);
  expect(rule(series, 'reject', 1, 10, 105)).toBeNull();
  expect(rule(series, 'reject', 3, 30, 900)).toBeNull();
  expect(rule(series, 'accept', 1, 10, 105)).toBe('that reading is not quarantined; nothing needs accepting');
  expect(rule(series, 'accept', 2, 20, 3)).toBe(
    'it lies below the reading of 105.0 mi at 2026-03-02T12:10:00.000Z; reject that reading first',
  );
  expect(rule(series, 'accept', 3, 30, 900)).toBe(
    'the reading of 110.0 mi at 2026-03-02T12:40:00.000Z would no longer count; reject it first if it is wrong',
  );
  expect(rule(seriesOf([0, 100], [1, 150], [2, 151]), 'accept', 2, 2, 151)).toBeNull();
  expect(rule(series, 'accept', 7, 20, 3)).toBe('no such reading of 2026-03-02T12:20:00.000Z is kept');
});

test('a rejection stands', () => {
  const series = seriesOf([0, 100], [10, 105]);
  const ruling = { kind: 'reject', position: 1, atMs: ms(10), rawMicrometres: micrometres(105) } as const;
  decideOnSeries(series, ruling, DEFAULT_LIMITS, () => undefined);
  expect(rule(series, 'accept', 1, 10, 105)).toBe(
    'that reading was rejected, which stands; sign its value by hand instead',
  );
  expect(signing(series, 10, 105)).toBeNull();
});

test('a value is signed only if it would count and takes nothing from what counts', () => {
  const series = seriesOf([0, 100], [10, 105], [40, 110]);
  expect(signing(series, 20, 107)).toBeNull();
  expect(signing(series, 20, 104.5)).toBe(
    'it would not count: it lies below the reading that counts before it; check the value and the time',
  );
  expect(signing(series, 20, 900)).toBe(
    'it would not count: the vehicle cannot have driven that far since the reading before it; check the value and the time',
  );
  expect(signing(series, 10, 105)).toBe('it would not count: another reading has precedence');
  expect(signing(series, 20, 112)).toBe(
    'the reading of 110.0 mi at 2026-03-02T12:40:00.000Z would no longer count; reject it first if it is wrong',
  );
  expect(signing(series, 50, 112, SOURCE_RANK.handover)).toContain('the reading of 100.0 mi');
});
