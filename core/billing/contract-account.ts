import { addDays, type LocalDay, startOfDayMs } from '../base/calendar.ts';
import { assert, must } from '../base/assert.ts';
import { type Decimal, parseDecimal } from '../base/decimal.ts';
import { pricePence } from '../base/money.ts';
import { ACCOUNT, type EntrySet } from '../ledger/ledger.ts';
import type { BookContract } from '../protocol/book.ts';
import { billingPeriodOf, type BillingPeriod } from './billing-period.ts';

/**
 * What a contract owes so far: its tenths by day and by period, and what account 1110 already holds of them.
 *
 * Invariant: a period's tenths are the sum of its days'. First light knows one flat rate a contract.
 */
export interface ContractAccount {
  readonly contract: BookContract;
  readonly operatorName: string;
  readonly rate: Decimal;
  /** The day not accrued yet, and the instants it starts and ends at. */
  openDay: LocalDay;
  openDayStartMs: number;
  openDayEndMs: number;
  readonly tenthsByDay: Map<LocalDay, number>;
  readonly periods: Map<number, PeriodAccount>;
}

export interface PeriodAccount {
  readonly period: BillingPeriod;
  tenths: number;
  /** What 1110 holds for this contract and period. */
  heldPence: number;
}

export function openContractAccount(contract: BookContract, operatorName: string): ContractAccount {
  const rate = parseDecimal(must(contract.terms.tiers[0], 'a contract has a rate').rate);
  assert(rate.ok, () => `contract ${contract.id}: the book's schema admits decimal rates only`);
  return {
    contract,
    operatorName,
    rate: rate.value,
    ...dayBounds(contract, contract.start),
    tenthsByDay: new Map(),
    periods: new Map(),
  };
}

function dayBounds(
  contract: BookContract,
  openDay: LocalDay,
): Pick<ContractAccount, 'openDay' | 'openDayStartMs' | 'openDayEndMs'> {
  return {
    openDay,
    openDayStartMs: startOfDayMs(openDay, contract.timezone),
    openDayEndMs: startOfDayMs(addDays(openDay, 1), contract.timezone),
  };
}

/** A vehicle's day came to `change` tenths more (or less) than thought. */
export function addTenths(account: ContractAccount, day: LocalDay, change: number): void {
  account.tenthsByDay.set(day, (account.tenthsByDay.get(day) ?? 0) + change);
  periodAccountOf(account, day).tenths += change;
}

function periodAccountOf(account: ContractAccount, day: LocalDay): PeriodAccount {
  for (const known of account.periods.values()) {
    if (day >= known.period.startDay && day < known.period.endDay) return known;
  }
  const period = billingPeriodOf(account.contract.anchor, day);
  const opened = { period, tenths: 0, heldPence: 0 };
  account.periods.set(period.index, opened);
  return opened;
}

/** Priced so far and not yet posted, over all periods: the live part of the accrual. */
export function unpostedPence(account: ContractAccount): number {
  let pence = 0;
  for (const { tenths, heldPence } of account.periods.values())
    pence += pricePence(tenths, account.rate) - heldPence;
  return pence;
}

/** Everything the contract's miles came to, posted or not. */
export function pricedPence(account: ContractAccount): number {
  let pence = 0;
  for (const { tenths } of account.periods.values()) pence += pricePence(tenths, account.rate);
  return pence;
}

/** What the open day's miles add to the price of their period so far. */
export function openDayPence(account: ContractAccount): number {
  const tenths = account.tenthsByDay.get(account.openDay) ?? 0;
  if (tenths === 0) return 0;
  const period = periodAccountOf(account, account.openDay);
  return pricePence(period.tenths, account.rate) - pricePence(period.tenths - tenths, account.rate);
}

export function billedTenths(account: ContractAccount): number {
  let tenths = 0;
  for (const period of account.periods.values()) tenths += period.tenths;
  return tenths;
}

/**
 * Ends the open day at its local midnight: the price of each period's distance up to that midnight, less what 1110 holds
 * for it (which may be negative when evidence was withdrawn), becomes one balanced set a period. Then the next day opens.
 */
export function closeDay(account: ContractAccount): Omit<EntrySet, 'previousHash' | 'hash'>[] {
  const { contract, openDay, openDayEndMs } = account;
  const sets: Omit<EntrySet, 'previousHash' | 'hash'>[] = [];
  for (const period of account.periods.values()) {
    const pence = pricePence(tenthsUpTo(account, period, openDay), account.rate) - period.heldPence;
    if (pence === 0) continue;
    period.heldPence += pence;
    sets.push({
      id: `accrual:${contract.id}:${period.period.startDay}:${openDay}`,
      event: 'accrual',
      contract: contract.id,
      valueDay: openDay,
      postedAtMs: openDayEndMs,
      actor: 'system',
      entries: [
        { account: ACCOUNT.accruedIncome(contract.id), pence },
        { account: ACCOUNT.mileageIncome, pence: -pence },
      ],
    });
  }
  Object.assign(account, dayBounds(contract, addDays(openDay, 1)));
  return sets;
}

/** Trackers' clocks may run minutes ahead, so a few tenths can already belong to the day after the one that closes. */
function tenthsUpTo(account: ContractAccount, { period, tenths }: PeriodAccount, lastDay: LocalDay): number {
  let later = 0;
  for (const [day, dayTenths] of account.tenthsByDay) {
    if (day > lastDay && day >= period.startDay && day < period.endDay) later += dayTenths;
  }
  return tenths - later;
}
