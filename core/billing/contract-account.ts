import { addDays, type LocalDay, localDayOf, startOfDayMs } from '../base/calendar.ts';
import { assert } from '../base/assert.ts';
import type { Decimal } from '../base/decimal.ts';
import type { BookContract } from '../protocol/book.ts';
import type { Amendment } from '../protocol/terms.ts';
import {
  type ContractAccount,
  type PeriodAccount,
  type UnitAccount,
  type UnitKey,
  unitKeyOf,
} from './account-shapes.ts';
import { billingPeriod, billingPeriodOf, type BillingPeriod } from './billing-period.ts';
import { exactContract, periodParts, termsOn } from './exact-contract.ts';
import { activeDaysOf, linesOf, settlePrices } from './price-units.ts';
import { minus, NO_PENCE, splitLines, sumOf } from './split-pence.ts';

export function openContractAccount(contract: BookContract, operatorName: string): ContractAccount {
  const account: ContractAccount = {
    contract,
    exact: exactContract(contract),
    operatorName,
    ...dayBounds(contract, contract.start),
    assigned: new Map(),
    tenthsByDay: new Map(),
    periods: new Map(),
    ahead: [],
    openDayTenths: new Map(),
  };
  openPeriod(account, billingPeriodOf(contract.anchor, contract.start));
  return account;
}

/** The open day and its instants. */
export function dayBounds(
  contract: BookContract,
  openDay: LocalDay,
): Pick<ContractAccount, 'openDay' | 'openDayStartMs' | 'openDayEndMs'> {
  return {
    openDay,
    openDayStartMs: startOfDayMs(openDay, contract.timezone),
    openDayEndMs: startOfDayMs(addDays(openDay, 1), contract.timezone),
  };
}

/** A vehicle is in the contract from one instant to another (Infinity while it goes on). */
export function assignVehicle(
  account: ContractAccount,
  slot: number,
  vehicle: string,
  fromMs: number,
  toMs: number,
): void {
  const { timezone } = account.contract;
  const known = account.assigned.get(slot) ?? { vehicle, spans: [] };
  known.spans.push({
    fromDay: localDayOf(fromMs, timezone),
    toDay: Number.isFinite(toMs) ? localDayOf(toMs, timezone) : null,
  });
  account.assigned.set(slot, known);
  for (const period of account.periods.values()) openUnits(account, period);
}

/** New terms from a local day on. Periods that are final stay as they were priced; `daysOfSlot` gives a vehicle's tenths. */
export function amendContract(
  account: ContractAccount,
  amendment: Amendment,
  daysOfSlot: (slot: number) => Iterable<{ readonly day: LocalDay; readonly tenths: number }>,
): void {
  const { contract } = account;
  account.contract = { ...contract, amendments: [...(contract.amendments ?? []), amendment] };
  account.exact = exactContract(account.contract);
  const open = [...account.periods.values()].filter(({ isFinal }) => !isFinal);
  for (const period of open) {
    period.parts = periodParts(account.exact, period.period);
    period.units.clear();
    period.stale.clear();
    period.price = NO_PENCE;
    openUnits(account, period);
  }
  for (const slot of account.assigned.keys()) {
    for (const { day, tenths } of daysOfSlot(slot)) {
      // Days without distance are kept also from outside the contract.
      if (tenths === 0) continue;
      const period = open.find((each) => day >= each.period.startDay && day < each.period.endDay);
      if (period !== undefined && day <= account.openDay) addToUnit(account, period, slot, day, tenths);
    }
  }
}

/** A vehicle's day came to `change` tenths more (or less) than thought. */
export function addTenths(account: ContractAccount, slot: number, day: LocalDay, change: number): void {
  account.tenthsByDay.set(day, (account.tenthsByDay.get(day) ?? 0) + change);
  if (day > account.openDay) account.ahead.push({ slot, day, tenths: change });
  else takeTenths(account, slot, day, change);
}

/** Distance of a day that has begun. */
export function takeTenths(account: ContractAccount, slot: number, day: LocalDay, change: number): void {
  const key = unitKeyOf(account, slot);
  if (day === account.openDay) account.openDayTenths.set(key, (account.openDayTenths.get(key) ?? 0) + change);
  addToUnit(account, periodAccountOf(account, day), slot, day, change);
  if (account.exact.targetTenths === null) return;
  // What counts towards the target before a period decides its charge.
  for (const later of account.periods.values()) if (later.period.startDay > day) later.stale.add(key);
}

function addToUnit(
  account: ContractAccount,
  period: PeriodAccount,
  slot: number,
  day: LocalDay,
  change: number,
): void {
  const key = unitKeyOf(account, slot);
  const unit = period.units.get(key) ?? openUnit(period, key);
  const part = period.parts.findIndex(({ fromDay, toDay }) => day >= fromDay && day < toDay);
  assert(part >= 0, () => `${day} is a day of contract ${account.contract.id}`);
  unit.tenthsByPart[part] = (unit.tenthsByPart[part] ?? 0) + change;
  period.stale.add(key);
}

/** The period a day is in, opened when it was not yet. */
export function periodAccountOf(account: ContractAccount, day: LocalDay): PeriodAccount {
  return knownPeriod(account, day) ?? openPeriod(account, billingPeriodOf(account.contract.anchor, day));
}

function knownPeriod({ periods }: ContractAccount, day: LocalDay): PeriodAccount | null {
  for (const known of periods.values())
    if (day >= known.period.startDay && day < known.period.endDay) return known;
  return null;
}

function openPeriod(account: ContractAccount, period: BillingPeriod): PeriodAccount {
  const opened = emptyPeriod(account, period);
  account.periods.set(period.index, opened);
  return opened;
}

function emptyPeriod(account: ContractAccount, period: BillingPeriod): PeriodAccount {
  const empty: PeriodAccount = {
    period,
    parts: periodParts(account.exact, period),
    units: new Map(),
    stale: new Set(),
    price: NO_PENCE,
    held: NO_PENCE,
    isFinal: false,
  };
  openUnits(account, empty);
  return empty;
}

/** Who may owe a standing charge or a minimum is charged although nothing was driven. */
function openUnits(account: ContractAccount, period: PeriodAccount): void {
  if (period.parts.length === 0) return;
  for (const slot of account.assigned.keys()) {
    const key = unitKeyOf(account, slot);
    if (!period.units.has(key) && activeDaysOf(account, period, key, null) > 0) openUnit(period, key);
  }
}

function openUnit(period: PeriodAccount, key: UnitKey): UnitAccount {
  const opened: UnitAccount = { tenthsByPart: period.parts.map(() => 0), price: NO_PENCE };
  period.units.set(key, opened);
  period.stale.add(key);
  return opened;
}

/** Priced so far and not yet posted, over all periods that are not final: the live part of the accrual. */
export function unpostedPence(account: ContractAccount): number {
  settlePrices(account);
  let pence = 0;
  for (const { price, held, isFinal } of account.periods.values())
    if (!isFinal) pence += sumOf(minus(price, held));
  return pence;
}

/** Everything the contract's days came to, posted or not, invoiced or not. */
export function pricedPence(account: ContractAccount): number {
  settlePrices(account);
  let pence = 0;
  for (const { price } of account.periods.values()) pence += sumOf(price);
  return pence;
}

/** What the open day's miles add to the price of their period so far. */
export function openDayPence(account: ContractAccount): number {
  let pence = 0;
  const period = knownPeriod(account, account.openDay);
  if (period === null) return 0;
  for (const [key, tenths] of account.openDayTenths) {
    const unit = period.units.get(key);
    if (unit === undefined || tenths === 0) continue;
    const part = period.parts.findIndex(
      ({ fromDay, toDay }) => account.openDay >= fromDay && account.openDay < toDay,
    );
    const without = unit.tenthsByPart.with(part, (unit.tenthsByPart[part] ?? 0) - tenths);
    const priceOf = (tenthsByPart: number[]): number =>
      sumOf(splitLines(linesOf(account, period, key, { tenthsByPart })));
    pence += priceOf(unit.tenthsByPart) - priceOf(without);
  }
  return pence;
}

export function billedTenths(account: ContractAccount): number {
  let tenths = 0;
  for (const each of account.tenthsByDay.values()) tenths += each;
  return tenths;
}

/** The rate a day's first mile has: what a vehicle's day is shown at. What is charged, the period's lines say. */
export function firstRateOn(
  account: ContractAccount,
  day: LocalDay,
): { readonly text: string; readonly value: Decimal } {
  const [first] = termsOn(account.exact, day).tiers;
  assert(first !== undefined, 'terms have a rate');
  return first.rate;
}

/** The period of an index, to look at: one that was not opened yet is empty, and is not kept, for looking changes nothing. */
export function periodOf(account: ContractAccount, index: number): PeriodAccount {
  return account.periods.get(index) ?? emptyPeriod(account, billingPeriod(account.contract.anchor, index));
}

/** The period of an index, to be written to. */
export function openedPeriod(account: ContractAccount, index: number): PeriodAccount {
  return account.periods.get(index) ?? openPeriod(account, billingPeriod(account.contract.anchor, index));
}
