import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InvestorDay, InvestorSeries } from '../../../core/protocol/link.ts';
import { actualShare, chartPoints, chartSentence } from './chart-points.ts';

const day = (name: string, more: Partial<InvestorDay> = {}): InvestorDay => ({
  day: name,
  vehicles: 10,
  milesTenths: 10_000,
  expectedMilesTenths: 12_000,
  revenuePence: 30_000,
  expectedRevenuePence: 36_000,
  isOpen: false,
  ...more,
});
const series = (days: InvestorDay[]): InvestorSeries => ({
  facility: 'Facility A',
  currency: 'GBP',
  asOfMs: 0,
  vehicles: 10,
  vehiclesReporting: 10,
  accruedPence: 0,
  unpostedPence: 0,
  todayPence: 0,
  days,
});

test('a day nothing is known of is a gap, and the open day is a series of its own', () => {
  const points = chartPoints(
    [day('2026-11-19'), day('2026-11-22', { isOpen: true, revenuePence: 1_234 })],
    'revenue',
  );
  expect(points).toHaveLength(8);
  expect(points[0]).toEqual({ day: '2026-11-15', closed: null, open: null, expected: null });
  expect(points.slice(-4)).toEqual([
    { day: '2026-11-19', closed: 300, open: null, expected: 360 },
    { day: '2026-11-20', closed: null, open: null, expected: null },
    { day: '2026-11-21', closed: null, open: null, expected: null },
    { day: '2026-11-22', closed: null, open: 12.34, expected: 360 },
  ]);
});

test('miles have their own numbers, and no days give no points', () => {
  expect(chartPoints([day('2026-11-22')], 'miles').at(-1)).toEqual({
    day: '2026-11-22',
    closed: 1_000,
    open: null,
    expected: 1_200,
  });
  expect(chartPoints([], 'miles')).toEqual([]);
});

test('the axis runs day by day without a hole, over leap days and changes of the clock', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 400 }), (start, length) => {
      const at = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
      const points = chartPoints([day(at(start)), day(at(start + length))], 'revenue');
      const shown = points.slice(-(length + 1)).map((point) => point.day);
      expect(shown).toEqual(Array.from({ length: length + 1 }, (_, i) => at(start + i)));
    }),
  );
});

test('actual against expected counts closed days only', () => {
  expect(actualShare([day('2026-11-20'), day('2026-11-21', { isOpen: true, revenuePence: 1 })])).toBeCloseTo(
    300 / 360,
  );
  expect(actualShare([day('2026-11-21', { isOpen: true })])).toBeNull();
});

test('a sentence says what the chart shows', () => {
  const open = day('2026-11-22', { isOpen: true });
  expect(chartSentence(series([day('2026-11-20'), day('2026-11-21'), open]), 'revenue')).toBe(
    'Sun 22 Nov stands at £300.00 so far, provisional, of £360.00 expected for the whole day. ' +
      'The 2 closed days came to 83.3 % of what was expected.',
  );
  expect(chartSentence(series([open]), 'miles')).toBe(
    'Sun 22 Nov stands at 1,000.0 mi so far, provisional, of 1,200.0 mi expected for the whole day.',
  );
  expect(chartSentence(series([day('2026-11-22')]), 'miles')).toBe(
    'Sun 22 Nov closed at 1,000.0 mi, expected 1,200.0 mi.',
  );
  expect(chartSentence(series([]), 'miles')).toBe('No day has been metered yet.');
});
