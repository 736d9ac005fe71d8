import { expect, test } from 'vitest';
import { aFault, NEW_YEAR_MS } from '../stand-in/a-fault.ts';
import { clockFaultAt, type ClockError, shownMs } from './tracker-clock.ts';

const SWITCHED_ON_MS = NEW_YEAR_MS - 3_600_000;
const shown = (error: ClockError, atMs = NEW_YEAR_MS): string =>
  new Date(shownMs(error, atMs, SWITCHED_ON_MS)).toISOString();

test('each way a clock can be wrong', () => {
  expect(shown({ kind: 'skew', offsetMs: -2_000 })).toBe('2025-12-31T23:59:58.000Z');
  // Counted from 1970, since the tracker was switched on an hour ago.
  expect(shown({ kind: 'unset' })).toBe('1970-01-01T01:00:00.000Z');
  // 1024 weeks before.
  expect(shown({ kind: 'week-rollover' })).toBe('2006-05-18T00:00:00.000Z');
  expect(shown({ kind: 'zone', timeZone: 'America/Montevideo' })).toBe('2025-12-31T21:00:00.000Z');
});

test('a clock that takes local time for UTC shows one hour twice when summer ends', () => {
  const zone = { kind: 'zone', timeZone: 'Europe/London' } as const;
  const autumn = Date.parse('2026-10-25T00:30:00Z');
  expect([autumn, autumn + 3_600_000].map((atMs) => shown(zone, atMs))).toEqual([
    '2026-10-25T01:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ]);
});

test('a fault names the error, and holds only for its time', () => {
  const at = NEW_YEAR_MS + 20_000;
  const named = (params: Record<string, string | number>): ClockError | null =>
    clockFaultAt([aFault('clock-skew', { params })], at, 'Europe/London');
  expect(named({ seconds: -90 })).toEqual({ kind: 'skew', offsetMs: -90_000 });
  expect(named({})).toEqual({ kind: 'skew', offsetMs: 300_000 });
  expect(named({ kind: '1970' })).toEqual({ kind: 'unset' });
  expect(named({ kind: 'gps-week' })).toEqual({ kind: 'week-rollover' });
  expect(named({ kind: 'zone' })).toEqual({ kind: 'zone', timeZone: 'Europe/London' });
  expect(clockFaultAt([aFault('clock-skew', { toMs: at })], at, 'Europe/London')).toBeNull();
});
