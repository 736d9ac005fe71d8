import { expect, test } from 'vitest';
import { ageingParts, barPercents, dayRange, statementStart } from './operator-words.ts';

test('ageing has a part for each stretch of days, and bars against the largest', () => {
  const parts = ageingParts({
    currentPence: -500,
    days1To29Pence: 2_000,
    days30To59Pence: 500,
    days60To89Pence: 0,
    days90AndMorePence: 1_000,
  });
  expect(parts).toEqual([
    ['Not due yet', -500, false],
    ['1 to 29 days', 2_000, true],
    ['30 to 59 days', 500, true],
    ['60 to 89 days', 0, true],
    ['90 days and more', 1_000, true],
  ]);
  expect(barPercents(parts)).toEqual([0, 100, 25, 0, 50]);
  expect(barPercents(parts.map(([label, , act]) => [label, 0, act]))).toEqual([0, 0, 0, 0, 0]);
});

test('a statement begins three months before this one', () => {
  expect(['2026-11-27', '2026-03-31', '2026-01-01', '2028-04-30'].map(statementStart)).toEqual([
    '2026-08-01',
    '2025-12-01',
    '2025-10-01',
    '2028-01-01',
  ]);
});

test('two days make a range, the first before the last or the same', () => {
  expect(dayRange({ fromDay: ' 2026-03-01', toDay: '2026-03-01' })).toEqual({
    ok: true,
    value: { fromDay: '2026-03-01', toDay: '2026-03-01' },
  });
  expect(dayRange({ fromDay: '2026-03-02', toDay: '2026-03-01' })).toEqual({
    ok: false,
    error: 'The first day lies after the last: turn them round.',
  });
  expect(dayRange({ fromDay: '2026-02-30', toDay: '2026-03-01' })).toEqual({
    ok: false,
    error: 'Give two days to see the statement between them.',
  });
});
