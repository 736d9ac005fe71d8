import { startOfDayMs } from '../../base/calendar.ts';
import { must } from '../../base/assert.ts';
import { type BookContract, bookContractSchema } from '../../protocol/book.ts';
import type { CsvProblem } from '../csv-lines.ts';
import { type ContractColumn, contractColumnNames, type ContractRow } from './contract-columns.ts';
import { rowsBy } from './rows-by.ts';
import type { DayOrMoment } from './read-cell.ts';
import { amendmentsOf } from './terms-text.ts';

const DEFAULT_TIME_ZONE = 'Europe/London';

/** A vehicle's time in a contract, by the first row that names it. */
export interface GatheredStay {
  readonly line: number;
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface GatheredContract {
  readonly line: number;
  readonly contract: BookContract;
  /** In the order of the contract's assignments. */
  readonly stays: readonly GatheredStay[];
}

/** The contracts that the rows are of, each with its vehicles; what does not agree goes to `problems`. */
export function gatherContracts(rows: readonly ContractRow[], problems: CsvProblem[]): GatheredContract[] {
  const byContract = rowsBy(rows, ({ values }) => must(values.contract_id, 'a required column'));
  return [...byContract.values()].flatMap((ofContract) => {
    problems.push(...disagreements(ofContract));
    const first = must(ofContract[0], 'a group has a row');
    const stays = gatherStays(ofContract, problems);
    const contract = contractOf(first, stays, problems);
    return contract === null ? [] : [{ line: first.line, contract, stays }];
  });
}

function* disagreements([first, ...others]: readonly ContractRow[]): Generator<CsvProblem> {
  if (first === undefined) return;
  for (const { line, values } of others) {
    for (const field of contractColumnNames) {
      if (isSame(values[field], first.values[field])) continue;
      const problem = `it is not what line ${first.line} says; all lines of contract "${values.contract_id}" say the same`;
      yield { line, field, problem };
    }
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** When a day begins in the row's time zone, or the moment it names; the contract's start when it names none. */
export function momentMs(moment: DayOrMoment | null, { values }: ContractRow): number {
  const timeZone = values.time_zone ?? DEFAULT_TIME_ZONE;
  if (moment?.kind === 'moment') return moment.atMs;
  return startOfDayMs(moment?.day ?? must(values.start, 'a required column'), timeZone);
}

function gatherStays(rows: readonly ContractRow[], problems: CsvProblem[]): GatheredStay[] {
  const stays = new Map<string, GatheredStay>();
  for (const row of rows) {
    const { line, values } = row;
    if (values.vehicle_id === null) continue;
    const fromMs = momentMs(values.from, row);
    const toMs = values.to === null ? null : momentMs(values.to, row);
    if (toMs !== null && toMs <= fromMs)
      problems.push({ line, field: 'to', problem: 'it is not after "from"' });
    const key = JSON.stringify([values.vehicle_id, fromMs, toMs]);
    if (!stays.has(key)) stays.set(key, { line, vehicle: values.vehicle_id, fromMs, toMs });
  }
  return [...stays.values()];
}

function contractOf(
  { line, values }: ContractRow,
  stays: readonly GatheredStay[],
  problems: CsvProblem[],
): BookContract | null {
  if (values.end !== null && values.start !== null && values.end <= values.start)
    problems.push({ line, field: 'end', problem: 'it is not after "start"' });
  const terms = filled({
    tiers: values.rates,
    standing: values.standing_pounds,
    minMiles: values.minimum_distance,
    minRate: values.minimum_rate,
    minCharge: values.minimum_charge_pounds,
    capMiles: values.cap_distance,
    capCharge: values.cap_charge_pounds,
  }) as BookContract['terms'];
  const parsed = bookContractSchema.safeParse(
    filled({
      id: values.contract_id,
      operator: values.operator_id,
      timezone: values.time_zone,
      unit: values.unit,
      anchor: values.anchor ?? values.start,
      start: values.start,
      end: values.end,
      scope: values.scope,
      assignments: stays.map(assignmentOf),
      terms,
      amendments: values.amendments === null ? null : amendmentsOf(terms, values.amendments),
      targetMiles: values.target_distance,
      vatRate: values.vat_rate,
      paymentTermsDays: values.payment_days,
      deposit: values.deposit_pounds,
      underwriting: filled({
        milesPerMonth: values.expected_miles_per_month,
        rv: values.residual_value_pounds,
        rvMiles: values.residual_miles,
        lossRate: values.loss_rate,
      }),
    }),
  );
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    problems.push({ line, field: columnOf(path), problem: message });
  return null;
}

function assignmentOf({ vehicle, fromMs, toMs }: GatheredStay): BookContract['assignments'][number] {
  const from = new Date(fromMs).toISOString();
  return toMs === null ? { vehicle, from } : { vehicle, from, to: new Date(toMs).toISOString() };
}

/** Which cell holds the part of a contract that the schema refuses; cells by themselves were read before. */
function columnOf([part, term]: readonly PropertyKey[]): ContractColumn {
  if (part === 'amendments') return 'amendments';
  if (term === 'minMiles') return 'minimum_distance';
  if (term === 'minRate') return 'minimum_rate';
  if (term === 'minCharge') return 'minimum_charge_pounds';
  return 'rates';
}

/** Without the members that are null. */
export function filled(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}
