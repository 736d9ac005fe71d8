import { must } from '../../base/assert.ts';
import type { VehicleState, World } from '../../fold/world.ts';
import { type Book, type BookVehicle, bookVehicleSchema } from '../../protocol/book.ts';
import type { CsvProblem } from '../csv-lines.ts';
import { type Column, type ContractRow, type VehicleColumn, vehicleColumnNames } from './contract-columns.ts';
import { rowsBy } from './rows-by.ts';
import { filled, momentMs } from './gather-contracts.ts';

type Opening = Book['openings'][number];

export interface GatheredVehicle {
  readonly line: number;
  readonly vehicle: BookVehicle;
  readonly opening: Opening | null;
}

type Facts = Pick<ContractRow['values'], VehicleColumn>;

/** The vehicles that the book does not have yet; what does not agree, with it or among rows, goes to `problems`. */
export function gatherVehicles(
  world: World,
  rows: readonly ContractRow[],
  problems: CsvProblem[],
): GatheredVehicle[] {
  problems.push(...vehicleCellsWithoutVehicle(rows));
  const byVehicle = rowsBy(rows, ({ values }) => values.vehicle_id);
  return [...byVehicle].flatMap(([id, ofVehicle]) => {
    if (id === null) return [];
    const facts = mergedFacts(id, ofVehicle, problems);
    const first = must(ofVehicle[0], 'a group has a row');
    const known = world.vehicles[world.slotByVehicle.get(id) ?? -1];
    if (known?.isClaimed !== true) return newVehicle(id, facts, first, problems);
    problems.push(...unlikeKnown(known, facts, first));
    return [];
  });
}

const OF_A_VEHICLE: readonly Column[] = [
  ...vehicleColumnNames,
  'from',
  'to',
  'tracker_provider',
  'tracker_id',
  'tracker_origin',
  'tracker_from',
  'tracker_to',
];

/** A contract may stand without a vehicle, but nothing may be said of a vehicle that has no name. */
function* vehicleCellsWithoutVehicle(rows: readonly ContractRow[]): Generator<CsvProblem> {
  for (const { line, values } of rows) {
    const said = OF_A_VEHICLE.find((column) => values[column] !== null);
    if (values.vehicle_id === null && said !== undefined)
      yield { line, field: 'vehicle_id', problem: `it is empty, but "${said}" is filled in` };
  }
}

/** Of each column the first row that fills it in; the others say the same, or nothing. */
function mergedFacts(id: string, rows: readonly ContractRow[], problems: CsvProblem[]): Facts {
  const facts: Partial<Record<VehicleColumn, unknown>> = {};
  for (const field of vehicleColumnNames) {
    const saying = rows.filter(({ values }) => values[field] !== null);
    const [first, ...others] = saying;
    facts[field] = first?.values[field] ?? null;
    for (const { line, values } of others)
      if (JSON.stringify(values[field]) !== JSON.stringify(first?.values[field]))
        problems.push({ line, field, problem: `line ${first?.line} says otherwise of vehicle "${id}"` });
  }
  return facts as unknown as Facts;
}

const NEEDED = ['registration', 'make', 'model', 'class', 'powertrain'] as const;

function newVehicle(
  id: string,
  facts: Facts,
  row: ContractRow,
  problems: CsvProblem[],
): readonly GatheredVehicle[] {
  const missing = NEEDED.filter((field) => facts[field] === null);
  for (const field of missing)
    problems.push({ line: row.line, field, problem: `it is empty, and "${id}" is a new vehicle` });
  const opening = openingOf(id, facts, row, problems);
  if (missing.length > 0) return [];
  const vehicle = bookVehicleSchema.parse(
    filled({
      id,
      vin: facts.vin,
      registration: facts.registration,
      make: facts.make,
      model: facts.model,
      class: facts.class,
      powertrain: facts.powertrain,
      cost: facts.cost_pounds,
    }),
  );
  return [{ line: row.line, vehicle, opening }];
}

function openingOf(vehicle: string, facts: Facts, row: ContractRow, problems: CsvProblem[]): Opening | null {
  const { opening_value: value, opening_unit: unit, opening_at: openedAt } = facts;
  if (value === null && unit === null && openedAt === null) return null;
  const { line } = row;
  if (value === null) problems.push({ line, field: 'opening_value', problem: 'it is empty' });
  if (unit === null) problems.push({ line, field: 'opening_unit', problem: 'it is empty; write mi or km' });
  if (value === null || unit === null) return null;
  const atMs = momentMs(openedAt ?? row.values.from, row);
  return { vehicle, at: new Date(atMs).toISOString(), value, unit };
}

/** A vehicle that there is keeps what the book has of it; cells may repeat that or be empty. */
function* unlikeKnown(known: VehicleState, facts: Facts, row: ContractRow): Generator<CsvProblem> {
  const { opening, facts: kept } = known;
  const openingAt = facts.opening_at === null ? null : momentMs(facts.opening_at, row);
  const pairs = [
    ['registration', facts.registration, known.registration],
    ['make', facts.make, known.make],
    ['model', facts.model, known.model],
    ['vin', facts.vin, known.vin],
    ['class', facts.class, kept?.class],
    ['powertrain', facts.powertrain, kept?.powertrain],
    ['cost_pounds', asNumber(facts.cost_pounds), asNumber(kept?.cost)],
    ['opening_value', asNumber(facts.opening_value), asNumber(opening?.rawText)],
    ['opening_unit', facts.opening_unit, opening?.rawUnit],
    ['opening_at', openingAt, opening?.atMs],
  ] as const;
  for (const [field, said, is] of pairs) {
    if (said === null || said === is) continue;
    const words = field.startsWith('opening_')
      ? 'was handed over before, with another reading'
      : `is known with ${is === null || is === undefined ? 'none' : `"${is}"`}`;
    yield { line: row.line, field, problem: `vehicle "${known.vehicle}" ${words}; leave it empty` };
  }
}

function asNumber(quantity: string | number | null | undefined): number | null {
  return quantity === null || quantity === undefined ? null : Number(quantity);
}
