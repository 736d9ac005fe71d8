import { must } from '../../base/assert.ts';
import { extendProblems, type ExtensionParts } from '../../fold/check-extension.ts';
import type { DecisionProblem } from '../../fold/decision-problem.ts';
import type { World } from '../../fold/world.ts';
import type { moneyAsks } from '../../protocol/money-asks.ts';
import type { z } from 'zod';
import type { CsvProblem } from '../csv-lines.ts';
import type { Column, ContractRow } from './contract-columns.ts';
import { contractRecords } from './contract-records.ts';
import { gatherContracts, type GatheredContract } from './gather-contracts.ts';
import { gatherOperators, type GatheredOperator } from './gather-operators.ts';
import { gatherTrackers, type GatheredTracker } from './gather-trackers.ts';
import { gatherVehicles, type GatheredVehicle } from './gather-vehicles.ts';
import { guardedCsv } from './formula-guard.ts';
import { readContractRows } from './read-contract-rows.ts';

/**
 * What a CSV of contracts would add to the book, and everything that is wrong with it, line by line. A row is a vehicle
 * in a contract; docs/how-to/contracts-and-receipts-by-csv.md tells every column. While anything is wrong there is no
 * decision.
 */
export function readContractsCsv(
  csv: string,
  world: World,
): z.infer<(typeof moneyAsks)['money.read-contracts-csv']['answer']> {
  const { rows, problems: cellProblems } = readContractRows(csv);
  const problems: CsvProblem[] = [...cellProblems, ...sameRows(rows)];
  const gathered = {
    operators: gatherOperators(world, rows, problems),
    vehicles: gatherVehicles(world, rows, problems),
    trackers: gatherTrackers(world, rows, problems),
    contracts: gatherContracts(rows, problems),
  };
  const parts = partsOf(gathered);
  if (rows.length > 0) {
    for (const problem of extendProblems(world, parts)) {
      const inFile = placed(gathered, problem);
      if (inFile !== null) problems.push(inFile);
    }
  }
  return {
    problems: problems.toSorted((a, b) => a.line - b.line),
    contracts: parts.contracts.length,
    vehicles: parts.vehicles.length,
    operators: parts.operators.length,
    decision: problems.length > 0 ? null : { decision: 'extend-book', ...parts },
  };
}

/** Every contract as rows of the same CSV: reading them into an empty book gives the same contracts. */
export function writeContractsCsv(world: World): string {
  return guardedCsv(contractRecords(world));
}

interface Gathered {
  readonly operators: readonly GatheredOperator[];
  readonly vehicles: readonly GatheredVehicle[];
  readonly trackers: readonly GatheredTracker[];
  readonly contracts: readonly GatheredContract[];
}

function partsOf({ operators, vehicles, trackers, contracts }: Gathered): ExtensionParts {
  return {
    operators: operators.map(({ operator }) => operator),
    vehicles: vehicles.map(({ vehicle }) => vehicle),
    trackers: trackers.map(({ tracker }) => tracker),
    contracts: contracts.map(({ contract }) => contract),
    openings: vehicles.flatMap(({ opening }) => opening ?? []),
  };
}

/** Rows that differ at all differ in these, unless they contradict each other, which is told. */
const SAME: readonly Column[] = [
  'contract_id',
  'vehicle_id',
  'from',
  'to',
  'tracker_provider',
  'tracker_id',
  'tracker_origin',
  'tracker_from',
  'tracker_to',
];

function* sameRows(rows: readonly ContractRow[]): Generator<CsvProblem> {
  const firstByKey = new Map<string, ContractRow>();
  for (const row of rows) {
    const key = JSON.stringify(SAME.map((column) => row.values[column]));
    const first = firstByKey.get(key);
    if (first === undefined) firstByKey.set(key, row);
    else if (JSON.stringify(row.values) === JSON.stringify(first.values))
      yield { line: row.line, field: 'line', problem: `it is the same as line ${first.line}` };
  }
}

/**
 * Where in the file the part of the decision stands that does not go with the book. Null when it lacks another part: a row
 * names all it needs, so that one could not be read, and that was told.
 */
function placed(gathered: Gathered, { field, problem }: DecisionProblem): CsvProblem | null {
  const [part = '', index, member = '', stay, ofStay] = field.split('.');
  const i = Number(index);
  switch (`${part} ${member}`) {
    case 'operators name':
      return { line: lineAt(gathered.operators, i), field: 'operator_name', problem };
    case 'vehicles id':
      return { line: lineAt(gathered.vehicles, i), field: 'vehicle_id', problem };
    case 'trackers externalId':
      return { line: lineAt(gathered.trackers, i), field: 'tracker_id', problem };
    case 'contracts id':
      return { line: lineAt(gathered.contracts, i), field: 'contract_id', problem };
    case 'contracts assignments': {
      if (ofStay === 'vehicle') return null;
      const line = lineAt(gathered.contracts[i]?.stays ?? [], Number(stay));
      return { line, field: 'vehicle_id', problem };
    }
    case 'decision ':
      return { line: 1, field: 'file', problem };
    default:
      return null;
  }
}

function lineAt(parts: readonly { readonly line: number }[], index: number): number {
  return must(parts[index], 'a problem is of a part that was gathered').line;
}
