import { expect, test } from 'vitest';
import { dayInPeriod, daysAfter, lastDayOf, parseDay } from './day-fields.ts';

test('a day is one that the calendar has', () => {
  expect(['2026-03-31', ' 2028-02-29 ', '2026-02-29', '2026-2-9', '', '31.3.2026'].map(parseDay)).toEqual([
    '2026-03-31',
    '2028-02-29',
    null,
    null,
    null,
    null,
  ]);
});

test('a period ends on the day before its end', () => {
  const march = { startDay: '2026-03-01', endDay: '2026-04-01' };
  expect(lastDayOf(march)).toBe('2026-03-31');
  expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(
    ['2026-03-01', '2026-03-31', '2026-04-01', '2026-02-28', 'x'].map((day) => dayInPeriod(day, march)),
  ).toEqual(['2026-03-01', '2026-03-31', null, null, null]);
});
