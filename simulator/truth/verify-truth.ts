import type { Book } from '../../core/protocol/book.ts';
import { causeOf } from './difference-cause.ts';
import { dayPence, staysOf } from './expected-charge.ts';
import { wholeTenths, wholeTenthsInMm } from './tenths-of-mile.ts';
import type { EmittedOdometer, Truth, TruthDay, VehicleTruth } from './truth-shapes.ts';

/** A row of `milepost export tenths`. */
export interface BilledDay {
  readonly vehicle: string;
  readonly day: string;
  readonly tenths: number;
  readonly unit: 'mi' | 'km';
  readonly provisional: boolean;
  readonly pence: number;
}

/** Something that does not reconcile. `day` is null for a vehicle's whole run. */
export interface Difference {
  readonly vehicle: string;
  readonly day: string | null;
  readonly of: 'tenths' | 'pence';
  readonly billed: number;
  /** What it may be, both ends included. */
  readonly least: number;
  readonly most: number;
  /** By how much it is outside. */
  readonly by: number;
  readonly cause: string;
}

export interface VehicleCheck {
  readonly vehicle: string;
  readonly billedTenths: number;
  readonly emittedTenths: number;
  readonly trueTenths: number;
  readonly billedPence: number;
}

export interface Verification {
  readonly vehicles: readonly VehicleCheck[];
  readonly days: number;
  /** Largest first. */
  readonly differences: readonly Difference[];
}

/** A feed's last digit may fall on either side of a tenth. */
const RESOLUTION_TENTHS = 1;

/**
 * Holds what was billed to what really happened. A vehicle's whole run comes to exactly the tenths between its opening
 * and the last value sent; a day to within what was driven between the values sent around its two midnights. Pence are
 * worked out again from the billed tenths when there is a book to say the rates.
 */
export function verifyTruth(
  truth: Truth,
  billed: readonly BilledDay[],
  book: Book | null = null,
): Verification {
  const byVehicle = new Map<string, BilledDay[]>();
  for (const row of billed) byVehicle.set(row.vehicle, [...(byVehicle.get(row.vehicle) ?? []), row]);
  const checks = truth.vehicles.map((vehicle) =>
    checkVehicle(truth, vehicle, byVehicle.get(vehicle.vehicle) ?? [], book),
  );
  return {
    vehicles: checks.map(({ check }) => check),
    days: billed.length,
    differences: checks
      .flatMap(({ differences }) => differences)
      .toSorted((a, b) => (b.by === a.by ? a.vehicle.localeCompare(b.vehicle) : b.by - a.by)),
  };
}

interface Found {
  readonly check: VehicleCheck;
  readonly differences: readonly Difference[];
}

function checkVehicle(
  truth: Truth,
  vehicle: VehicleTruth,
  rows: readonly BilledDay[],
  book: Book | null,
): Found {
  const sum = (of: (row: BilledDay) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const billedTenths = sum(({ tenths }) => tenths);
  const unit = rows[0]?.unit ?? 'mi';
  const opening = wholeTenths({ text: vehicle.openingText, unit: vehicle.openingUnit }, unit);
  const emittedTenths = wholeTenths({ text: vehicle.lastText, unit: vehicle.lastUnit }, unit) - opening;
  const check = {
    vehicle: vehicle.vehicle,
    billedTenths,
    emittedTenths,
    trueTenths: trueTenths(vehicle, unit),
    billedPence: sum(({ pence }) => pence),
  };
  const whole = isAssignedThroughout(truth, vehicle, book)
    ? outside(truth, vehicle, null, 'tenths', billedTenths, [emittedTenths, emittedTenths])
    : [];
  return {
    check,
    differences: [
      ...whole,
      ...rows.flatMap((row) => checkDay(truth, vehicle, row, opening, book)),
      ...missingDays(truth, vehicle, rows, opening, book),
    ],
  };
}

/** Whole tenths of a unit between the true odometers of the run's two ends. */
function trueTenths({ days }: VehicleTruth, unit: 'mi' | 'km'): number {
  const endMm = days.at(-1)?.odometerMm ?? 0;
  const startMm = endMm - days.reduce((sum, { drivenMm }) => sum + drivenMm, 0);
  return wholeTenthsInMm(endMm, unit) - wholeTenthsInMm(startMm, unit);
}

function checkDay(
  truth: Truth,
  vehicle: VehicleTruth,
  row: BilledDay,
  opening: number,
  book: Book | null,
): Difference[] {
  const index = vehicle.days.findIndex(({ day }) => day === row.day);
  const day = vehicle.days[index];
  const pence = book === null ? [] : checkPence(truth, vehicle, row, book);
  if (day === undefined)
    return [...pence, ...outside(truth, vehicle, null, 'tenths', row.tenths, [0, 0], row.day)];
  const bounds = dayBounds(vehicle.days[index - 1], day, row.unit, opening);
  // A day that is only partly under a contract may come to less, down to nothing.
  const least = isUnderContract(truth, vehicle, day, book) ? bounds[0] : 0;
  return [...pence, ...outside(truth, vehicle, day, 'tenths', row.tenths, [least, bounds[1]])];
}

/** What a day may come to: the odometer at each midnight is between the values sent around it. */
function dayBounds(
  yesterday: TruthDay | undefined,
  today: TruthDay,
  unit: 'mi' | 'km',
  opening: number,
): readonly [number, number] {
  const value = (emitted: EmittedOdometer): number => wholeTenths(emitted, unit);
  const startLeast = yesterday === undefined ? opening : value(yesterday.before);
  const startMost = yesterday === undefined ? opening : value(yesterday.after ?? yesterday.before);
  const endLeast = value(today.before);
  const endMost = value(today.after ?? today.before);
  const least = Math.min(endLeast, endMost) - Math.max(startLeast, startMost) - RESOLUTION_TENTHS;
  const most = Math.max(endLeast, endMost) - Math.min(startLeast, startMost) + RESOLUTION_TENTHS;
  return [Math.max(0, least), most];
}

/** A day of driving that has no row at all. */
function missingDays(
  truth: Truth,
  vehicle: VehicleTruth,
  rows: readonly BilledDay[],
  opening: number,
  book: Book | null,
): Difference[] {
  const has = new Set(rows.map(({ day }) => day));
  const unit = rows[0]?.unit ?? 'mi';
  return vehicle.days.flatMap((day, i) => {
    if (has.has(day.day) || !isUnderContract(truth, vehicle, day, book)) return [];
    const bounds = dayBounds(vehicle.days[i - 1], day, unit, opening);
    return outside(truth, vehicle, day, 'tenths', 0, bounds);
  });
}

function checkPence(truth: Truth, vehicle: VehicleTruth, row: BilledDay, book: Book): Difference[] {
  const contracts = new Set(staysOf(book, vehicle.vehicle).map(({ contract }) => contract));
  const expected = [...contracts].map((contract) => dayPence(contract, row.day, row.tenths));
  if (expected.length === 0 || expected.includes(row.pence)) return [];
  const day = vehicle.days.find((each) => each.day === row.day) ?? null;
  return outside(
    truth,
    vehicle,
    day,
    'pence',
    row.pence,
    [Math.min(...expected), Math.max(...expected)],
    row.day,
  );
}

/** True where a contract holds for all of a day that lies within the run. */
function isUnderContract(
  { openingMs, endedMs }: Truth,
  { vehicle }: VehicleTruth,
  day: TruthDay,
  book: Book | null,
): boolean {
  if (book === null) return true;
  const [beginMs, finishMs] = [Math.max(day.fromMs, openingMs), Math.min(day.toMs, endedMs)];
  return staysOf(book, vehicle).some(({ fromMs, toMs }) => fromMs <= beginMs && toMs >= finishMs);
}

/** The exact rule for a whole run holds where the vehicle was under a contract all the time. */
function isAssignedThroughout(truth: Truth, { vehicle }: VehicleTruth, book: Book | null): boolean {
  if (book === null) return true;
  return staysOf(book, vehicle).some(({ fromMs, toMs }) => fromMs <= truth.openingMs && toMs > truth.endedMs);
}

function outside(
  truth: Truth,
  vehicle: VehicleTruth,
  day: TruthDay | null,
  of: Difference['of'],
  billed: number,
  [least, most]: readonly [number, number],
  dayName: string | null = day?.day ?? null,
): Difference[] {
  const by = Math.max(least - billed, billed - most);
  if (by <= 0) return [];
  return [
    {
      vehicle: vehicle.vehicle,
      day: dayName,
      of,
      billed,
      least,
      most,
      by,
      cause: causeOf(truth, vehicle, day),
    },
  ];
}
