import { addDays, daysInMonth, type LocalDay, startOfDayMs } from '../base/calendar.ts';
import type { BillingUnit } from '../base/distance.ts';
import { parseDecimal } from '../base/decimal.ts';
import { pricePence } from '../base/money.ts';
import type { InvestorDay, InvestorEntries } from '../protocol/link.ts';
import type { AssignmentRow, ContractRow, Store } from './store.ts';

/**
 * Miles and revenue a day beside what was underwritten: revenue is what the ledger posted to income for the day, plus,
 * on a contract's open day, what is priced and not yet posted; miles are the meter's. All in tenths of a mile.
 */
export function investorDays(store: Store): InvestorDay[] {
  const contracts = new Map(store.contracts().map((contract) => [contract.contract, contract]));
  const assignments = store.assignments();
  const income = new Map(store.incomeByDay().map(({ day, pence }) => [day, pence]));
  const openPence = new Map<LocalDay, number>();
  for (const { openDay, unpostedPence } of contracts.values()) {
    openPence.set(openDay, (openPence.get(openDay) ?? 0) + unpostedPence);
  }
  const days = new Map<LocalDay, { tenths: number; vehicles: number }>();
  for (const row of store.milesByDay()) {
    const sum = days.get(row.day) ?? { tenths: 0, vehicles: 0 };
    sum.tenths += milesTenths(row.tenths, contracts.get(row.contract)?.unit ?? 'mi');
    sum.vehicles += row.vehicles;
    days.set(row.day, sum);
  }
  return [...days.entries()].toSorted(byDay).map(([day, { tenths, vehicles }]) => ({
    day,
    vehicles,
    milesTenths: tenths,
    revenuePence: (income.get(day) ?? 0) + (openPence.get(day) ?? 0),
    isOpen: openPence.has(day),
    ...expectedOn(day, contracts, assignments),
  }));
}

function byDay(a: readonly [LocalDay, unknown], b: readonly [LocalDay, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** The underwriting case of a day: each vehicle on contract drives its month's miles evenly, at the contract's rate. */
function expectedOn(
  day: LocalDay,
  contracts: ReadonlyMap<string, ContractRow>,
  assignments: readonly AssignmentRow[],
): { expectedMilesTenths: number; expectedRevenuePence: number } {
  let expectedMilesTenths = 0;
  let expectedRevenuePence = 0;
  for (const [id, contract] of contracts) {
    const startMs = startOfDayMs(day, contract.timezone);
    const endMs = startOfDayMs(addDays(day, 1), contract.timezone);
    const vehicles = assignments.filter(
      (each) => each.contract === id && each.fromMs < endMs && each.toMs > startMs,
    ).length;
    const tenths = Math.round((vehicles * contract.milesPerMonth * 10) / daysInMonth(day));
    expectedMilesTenths += tenths;
    expectedRevenuePence += expectedPence(tenths, contract);
  }
  return { expectedMilesTenths, expectedRevenuePence };
}

function expectedPence(tenthsOfMile: number, contract: ContractRow): number {
  const rate = parseDecimal(contract.ratePence);
  if (!rate.ok) return 0;
  const billed = contract.unit === 'mi' ? tenthsOfMile : Math.round(tenthsOfMile * 1.609344);
  return pricePence(billed, rate.value);
}

function milesTenths(tenths: number, unit: BillingUnit): number {
  return unit === 'mi' ? tenths : Math.round(tenths / 1.609344);
}

/** What stands behind one point of the chart: ledger entries, the unposted part, and each vehicle's miles. */
export function investorEntries(store: Store, day: LocalDay): InvestorEntries {
  const contracts = store.contracts();
  const operators = new Map(contracts.map((contract) => [contract.contract, contract.operator]));
  const posted = store
    .entriesOfDay(day)
    .map((entry) => ({ ...entry, operator: operators.get(entry.contract) ?? entry.contract }));
  const unposted = contracts
    .filter((contract) => contract.openDay === day && contract.unpostedPence !== 0)
    .map((contract) => ({
      set: 'accruing',
      contract: contract.contract,
      operator: contract.operator,
      account: '4000',
      pence: -contract.unpostedPence,
      postedAtMs: null,
    }));
  const vehicles = store
    .vehicleDays(day)
    .map(({ vehicle, registration, tenths, pence }) => ({ vehicle, registration, tenths, pence }));
  return { day, entries: [...posted, ...unposted], vehicles };
}
