import initSqlJs, { type Database, type SqlJsStatic, type Statement, type SqlValue } from 'sql.js';
import { assert } from '../../base/assert.ts';
import type { BillingUnit } from '../../base/distance.ts';
import type { EntrySet } from '../../ledger/ledger.ts';
import type {
  AssignmentRow,
  ContractRow,
  EntryRow,
  Store,
  StoreChanges,
  VehicleDayRow,
} from '../../portfolio/store.ts';
import { SCHEMA } from './schema.ts';

/** The embedded query side: SQLite in memory. It is not durable by itself; a snapshot keeps its image. */
export async function openSqlJsStore(image?: Uint8Array): Promise<Store> {
  const sqlJs: SqlJsStatic = await initSqlJs();
  const database = new sqlJs.Database(image ?? null);
  if (image === undefined) database.exec(SCHEMA);
  return new SqlJsStore(database);
}

class SqlJsStore implements Store {
  readonly #database: Database;
  readonly #write: ReturnType<typeof prepareWrites>;

  constructor(database: Database) {
    this.#database = database;
    this.#write = prepareWrites(database);
  }

  apply(changes: StoreChanges, position: number): void {
    assert(position >= this.position(), () => `the store is at ${this.position()}, past ${position}`);
    this.#database.run('begin');
    for (const row of changes.contracts) this.#write.contract.run(contractValues(row));
    for (const row of changes.assignments) {
      this.#write.assignment.run([row.contract, row.vehicle, row.fromMs, row.toMs]);
    }
    for (const row of changes.vehicles) {
      this.#write.vehicle.run([row.vehicle, row.registration, row.make, row.model]);
    }
    for (const row of changes.vehicleDays) {
      this.#write.vehicleDay.run([row.day, row.vehicle, row.contract, row.tenths, row.pence]);
    }
    for (const set of changes.sets) {
      this.#write.set.run(setValues(set));
      set.entries.forEach((entry, line) => this.#write.entry.run([set.id, line, entry.account, entry.pence]));
    }
    this.#write.position.run([position]);
    this.#database.run('commit');
  }

  position(): number {
    return this.#rows('select position from reached', [], (row) => numberIn(row, 'position'))[0] ?? 0;
  }

  contracts(): ContractRow[] {
    return this.#rows(
      `select contract, operator, timezone, unit, rate_pence, miles_per_month, open_day, unposted_pence
       from contract order by contract`,
      [],
      (row) => ({
        contract: textIn(row, 'contract'),
        operator: textIn(row, 'operator'),
        timezone: textIn(row, 'timezone'),
        unit: textIn(row, 'unit') as BillingUnit,
        ratePence: textIn(row, 'rate_pence'),
        milesPerMonth: numberIn(row, 'miles_per_month'),
        openDay: textIn(row, 'open_day'),
        unpostedPence: numberIn(row, 'unposted_pence'),
      }),
    );
  }

  assignments(): AssignmentRow[] {
    return this.#rows('select contract, vehicle, from_ms, to_ms from assignment', [], (row) => ({
      contract: textIn(row, 'contract'),
      vehicle: textIn(row, 'vehicle'),
      fromMs: numberIn(row, 'from_ms'),
      toMs: numberIn(row, 'to_ms'),
    }));
  }

  milesByDay(): { day: string; contract: string; tenths: number; vehicles: number }[] {
    return this.#rows(
      `select day, contract, sum(tenths) as tenths, count(*) as vehicles
       from vehicle_day group by day, contract order by day, contract`,
      [],
      (row) => ({
        day: textIn(row, 'day'),
        contract: textIn(row, 'contract'),
        tenths: numberIn(row, 'tenths'),
        vehicles: numberIn(row, 'vehicles'),
      }),
    );
  }

  incomeByDay(): { day: string; pence: number }[] {
    return this.#rows(
      `select value_day as day, -sum(pence) as pence from entry join entry_set using (set_id)
       where account in ('4000', '4010') group by value_day order by value_day`,
      [],
      (row) => ({ day: textIn(row, 'day'), pence: numberIn(row, 'pence') }),
    );
  }

  vehicleDays(day: string): VehicleDayRow[] {
    return this.#rows(
      `select day, vehicle, registration, contract, tenths, pence
       from vehicle_day join vehicle using (vehicle) where day = ? order by pence desc, vehicle`,
      [day],
      vehicleDayRow,
    );
  }

  allVehicleDays(): VehicleDayRow[] {
    return this.#rows(
      `select day, vehicle, registration, contract, tenths, pence
       from vehicle_day join vehicle using (vehicle) order by day, vehicle, contract`,
      [],
      vehicleDayRow,
    );
  }

  entriesOfDay(day: string): EntryRow[] {
    return this.#rows(
      `select set_id, coalesce(contract, subject) as contract, account, pence, posted_at_ms from entry join entry_set using (set_id)
       where value_day = ? order by set_id, line`,
      [day],
      (row) => ({
        set: textIn(row, 'set_id'),
        contract: textIn(row, 'contract'),
        account: textIn(row, 'account'),
        pence: numberIn(row, 'pence'),
        postedAtMs: numberIn(row, 'posted_at_ms'),
      }),
    );
  }

  balances(): { account: string; pence: number }[] {
    return this.#rows(
      'select account, sum(pence) as pence from entry group by account order by account',
      [],
      (row) => ({
        account: textIn(row, 'account'),
        pence: numberIn(row, 'pence'),
      }),
    );
  }

  image(): Uint8Array {
    return this.#database.export();
  }

  close(): void {
    this.#database.close();
  }

  #rows<T>(sql: string, parameters: SqlValue[], read: (row: Row) => T): T[] {
    const statement = this.#database.prepare(sql, parameters);
    const rows: T[] = [];
    while (statement.step()) rows.push(read(statement.getAsObject()));
    statement.free();
    return rows;
  }
}

type Row = Record<string, SqlValue>;

function prepareWrites(
  database: Database,
): Record<'contract' | 'assignment' | 'vehicle' | 'vehicleDay' | 'set' | 'entry' | 'position', Statement> {
  return {
    contract: database.prepare('insert or replace into contract values (?, ?, ?, ?, ?, ?, ?, ?)'),
    assignment: database.prepare('insert or replace into assignment values (?, ?, ?, ?)'),
    vehicle: database.prepare('insert or replace into vehicle values (?, ?, ?, ?)'),
    vehicleDay: database.prepare('insert or replace into vehicle_day values (?, ?, ?, ?, ?)'),
    set: database.prepare('insert into entry_set values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    entry: database.prepare('insert into entry values (?, ?, ?, ?)'),
    position: database.prepare('update reached set position = ?'),
  };
}

function setValues(set: EntrySet): SqlValue[] {
  const { id, event, subject, contract, valueDay, postedAtMs, actor, approver, corrects, hash } = set;
  return [id, event, subject, contract, valueDay, postedAtMs, actor, approver, corrects, hash];
}

function contractValues(row: ContractRow): SqlValue[] {
  return [
    row.contract,
    row.operator,
    row.timezone,
    row.unit,
    row.ratePence,
    row.milesPerMonth,
    row.openDay,
    row.unpostedPence,
  ];
}

function vehicleDayRow(row: Row): VehicleDayRow {
  return {
    day: textIn(row, 'day'),
    vehicle: textIn(row, 'vehicle'),
    registration: textIn(row, 'registration'),
    contract: textIn(row, 'contract'),
    tenths: numberIn(row, 'tenths'),
    pence: numberIn(row, 'pence'),
  };
}

function textIn(row: Row, column: string): string {
  const value = row[column];
  assert(typeof value === 'string', () => `column ${column} holds text`);
  return value;
}

function numberIn(row: Row, column: string): number {
  const value = row[column];
  assert(typeof value === 'number', () => `column ${column} holds a number`);
  return value;
}
