import initSqlJs, { type Database } from 'sql.js';

const DAYS = 30;
const DAYS_OF_TABLE_FROM = 30;

/** What a query side without any rules would do: a month of vehicle days, and their sum by operator. */
export interface VehicleDayTable {
  /** Throws when the sum is not what was put in. */
  sumMonth(): void;
  close(): void;
}

/** SQLite in memory, whole numbers only, the day first in the key: nothing text, nothing read from a disk. */
export async function openVehicleDays(vehicles: number, operators: number): Promise<VehicleDayTable> {
  const { Database: SqlDatabase } = await initSqlJs();
  const database = new SqlDatabase();
  database.run(`
    create table vehicle_day (
      day integer not null, vehicle integer not null, tenths integer not null, primary key (day, vehicle)
    ) without rowid;
    create table vehicle (id integer primary key, operator integer not null, rate integer not null);
  `);
  const tenths = fill(database, vehicles, operators);
  return {
    sumMonth: () => {
      const [result] = database.exec(
        `select v.operator, sum(d.tenths), sum(d.tenths * v.rate / 10)
         from vehicle_day d join vehicle v on v.id = d.vehicle
         where d.day between ${DAYS_OF_TABLE_FROM} and ${DAYS_OF_TABLE_FROM + DAYS - 1} group by v.operator`,
      );
      const summed = (result?.values ?? []).reduce((sum, row) => sum + Number(row[1]), 0);
      if (summed !== tenths) throw new Error(`the floor summed ${summed} tenths, not ${tenths}`);
    },
    close: () => database.close(),
  };
}

/** Returns the tenths of all rows. */
function fill(database: Database, vehicles: number, operators: number): number {
  let sum = 0;
  database.run('begin');
  const vehicle = database.prepare('insert into vehicle values (?, ?, 30)');
  for (let id = 0; id < vehicles; id += 1) vehicle.run([id, id % operators]);
  vehicle.free();
  const row = database.prepare('insert into vehicle_day values (?, ?, ?)');
  for (let day = DAYS_OF_TABLE_FROM; day < DAYS_OF_TABLE_FROM + DAYS; day += 1) {
    for (let id = 0; id < vehicles; id += 1) {
      const tenths = (id * 31 + day * 17) % 700;
      row.run([day, id, tenths]);
      sum += tenths;
    }
  }
  row.free();
  database.run('commit');
  return sum;
}
