import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import { decideOnSeries } from './decide-on-series.ts';
import { meterReading } from './meter-reading.ts';
import { newSeries, type Series, SOURCE_RANK } from './series.ts';
import { suspectReading } from './suspect-reading.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);

/** Readings by minute and miles. */
function seriesOf(isByReceipt: boolean, ...readings: readonly (readonly [number, number])[]): Series {
  const series = newSeries(isByReceipt);
  readings.forEach(([minute, miles], position) => {
    const atMs = NOON_MS + minute * 60_000;
    const micrometres = Math.round(miles * MICROMETRES_PER_MILE);
    const row = { atMs, micrometres, position, receivedAtMs: atMs, rank: SOURCE_RANK.vehicle_bus };
    meterReading(series, row, DEFAULT_LIMITS, () => undefined);
  });
  return series;
}

const suspect = (...readings: readonly (readonly [number, number])[]): unknown =>
  suspectReading(seriesOf(false, ...readings), DEFAULT_LIMITS);

test('three rollbacks in a row that continue each other speak against the last accepted reading (M5)', () => {
  expect(suspect([0, 100], [10, 110], [20, 102], [30, 103])).toBeNull();
  expect(suspect([0, 100], [10, 110], [20, 102], [30, 103], [40, 104])).toEqual({
    index: 1,
    lastRollbackIndex: 4,
  });
  expect(suspect([0, 100], [10, 110], [15, 50], [20, 102], [30, 103], [40, 104])).toMatchObject({ index: 1 });
});

test('rollbacks that contradict each other, or have a reading in between that counts, speak against none', () => {
  expect(suspect([0, 100], [10, 110], [20, 102], [30, 5], [40, 104])).toBeNull();
  expect(suspect([0, 100], [10, 110], [20, 102], [30, 103], [35, 110], [40, 104])).toBeNull();
  expect(suspect([0, 100], [10, 110], [20, 102], [30, 103], [40, 111])).toBeNull();
  expect(suspect()).toBeNull();
});

test('a reading in between that agrees with another of its instant does not end the row', () => {
  const series = seriesOf(false, [0, 100], [10, 110], [20, 102], [30, 103], [30, 103.2], [40, 104]);
  expect(suspectReading(series, DEFAULT_LIMITS)).toEqual({ index: 1, lastRollbackIndex: 5 });
  const [atMs, rawMicrometres] = [NOON_MS + 600_000, 110 * MICROMETRES_PER_MILE];
  decideOnSeries(
    series,
    { kind: 'reject', position: 1, atMs, rawMicrometres },
    DEFAULT_LIMITS,
    () => undefined,
  );
  expect(suspectReading(series, DEFAULT_LIMITS)).toBeNull();
});

test('a feed without reading times has to say so over ten minutes (M2b)', () => {
  const old: (readonly [number, number])[] = [
    [0, 100],
    [10, 110],
    [20, 102],
    [21, 103],
    [22, 104],
  ];
  expect(suspectReading(seriesOf(true, ...old), DEFAULT_LIMITS)).toBeNull();
  expect(suspectReading(seriesOf(true, ...old, [30, 105]), DEFAULT_LIMITS)).toEqual({
    index: 1,
    lastRollbackIndex: 5,
  });
});
