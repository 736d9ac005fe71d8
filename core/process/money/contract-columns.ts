import { z } from 'zod';
import { isTimeZone } from '../../base/calendar.ts';
import { fail, ok } from '../../base/result.ts';
import { closestOf } from '../../mapping/closest-name.ts';
import { bookVehicleSchema, builtInProviders, trackerProviderSchema } from '../../protocol/book.ts';
import {
  type CellReader,
  readDay,
  readDecimal,
  readMoment,
  readOneOf,
  readPounds,
  readShare,
  readText,
} from './read-cell.ts';
import { readAmendments, readRates } from './terms-text.ts';

const readId = readText(z.string().min(1).max(64));
const readName = readText(z.string().min(1));
const readUnit = readOneOf(['mi', 'km']);

const readZone: CellReader<string> = (text) =>
  isTimeZone(text) ? ok(text) : fail(`"${text}" is no time zone; write one such as Europe/London`);

const readDays: CellReader<number> = (text) =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= 365
    ? ok(Number(text))
    : fail(`"${text}" is no number of days from 0 to 365`);

const readUse: CellReader<number> = (text, hasDecimalComma) => {
  const use = readDecimal(text, hasDecimalComma);
  if (!use.ok) return use;
  return Number(use.value) > 0
    ? ok(Number(use.value))
    : fail('a vehicle is expected to be used; write more than 0');
};

const readProvider: CellReader<z.infer<typeof trackerProviderSchema>> = (text) => {
  const parsed = trackerProviderSchema.safeParse(text.trim());
  if (parsed.success) return ok(parsed.data);
  const meant = closestOf(text.trim(), builtInProviders);
  const hint = meant === null ? `${builtInProviders.join(', ')}, or mapped:NAME` : `did you mean "${meant}"?`;
  return fail(`"${text}" is no feed; ${hint}`);
};

const readOrigin: CellReader<'vehicle' | 'tracker' | 'can'> = (text, hasDecimalComma) =>
  text.trim().toLowerCase() === 'server'
    ? fail('what a server worked out is never billed; write vehicle, tracker or can')
    : readOneOf(['vehicle', 'tracker', 'can'])(text, hasDecimalComma);

/** Every row of a contract says the same in these. */
const contractColumns = {
  contract_id: readId,
  operator_id: readId,
  time_zone: readZone,
  unit: readUnit,
  anchor: readDay,
  start: readDay,
  end: readDay,
  scope: readOneOf(['vehicle', 'contract']),
  rates: readRates,
  standing_pounds: readPounds,
  minimum_distance: readDecimal,
  minimum_rate: readDecimal,
  minimum_charge_pounds: readPounds,
  cap_distance: readDecimal,
  cap_charge_pounds: readPounds,
  target_distance: readDecimal,
  vat_rate: readShare,
  payment_days: readDays,
  deposit_pounds: readPounds,
  expected_miles_per_month: readUse,
  residual_value_pounds: readPounds,
  residual_miles: readDecimal,
  loss_rate: readShare,
  amendments: readAmendments,
} as const;

/** What a vehicle is, wherever it is named; a row may leave out what another one says. */
const vehicleColumns = {
  registration: readName,
  vin: readText(bookVehicleSchema.shape.vin.unwrap()),
  make: readName,
  model: readName,
  class: readOneOf(bookVehicleSchema.shape.class.options),
  powertrain: readOneOf(bookVehicleSchema.shape.powertrain.options),
  cost_pounds: readPounds,
  opening_value: readDecimal,
  opening_unit: readUnit,
  opening_at: readMoment,
} as const;

export const columns = {
  ...contractColumns,
  operator_name: readName,
  vehicle_id: readId,
  ...vehicleColumns,
  from: readMoment,
  to: readMoment,
  tracker_provider: readProvider,
  tracker_id: readName,
  tracker_origin: readOrigin,
  tracker_from: readMoment,
  tracker_to: readMoment,
} as const;

export type Column = keyof typeof columns;
export type ContractColumn = keyof typeof contractColumns;
export type VehicleColumn = keyof typeof vehicleColumns;

export const contractColumnNames = Object.keys(contractColumns) as readonly ContractColumn[];
export const vehicleColumnNames = Object.keys(vehicleColumns) as readonly VehicleColumn[];

/** In the order they are written. */
export const columnNames: readonly Column[] = [
  'operator_id',
  'operator_name',
  ...contractColumnNames.filter((column) => column !== 'operator_id'),
  'vehicle_id',
  ...vehicleColumnNames.filter((column) => !column.startsWith('opening_')),
  'from',
  'to',
  'opening_value',
  'opening_unit',
  'opening_at',
  'tracker_provider',
  'tracker_id',
  'tracker_origin',
  'tracker_from',
  'tracker_to',
];

/** Columns that a file, and each of its rows, must have. */
export const requiredColumns = [
  'operator_id',
  'contract_id',
  'unit',
  'start',
  'rates',
  'expected_miles_per_month',
] as const satisfies readonly Column[];

/** What a row says; null for an empty cell. */
export type RowValues = {
  readonly [C in Column]: (typeof columns)[C] extends CellReader<infer T> ? T | null : never;
};

export interface ContractRow {
  readonly line: number;
  readonly values: RowValues;
}
