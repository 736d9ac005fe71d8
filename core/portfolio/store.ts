import type { LocalDay } from '../base/calendar.ts';
import type { BillingUnit } from '../base/distance.ts';
import type { EntrySet } from '../ledger/ledger.ts';

/**
 * The query side of the fold: rows that screens and reports are made from. It is told what changed and at which journal
 * position; it decides nothing. Embedded it is sql.js in memory; one machine outgrown, PostgreSQL.
 */
export interface Store {
  /**
   * Takes all changes and the position they reach, in one transaction. Rows replace rows of the same key; sets are only
   * added. The caller applies positions in order and never the same set twice.
   */
  apply(changes: StoreChanges, position: number): void;
  /** The position the rows stand at: records before it are in them. */
  position(): number;
  contracts(): ContractRow[];
  assignments(): AssignmentRow[];
  /** Tenths and vehicles a day and contract, oldest first. */
  milesByDay(): { day: LocalDay; contract: string; tenths: number; vehicles: number }[];
  /** Income (accounts 4000 and 4010, sign turned) a value day, oldest first. */
  incomeByDay(): { day: LocalDay; pence: number }[];
  vehicleDays(day: LocalDay): VehicleDayRow[];
  allVehicleDays(): VehicleDayRow[];
  entriesOfDay(day: LocalDay): EntryRow[];
  balances(): { account: string; pence: number }[];
  /** The whole store as bytes that `open` of the same adapter takes back. */
  image(): Uint8Array;
  close(): void;
}

export interface StoreChanges {
  readonly contracts: readonly ContractRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly vehicles: readonly VehicleRow[];
  readonly vehicleDays: readonly Omit<VehicleDayRow, 'registration'>[];
  readonly sets: readonly EntrySet[];
}

export interface ContractRow {
  readonly contract: string;
  readonly operator: string;
  readonly timezone: string;
  readonly unit: BillingUnit;
  readonly ratePence: string;
  readonly milesPerMonth: number;
  readonly openDay: LocalDay;
  /** Priced and not yet posted, all periods. */
  readonly unpostedPence: number;
}

export interface AssignmentRow {
  readonly contract: string;
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface VehicleRow {
  readonly vehicle: string;
  readonly registration: string;
  readonly make: string;
  readonly model: string;
}

export interface VehicleDayRow {
  readonly day: LocalDay;
  readonly vehicle: string;
  readonly registration: string;
  readonly contract: string;
  readonly tenths: number;
  readonly pence: number;
}

export interface EntryRow {
  readonly set: string;
  /** What the set is about, for one that moves no contract's figures. */
  readonly contract: string;
  readonly account: string;
  readonly pence: number;
  readonly postedAtMs: number;
}
