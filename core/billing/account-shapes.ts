import type { LocalDay } from '../base/calendar.ts';
import type { BookContract } from '../protocol/book.ts';
import type { BillingPeriod } from './billing-period.ts';
import type { ExactContract, PeriodPart } from './exact-contract.ts';
import type { SplitPence } from './split-pence.ts';

/**
 * What a contract owes so far: its tenths by day, by period and by who is charged, their price, and what account 1110
 * already holds of it.
 *
 * Invariant: a period's tenths are the sum of its days', and its price is that of its units, once `settlePrices` ran.
 */
export interface ContractAccount {
  /** As agreed, amendments included. */
  contract: BookContract;
  exact: ExactContract;
  readonly operatorName: string;
  /** The day not accrued yet, and the instants it starts and ends at. */
  openDay: LocalDay;
  openDayStartMs: number;
  openDayEndMs: number;
  /** The vehicles that were ever assigned, by slot, with their days. */
  readonly assigned: Map<number, AssignedVehicle>;
  readonly tenthsByDay: Map<LocalDay, number>;
  readonly periods: Map<number, PeriodAccount>;
  /** Distance of days after the open one: trackers' clocks may run minutes ahead. */
  ahead: { readonly slot: number; readonly day: LocalDay; readonly tenths: number }[];
  /** Distance of the open day by who is charged. */
  readonly openDayTenths: Map<UnitKey, number>;
}

export interface AssignedVehicle {
  readonly vehicle: string;
  /** Local days, the last one not included; null while it goes on. */
  readonly spans: { readonly fromDay: LocalDay; readonly toDay: LocalDay | null }[];
}

/** A vehicle's slot, or `POOL` where all are charged together. */
export type UnitKey = number;
export const POOL: UnitKey = -1;

export interface PeriodAccount {
  readonly period: BillingPeriod;
  parts: readonly PeriodPart[];
  readonly units: Map<UnitKey, UnitAccount>;
  /** Units whose price is not up to date. */
  readonly stale: Set<UnitKey>;
  /** The period so far, priced. */
  price: SplitPence;
  /** What 1110 holds for this contract and period, by the income account on its other side. */
  held: SplitPence;
  /** An invoice was issued; from then on changes are corrections and are not accrued. */
  isFinal: boolean;
}

export interface UnitAccount {
  readonly tenthsByPart: number[];
  price: SplitPence;
}

export function unitKeyOf({ contract }: ContractAccount, slot: number): UnitKey {
  return contract.scope === 'vehicle' ? slot : POOL;
}
