import { expect, test } from 'vitest';
import { MICROMETRES_PER_MILE } from '../base/distance.ts';
import { DEFAULT_LIMITS } from './acceptance-scan.ts';
import {
  addRows,
  decideOnSeries,
  isEmpty,
  type SeriesDecision,
  takeTrackerRows,
} from './decide-on-series.ts';
import { rawMicrometresAt } from './epochs.ts';
import { meterReading } from './meter-reading.ts';
import { type ReadingStatus, statusOfCode } from './reading-status.ts';
import { at, newSeries, NO_POSITION, odometerAt, type Series, SOURCE_RANK } from './series.ts';

const NOON_MS = Date.UTC(2026, 2, 2, 12);
const MINUTE_MS = 60_000;
const FOREVER_MS = NOON_MS + 1e12;

/** A reading (minute, miles, perhaps its rank; its position is its place in the list) or a decision. */
type Step = readonly [minute: number, miles: number, rank?: number] | SeriesDecision;

interface Judged {
  readonly series: Series;
  readonly tally: Record<string, number>;
  readonly changed: readonly unknown[];
}

function judge(steps: readonly Step[], isByReceipt = false): Judged {
  const series = newSeries(isByReceipt);
  const counts: Record<string, number> = {};
  const tally = (status: ReadingStatus, change: number): void => {
    counts[status] = (counts[status] ?? 0) + change;
  };
  const changed = steps.map((step, position) => {
    if ('kind' in step) return decideOnSeries(series, step, DEFAULT_LIMITS, tally);
    const [minute, miles, rank = SOURCE_RANK.vehicle_bus] = step;
    const atMs = NOON_MS + minute * MINUTE_MS;
    const row = { atMs, micrometres: micrometres(miles), position, receivedAtMs: atMs, rank };
    return meterReading(series, row, DEFAULT_LIMITS, tally).changed;
  });
  return { series, changed, tally: Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0)) };
}

const micrometres = (miles: number): number => Math.round(miles * MICROMETRES_PER_MILE);
const ms = (minute: number): number => NOON_MS + minute * MINUTE_MS;

function epoch(minute: number, closing: number, opening: number): SeriesDecision {
  const [closingMicrometres, openingMicrometres] = [micrometres(closing), micrometres(opening)];
  return { kind: 'open-epoch', atMs: ms(minute), closingMicrometres, openingMicrometres, receivedAtMs: 1 };
}

function rule(kind: 'accept' | 'reject', position: number, minute: number, miles: number): SeriesDecision {
  return { kind, position, atMs: ms(minute), rawMicrometres: micrometres(miles) };
}

function sign(minute: number, miles: number, rank: number): SeriesDecision {
  const signed = { position: NO_POSITION, receivedAtMs: ms(minute), rank };
  return { kind: 'sign', row: { atMs: ms(minute), micrometres: micrometres(miles), ...signed } };
}

/** Status and cumulative miles of every row. */
function rowsOf(series: Series): string[] {
  return Array.from({ length: series.count }, (_, i) => {
    const miles = at(series.micrometres, i) / MICROMETRES_PER_MILE;
    return `${(at(series.atMs, i) - NOON_MS) / MINUTE_MS}: ${miles.toFixed(1)} ${statusOfCode(at(series.status, i))}`;
  });
}

test('a replaced odometer goes on from where the old one closed (M6)', () => {
  const { series, tally, changed } = judge([[0, 100], [10, 105], [20, 3], [30, 8], epoch(15, 107, 2)]);
  expect(rowsOf(series)).toEqual([
    '0: 100.0 accepted',
    '10: 105.0 accepted',
    '15: 107.0 accepted',
    '20: 108.0 accepted',
    '30: 113.0 accepted',
  ]);
  expect(tally).toEqual({ accepted: 4 });
  expect(changed.at(-1)).toEqual({ fromMs: ms(10), toMs: ms(30) });
  expect([0, 1, 2, 3, 4].map((i) => rawMicrometresAt(series, i))).toEqual(
    [100, 105, 2, 3, 8].map(micrometres),
  );
});

test('a second replacement, and one that becomes known before an earlier one, add up', () => {
  const later = [epoch(25, 9, 0), epoch(15, 107, 2)];
  const { series } = judge([...later, [0, 100], [10, 105], [20, 3], [30, 4]]);
  expect(rowsOf(series)).toEqual([
    '0: 100.0 accepted',
    '10: 105.0 accepted',
    '15: 107.0 accepted',
    '20: 108.0 accepted',
    '25: 114.0 accepted',
    '30: 118.0 accepted',
  ]);
});

test('a replacement ends a run of jumps; one below the last accepted reading is a rollback', () => {
  const run: Step[] = [
    [0, 100],
    [10, 90_000],
    [20, 90_001],
  ];
  expect(rowsOf(judge([...run, epoch(15, 101, 90_000)]).series)).toEqual([
    '0: 100.0 accepted',
    '10: 90000.0 jump',
    '15: 101.0 accepted',
    '20: 102.0 accepted',
  ]);
  const fallen = judge([[0, 100], [10, 105], [20, 3], epoch(15, 50, 2)]);
  expect(rowsOf(fallen.series)).toEqual([
    '0: 100.0 accepted',
    '10: 105.0 accepted',
    '15: 50.0 rollback',
    '20: 51.0 rollback',
  ]);
  expect(odometerAt(fallen.series, FOREVER_MS)).toBe(micrometres(105));
});

test('accepting a quarantined reading makes it count and ends its run', () => {
  const { series, tally, changed } = judge([
    [0, 100],
    [1, 150],
    [2, 151],
    [3, 152],
    rule('accept', 2, 2, 151),
  ]);
  expect(rowsOf(series)).toEqual([
    '0: 100.0 accepted',
    '1: 150.0 jump',
    '2: 151.0 accepted',
    '3: 152.0 accepted',
  ]);
  expect(tally).toEqual({ accepted: 3, jump: 1 });
  expect(changed.at(-1)).toEqual({ fromMs: ms(0), toMs: ms(3) });
});

test('an accepted reading below the last accepted one waits until that is rejected', () => {
  const steps: Step[] = [[0, 100], [10, 110], [20, 102], rule('accept', 2, 20, 102)];
  const before = judge(steps);
  expect(rowsOf(before.series)[2]).toBe('20: 102.0 rollback');
  expect(before.changed.at(-1)).toBeNull();
  const after = judge([...steps, rule('reject', 1, 10, 110)]);
  expect(rowsOf(after.series)).toEqual(['0: 100.0 accepted', '10: 110.0 rejected', '20: 102.0 accepted']);
  expect(after.tally).toEqual({ accepted: 2, rejected: 1 });
});

test('a rejected reading is not the first of its instant, and its rejection stands', () => {
  const { series } = judge([
    rule('accept', 2, 10, 105),
    rule('reject', 2, 10, 105),
    [10, 105],
    [10, 101, SOURCE_RANK.tracker_gps],
    [0, 100],
  ]);
  expect(rowsOf(series)).toEqual(['0: 100.0 accepted', '10: 105.0 rejected', '10: 101.0 accepted']);
});

test('of two readings of one instant the one that people accept counts', () => {
  const { series } = judge([[0, 100], [10, 105], [10, 101, SOURCE_RANK.manual], rule('accept', 2, 10, 101)]);
  expect(rowsOf(series)).toEqual(['0: 100.0 accepted', '10: 105.0 conflict', '10: 101.0 accepted']);
});

test('rejecting the opening lets the series begin with the next one signed', () => {
  const { series, tally } = judge([
    sign(10, 200, SOURCE_RANK.handover),
    [20, 101],
    rule('reject', NO_POSITION, 10, 200),
    sign(12, 100, SOURCE_RANK.handover),
  ]);
  expect(rowsOf(series)).toEqual(['10: 200.0 rejected', '12: 100.0 accepted', '20: 101.0 accepted']);
  expect(tally).toEqual({ accepted: 1 });
});

test('a closing handover and a value entered by hand count like readings and are no readings received', () => {
  const closing = sign(30, 112, SOURCE_RANK.handover);
  const { series, tally } = judge([[0, 100], [10, 105], closing, closing, sign(20, 110, SOURCE_RANK.manual)]);
  expect(rowsOf(series)).toEqual([
    '0: 100.0 superseded',
    '10: 105.0 superseded',
    '20: 110.0 superseded',
    '30: 112.0 accepted',
  ]);
  const opened = judge([
    sign(0, 99, SOURCE_RANK.handover),
    [10, 105],
    closing,
    sign(20, 500, SOURCE_RANK.manual),
  ]);
  expect(rowsOf(opened.series)).toEqual([
    '0: 99.0 accepted',
    '10: 105.0 accepted',
    '20: 500.0 jump',
    '30: 112.0 accepted',
  ]);
  expect([tally, opened.tally]).toEqual([{ superseded: 2 }, { accepted: 1 }]);
});

test('a decision that is there already changes nothing', () => {
  const steps: Step[] = [[0, 100], [10, 105], [20, 3], epoch(15, 107, 2), rule('reject', 1, 10, 105)];
  const twice = judge([...steps, epoch(15, 107, 2), rule('reject', 1, 10, 105)]);
  expect(twice.changed.slice(-2)).toEqual([null, null]);
  expect(rowsOf(twice.series)).toEqual(rowsOf(judge(steps).series));
});

test('a feed without reading times: a replacement, known late, counts what the new instrument said since', () => {
  const { series, tally } = judge(
    [[0, 100], [10, 105], [20, 3], [20.5, 3.4], [30, 8], epoch(15, 107, 2), [40, 8], [50, 9]],
    true,
  );
  expect(rowsOf(series)).toEqual([
    '0: 100.0 accepted',
    '10: 105.0 accepted',
    '15: 107.0 accepted',
    '20: 108.0 accepted',
    '20.5: 108.4 accepted',
    '30: 113.0 accepted',
    '50: 114.0 accepted',
  ]);
  expect(tally).toEqual({ accepted: 6, repeat: 1 });
});

test('a feed without reading times: rulings count, before or after their reading', () => {
  const readings: Step[] = [
    [0, 100],
    [1, 150],
    [2, 160],
    [3, 170],
  ];
  const expected = ['0: 100.0 accepted', '1: 150.0 jump', '2: 160.0 accepted', '3: 170.0 rejected'];
  const late = judge([...readings, rule('accept', 2, 2, 160), rule('reject', 3, 3, 170)], true);
  expect(rowsOf(late.series)).toEqual(expected);
  const early = judge([rule('accept', 4, 2, 160), rule('reject', 5, 3, 170), ...readings], true);
  expect(rowsOf(early.series)).toEqual(expected);
  expect(early.tally).toEqual({ accepted: 2, jump: 1, rejected: 1 });
});

test('a backlog goes on from a reading that people accepted, over the time of the silence', () => {
  const { series } = judge(
    [[0, 100], [60, 130], [60.1, 900], [60.2, 935], [60.3, 1_200], rule('accept', 2, 60.1, 900)],
    true,
  );
  expect(rowsOf(series)).toEqual([
    '0: 100.0 accepted',
    '60: 130.0 accepted',
    '60.1: 900.0 accepted',
    '60.2: 935.0 accepted',
    '60.3: 1200.0 jump',
  ]);
});

test('a tracker’s rows move to a series with epochs of its own; what people decided stays where it was', () => {
  const from = judge([[0, 100], [10, 105], [20, 3], epoch(15, 107, 2)]).series;
  const counts: Record<string, number> = {};
  const tally = (status: ReadingStatus, change: number): void => {
    counts[status] = (counts[status] ?? 0) + change;
  };
  const taken = takeTrackerRows(from, DEFAULT_LIMITS, tally);
  expect(counts).toEqual({ accepted: -3 });
  expect(taken.map(({ row }) => row.micrometres)).toEqual([100, 105, 3].map(micrometres));
  expect([rowsOf(from), isEmpty(from)]).toEqual([['15: 107.0 accepted'], false]);

  const to = judge([epoch(5, 101, 101)]).series;
  const changed = addRows(to, [...taken, ...taken], DEFAULT_LIMITS, tally);
  expect(rowsOf(to)).toEqual([
    '0: 100.0 accepted',
    '5: 101.0 accepted',
    '10: 105.0 accepted',
    '20: 3.0 rollback',
  ]);
  expect(counts).toEqual({ accepted: -1, rollback: 1, superseded: 0 });
  expect(changed).toEqual({ fromMs: ms(0), toMs: ms(10) });
  takeTrackerRows(to, DEFAULT_LIMITS, tally);
  expect(addRows(from, taken, DEFAULT_LIMITS, tally)).not.toBeNull();
  expect(rowsOf(from)[3]).toBe('20: 108.0 accepted');
  expect(isEmpty(newSeries(true))).toBe(true);
});
