import { addDays, daysBetween, type LocalDay } from '../base/calendar.ts';
import type { PrintedLine } from '../protocol/document.ts';
import {
  type ContractAccount,
  type PeriodAccount,
  POOL,
  type UnitAccount,
  type UnitKey,
} from './account-shapes.ts';
import { activeSpan, periodDays } from './exact-contract.ts';
import { type ChargedUnit, ratePeriod } from './rate-period.ts';
import { minus, plus, splitLines } from './split-pence.ts';

/** Brings the prices of every period up to date; cheap when nothing changed since. */
export function settlePrices(account: ContractAccount): void {
  for (const period of account.periods.values()) {
    for (const key of period.stale) {
      const unit = period.units.get(key);
      if (unit === undefined) continue;
      const price = splitLines(linesOf(account, period, key, unit));
      period.price = plus(period.price, minus(price, unit.price));
      unit.price = price;
    }
    period.stale.clear();
  }
}

/** A unit's printed lines for a period as it stands. */
export function linesOf(
  account: ContractAccount,
  period: PeriodAccount,
  key: UnitKey,
  unit: Pick<UnitAccount, 'tenthsByPart'>,
): PrintedLine[] {
  const charged: ChargedUnit = {
    vehicle: key === POOL ? null : (account.assigned.get(key)?.vehicle ?? null),
    tenthsByPart: unit.tenthsByPart,
    tenthsBefore: account.exact.targetTenths === null ? 0 : tenthsBefore(account, period, key),
    activeDays: activeDaysOf(account, period, key, null),
    elapsedDays: activeDaysOf(account, period, key, account.openDay),
  };
  return ratePeriod(account.exact, period.parts, periodDays(period.period), [charged]);
}

function tenthsBefore(account: ContractAccount, { period }: PeriodAccount, key: UnitKey): number {
  let tenths = 0;
  for (const before of account.periods.values()) {
    if (before.period.index < period.index) tenths += tenthsOf(before.units.get(key));
  }
  return tenths;
}

/** A unit's distance in its period. */
export function tenthsOf(unit: UnitAccount | undefined): number {
  return unit === undefined ? 0 : unit.tenthsByPart.reduce((sum, tenths) => sum + tenths, 0);
}

/** The period as it stands, line by line: the pool's, or each vehicle's in the order of their names. */
export function periodLines(account: ContractAccount, period: PeriodAccount): PrintedLine[] {
  return [...period.units]
    .map(([key, unit]) => ({ name: account.assigned.get(key)?.vehicle ?? '', key, unit }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ key, unit }) => linesOf(account, period, key, unit));
}

export function periodTenths(period: PeriodAccount): number {
  let tenths = 0;
  for (const unit of period.units.values()) tenths += tenthsOf(unit);
  return tenths;
}

/** Rule B2, for a vehicle charged by itself the days it was assigned; up to and including `lastDay` when given. */
export function activeDaysOf(
  account: ContractAccount,
  { period }: PeriodAccount,
  key: UnitKey,
  lastDay: LocalDay | null,
): number {
  const span = activeSpan(account.exact, period);
  if (span === null) return 0;
  const end = lastDay === null ? span.toDay : earlier(span.toDay, addDays(lastDay, 1));
  if (key === POOL) return Math.max(0, daysBetween(span.fromDay, end));
  let days = 0;
  // A day counts once, however often the vehicle came and went in it.
  let countedTo = span.fromDay;
  for (const { fromDay, toDay } of (account.assigned.get(key)?.spans ?? []).toSorted(byFirstDay)) {
    const from = fromDay > countedTo ? fromDay : countedTo;
    // Handed back on the day it came, it was there that day.
    const until = toDay === null ? end : earlier(end, toDay > fromDay ? toDay : addDays(fromDay, 1));
    if (from >= until) continue;
    days += daysBetween(from, until);
    countedTo = until;
  }
  return days;
}

function byFirstDay(a: { readonly fromDay: LocalDay }, b: { readonly fromDay: LocalDay }): number {
  return a.fromDay < b.fromDay ? -1 : 1;
}

function earlier(a: LocalDay, b: LocalDay): LocalDay {
  return a < b ? a : b;
}
