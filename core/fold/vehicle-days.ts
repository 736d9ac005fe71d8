import type { LocalDay } from '../base/calendar.ts';

/**
 * Billable tenths of a vehicle, a contract and local day, one column a property: a fleet has tens of millions in a year.
 * A row stays at its index.
 */
export interface VehicleDays {
  count: number;
  /** Index into `World.contracts`. */
  contract: Uint32Array;
  /** Local days after 1970-01-01. */
  dayNumber: Int32Array;
  tenths: Int32Array;
  /** 1 for a row that the query side is yet to be told of. */
  isUnsaved: Uint8Array;
}

export interface VehicleDay {
  readonly contract: number;
  readonly day: LocalDay;
  readonly tenths: number;
}

const CAPACITY_AT_FIRST = 8;
const CAPACITY_STEP = 32;
const MS_PER_DAY = 86_400_000;

export function newVehicleDays(): VehicleDays {
  return {
    count: 0,
    contract: new Uint32Array(CAPACITY_AT_FIRST),
    dayNumber: new Int32Array(CAPACITY_AT_FIRST),
    tenths: new Int32Array(CAPACITY_AT_FIRST),
    isUnsaved: new Uint8Array(CAPACITY_AT_FIRST),
  };
}

/** The row of a contract and day; one with no tenths when there was none. */
export function dayIndex(days: VehicleDays, contract: number, day: LocalDay): number {
  const known = indexOfDay(days, contract, day);
  if (known >= 0) return known;
  if (days.count === days.tenths.length) grow(days);
  const index = days.count;
  days.contract[index] = contract;
  days.dayNumber[index] = dayNumberOf(day);
  days.count += 1;
  return index;
}

/** The tenths of a contract and day so far. */
export function tenthsOn(days: VehicleDays, contract: number, day: LocalDay): number {
  const index = indexOfDay(days, contract, day);
  return index < 0 ? 0 : (days.tenths[index] ?? 0);
}

export function dayAt({ contract, dayNumber, tenths }: VehicleDays, index: number): VehicleDay {
  return {
    contract: contract[index] ?? 0,
    day: new Date((dayNumber[index] ?? 0) * MS_PER_DAY).toISOString().slice(0, 10),
    tenths: tenths[index] ?? 0,
  };
}

/** Every row, in the order they were first touched. */
export function allDays(days: VehicleDays): VehicleDay[] {
  return Array.from({ length: days.count }, (_, index) => dayAt(days, index));
}

/** Nearly every question is about one of the last days. */
function indexOfDay({ count, contract, dayNumber }: VehicleDays, ofContract: number, day: LocalDay): number {
  const wanted = dayNumberOf(day);
  let index = count - 1;
  while (index >= 0 && (dayNumber[index] !== wanted || contract[index] !== ofContract)) index -= 1;
  return index;
}

function dayNumberOf(day: LocalDay): number {
  return Date.parse(day) / MS_PER_DAY;
}

/** A year of days comes one by one: doubling would leave half of the room empty. */
function grow(days: VehicleDays): void {
  const capacity = days.count + Math.min(days.count, CAPACITY_STEP);
  const wider = <C extends Uint32Array | Int32Array | Uint8Array>(column: C, roomy: C): C => {
    roomy.set(column);
    return roomy;
  };
  days.contract = wider(days.contract, new Uint32Array(capacity));
  days.dayNumber = wider(days.dayNumber, new Int32Array(capacity));
  days.tenths = wider(days.tenths, new Int32Array(capacity));
  days.isUnsaved = wider(days.isUnsaved, new Uint8Array(capacity));
}
