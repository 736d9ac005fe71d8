import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookContractSchema } from '../protocol/book.ts';
import { billingPeriodOf } from './billing-period.ts';
import { closeDay } from './close-day.ts';
import {
  addTenths,
  billedTenths,
  openDayPence,
  openContractAccount,
  pricedPence,
  unpostedPence,
} from './contract-account.ts';

const contract = (
  rate: string,
  start = '2026-03-01',
  anchor = '2026-03-01',
): ReturnType<typeof openContractAccount> =>
  openContractAccount(
    bookContractSchema.parse({
      id: 'C1',
      operator: 'north',
      timezone: 'Europe/London',
      unit: 'mi',
      anchor,
      start,
      assignments: [],
      terms: { tiers: [{ upTo: null, rate }] },
      underwriting: { milesPerMonth: 1_000 },
    }),
    'North Cabs',
  );

test('1,000 miles at 30p is £300.00', () => {
  const account = contract('30');
  addTenths(account, 0, '2026-03-01', 10_000);
  expect(unpostedPence(account)).toBe(30_000);
  expect(closeDay(account)).toEqual([
    {
      id: 'accrual:C1:2026-03-01:2026-03-01',
      event: 'accrual',
      subject: 'C1',
      contract: 'C1',
      valueDay: '2026-03-01',
      postedAtMs: Date.UTC(2026, 2, 2),
      actor: 'system',
      approver: null,
      corrects: null,
      entries: [
        { account: '1110:C1', pence: 30_000 },
        { account: '4000', pence: -30_000 },
      ],
    },
  ]);
  expect(unpostedPence(account)).toBe(0);
  expect(account.openDay).toBe('2026-03-02');
});

test('a day is accrued as the price of the period so far less what is held, so pennies never drift', () => {
  const account = contract('6.7');
  const posted: number[] = [];
  for (const day of ['2026-03-01', '2026-03-02', '2026-03-03']) {
    addTenths(account, 0, day, 5);
    posted.push(...closeDay(account).map((set) => set.entries[0]?.pence ?? 0));
  }
  expect(posted).toEqual([3, 4, 3]);
  expect(pricedPence(account)).toBe(10);
});

test('evidence that takes miles away accrues a negative set; a day without miles none', () => {
  const account = contract('30');
  addTenths(account, 0, '2026-03-01', 100);
  closeDay(account);
  expect(closeDay(account)).toEqual([]);
  addTenths(account, 0, '2026-03-01', -40);
  expect(closeDay(account).map((set) => set.entries)).toEqual([
    [
      { account: '1110:C1', pence: -120 },
      { account: '4000', pence: 120 },
    ],
  ]);
});

test('miles a tracker dates minutes into tomorrow are accrued tomorrow', () => {
  const account = contract('30');
  addTenths(account, 0, '2026-03-01', 100);
  addTenths(account, 0, '2026-03-02', 1);
  expect(closeDay(account).map((set) => set.entries[0]?.pence)).toEqual([300]);
  expect(closeDay(account).map((set) => set.entries[0]?.pence)).toEqual([3]);
});

test('a day at the change to summer time ends after 23 hours, and the period after 743', () => {
  const account = contract('30', '2026-03-29');
  expect((account.openDayEndMs - account.openDayStartMs) / 3_600_000).toBe(23);
  expect(billingPeriodOf('2026-03-01', '2026-03-29')).toEqual({
    index: 0,
    startDay: '2026-03-01',
    endDay: '2026-04-01',
  });
});

test('periods are counted from the anchor, the day clamped to the month (B1)', () => {
  const starts = [-1, 0, 1, 2, 3].map(
    (k) =>
      billingPeriodOf(
        '2026-01-31',
        ['2026-01-15', '2026-02-27', '2026-02-28', '2026-04-01', '2026-04-30'][k + 1] ?? '',
      ).startDay,
  );
  expect(starts).toEqual(['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
});

test('property: whatever the days hold, what is posted and unposted together is the price, once rounded', () => {
  const changes = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 70 }), tenths: fc.integer({ min: 0, max: 5_000 }) }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 9_999 }), (days, millipence) => {
      const account = contract((millipence / 100).toFixed(2));
      let postedPence = 0;
      for (const { day, tenths } of days) {
        addTenths(account, 0, new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10), tenths);
        for (const set of closeDay(account)) postedPence += set.entries[0]?.pence ?? 0;
      }
      expect(postedPence + unpostedPence(account)).toBe(pricedPence(account));
      expect(billedTenths(account)).toBe(days.reduce((sum, { tenths }) => sum + tenths, 0));
    }),
  );
});

test('today’s price is of today’s miles alone, whatever yesterday still leaves unposted', () => {
  const account = contract('30');
  addTenths(account, 0, '2026-03-01', 100);
  closeDay(account);
  addTenths(account, 0, '2026-03-01', 40);
  addTenths(account, 0, '2026-03-02', 10);
  expect(unpostedPence(account)).toBe(150);
  expect(openDayPence(account)).toBe(30);
});
