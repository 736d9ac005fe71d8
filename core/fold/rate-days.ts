import { assert } from '../base/assert.ts';
import { addDays, type LocalDay, localDayOf, startOfDayMs } from '../base/calendar.ts';
import { wholeTenths } from '../base/distance.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import { addTenths } from '../billing/contract-account.ts';
import type { ChangedSpan } from '../metering/series-change.ts';
import type { ReadingArchive } from '../metering/reading-archive.ts';
import type { Series } from '../metering/series.ts';
import { odometerThrough } from '../metering/thin-series.ts';
import { dayIndex } from './vehicle-days.ts';
import type { Assignment, VehicleState, World } from './world.ts';

/**
 * Rules M8, M9: after M(t) changed between two instants, the billable tenths of every local day it touches, on every
 * contract the vehicle was assigned to then, are worked out again; contracts gain or lose just the difference.
 */
export function rateDays(
  world: World,
  vehicle: VehicleState,
  series: Series,
  span: NonNullable<ChangedSpan>,
): void {
  // A contract the vehicle was assigned to twice is rated twice, to the same end.
  for (const { contract } of vehicle.assignments) {
    const account = world.contracts[contract];
    assert(account !== undefined, 'an assignment names a contract of the book');
    if (span.fromMs >= account.openDayStartMs && span.toMs < account.openDayEndMs) {
      rateDay(world, vehicle, series, contract, account, account.openDay);
      continue;
    }
    const zone = account.contract.timezone;
    const lastDay = localDayOf(span.toMs, zone);
    for (let day = localDayOf(span.fromMs, zone); day <= lastDay; day = addDays(day, 1)) {
      rateDay(world, vehicle, series, contract, account, day);
    }
  }
}

function rateDay(
  world: World,
  vehicle: VehicleState,
  series: Series,
  contract: number,
  account: ContractAccount,
  day: LocalDay,
): void {
  let tenths = 0;
  for (const assignment of vehicle.assignments) {
    if (assignment.contract !== contract) continue;
    const { fromMs, toMs } = billableBounds(account, assignment, day);
    if (fromMs < toMs) tenths += tenthsBetween(series, fromMs, toMs, account.contract.unit, world.archive);
  }
  const { days, slot } = vehicle;
  const index = openIndex(vehicle, contract, day);
  const before = days.tenths[index] ?? 0;
  if (tenths === before) return;
  addTenths(account, slot, day, tenths - before);
  days.tenths[index] = tenths;
  if (days.isUnsaved[index] === 1) return;
  days.isUnsaved[index] = 1;
  world.unsaved.days.push({ slot, index });
}

/** The part of a local day that an assignment covers, in epoch milliseconds. */
export function billableBounds(
  account: ContractAccount,
  assignment: Assignment,
  day: LocalDay,
): { readonly fromMs: number; readonly toMs: number } {
  const isOpen = day === account.openDay;
  const zone = account.contract.timezone;
  const startMs = isOpen ? account.openDayStartMs : startOfDayMs(day, zone);
  const endMs = isOpen ? account.openDayEndMs : startOfDayMs(addDays(day, 1), zone);
  return { fromMs: Math.max(startMs, assignment.fromMs), toMs: Math.min(endMs, assignment.toMs) };
}

/** Rule M8: floor of the cumulative value at the end less floor at the start. */
export function tenthsBetween(
  series: Series,
  fromMs: number,
  toMs: number,
  unit: 'mi' | 'km',
  archive: ReadingArchive | null,
): number {
  const start = odometerThrough(series, fromMs, archive);
  const end = odometerThrough(series, toMs, archive);
  if (start === null || end === null) return 0;
  return wholeTenths(end, unit) - wholeTenths(start, unit);
}

function openIndex(vehicle: VehicleState, contract: number, day: LocalDay): number {
  const open = vehicle.openDay;
  if (open !== null && open.contract === contract && open.day === day) return open.index;
  const index = dayIndex(vehicle.days, contract, day);
  vehicle.openDay = { contract, day, index };
  return index;
}
