import type { LocalDay } from '../base/calendar.ts';
import type { PrintedLine } from '../protocol/document.ts';
import { type ChargeLine, chargeUsage } from './charge-usage.ts';
import type { ExactContract, PeriodPart } from './exact-contract.ts';

/** Who is charged by itself: a vehicle, or the whole pool (rule B8), for which `vehicle` is null. */
export interface ChargedUnit {
  readonly vehicle: string | null;
  /** Distance in each part of the period, whole tenths. */
  readonly tenthsByPart: readonly number[];
  /** What it drove under the contract before the period. */
  readonly tenthsBefore: number;
  readonly activeDays: number;
  /** Of the active days, how many have begun: all, once the period is over. */
  readonly elapsedDays: number;
}

/** Rules B3 to B9: the printed lines of a period, unit by unit. `parts` are the period's, by terms. */
export function ratePeriod(
  contract: ExactContract,
  parts: readonly PeriodPart[],
  daysInPeriod: number,
  units: readonly ChargedUnit[],
): PrintedLine[] {
  return units.flatMap((unit) => rateUnit(contract, parts, daysInPeriod, unit));
}

function rateUnit(
  { targetTenths }: ExactContract,
  parts: readonly PeriodPart[],
  daysInPeriod: number,
  unit: ChargedUnit,
): PrintedLine[] {
  const lines: PrintedLine[] = [];
  let tenthsBefore = unit.tenthsBefore;
  parts.forEach(({ fromDay, toDay, terms }, i) => {
    const tenths = unit.tenthsByPart[i] ?? 0;
    const isSplit = parts.length > 1;
    const charged = chargeUsage(terms, {
      tenths,
      tenthsToTarget: targetTenths === null ? null : Math.max(0, targetTenths - tenthsBefore),
      isTargetReached: targetTenths !== null && unit.tenthsBefore >= targetTenths,
      // Rule B9: in a period that is split, nothing is prorated; only flat terms are split.
      proration: isSplit
        ? { activeDays: 1, periodDays: 1 }
        : { activeDays: unit.activeDays, periodDays: daysInPeriod },
      elapsedDays: isSplit ? 1 : unit.elapsedDays,
    });
    tenthsBefore += tenths;
    lines.push(...charged.map((line) => printed(line, unit.vehicle, fromDay, toDay)));
  });
  return lines;
}

function printed(
  { kind, tenths, rate, pence }: ChargeLine,
  vehicle: string | null,
  fromDay: LocalDay,
  toDay: LocalDay,
): PrintedLine {
  return { kind, vehicle, fromDay, toDay, tenths, ratePence: rate?.text ?? null, pence };
}
