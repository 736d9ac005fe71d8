import { must } from '../base/assert.ts';
import { addDays, startOfDayMs } from '../base/calendar.ts';
import { divideFloor } from '../base/decimal.ts';
import { applyRecord } from '../fold/apply-record.ts';
import { newWorld, type VehicleState, type World } from '../fold/world.ts';
import { findBrokenSet } from '../ledger/ledger.ts';
import { isAccepted, type Series } from '../metering/series.ts';
import { takeChanges } from '../fold/take-changes.ts';
import type { DataFolder } from './data-folder.ts';
import { readJournal } from './journal/read-journal.ts';
import { verifyJournal } from './journal/verify-journal.ts';
import { readNewestSnapshot } from './snapshot/snapshot.ts';
import { openSqlJsStore } from './store/sql-js-store.ts';

/** What `milepost verify` found. `differences` is empty when, and only when, everything agrees. */
export interface Verification {
  readonly ok: boolean;
  readonly packets: number;
  readonly records: number;
  readonly documents: number;
  readonly erased: number;
  readonly differences: readonly string[];
}

/**
 * Reads the journal from its first record with an empty state: every CRC and the hash chain; folds it again; works every
 * billed tenth out by an independent pass; compares with the stored rows and balances of the newest snapshot.
 */
export async function verifyData(folder: DataFolder): Promise<Verification> {
  const journal = verifyJournal(folder.journal);
  const differences = journal.problems.map(
    ({ file, offset, position, problem }) =>
      `${file} at byte ${offset}${position === undefined ? '' : `, record ${position}`}: ${problem}`,
  );
  const world = newWorld();
  if (differences.length === 0) {
    const snapshot = readNewestSnapshot(folder.snapshots, (words) => differences.push(words));
    if (snapshot !== null && snapshot.position > journal.records) {
      differences.push(
        `the journal ends at ${journal.records} records, but a snapshot was made at ${snapshot.position}`,
      );
    }
    for (const records of readJournal(folder.journal, 0)) {
      for (const record of records) {
        applyRecord(world, record);
        if (snapshot?.position === world.nextPosition) {
          differences.push(...(await compareWithStored(world, snapshot.world, snapshot.storeImage)));
        }
      }
    }
    differences.push(...compareWithIndependentPass(world));
    const brokenSet = findBrokenSet(world.ledger);
    if (brokenSet !== null) differences.push(brokenSet);
  }
  return {
    ok: differences.length === 0,
    packets: world.counts.received,
    records: journal.records,
    documents: 0,
    erased: journal.erased,
    differences,
  };
}

/** The rows and balances a snapshot holds against those the journal gives at the same position. */
async function compareWithStored(world: World, stored: World, storeImage: Uint8Array): Promise<string[]> {
  const differences: string[] = [];
  const fresh = await openSqlJsStore();
  const kept = await openSqlJsStore(storeImage);
  fresh.apply(takeChanges(world), world.nextPosition);
  const at = `at position ${world.nextPosition}`;
  const compare = (what: string, folded: unknown, saved: unknown): void => {
    if (JSON.stringify(folded) !== JSON.stringify(saved))
      differences.push(`${what} ${at} differ from the journal's`);
  };
  compare('stored tenths', fresh.allVehicleDays(), kept.allVehicleDays());
  compare('stored balances', fresh.balances(), kept.balances());
  compare('stored accruals', fresh.contracts(), kept.contracts());
  compare('stored counts', world.counts, stored.counts);
  compare('stored ledger', world.ledger.sets.at(-1)?.hash, stored.ledger.sets.at(-1)?.hash);
  fresh.close();
  kept.close();
  return differences;
}

/**
 * Every vehicle's days again from its accepted readings, in plain big-integer arithmetic that shares no line with the
 * meter, and every contract's price from those.
 */
function compareWithIndependentPass(world: World): string[] {
  const differences: string[] = [];
  world.contracts.forEach((account, index) => {
    let contractTenths = 0;
    for (const vehicle of world.vehicles) {
      for (const row of vehicle.days.values()) {
        if (row.contract !== index) continue;
        const tenths = independentTenths(world, vehicle, index, row.day);
        contractTenths += tenths;
        if (tenths !== row.tenths) {
          differences.push(`${vehicle.vehicle} on ${row.day}: ${row.tenths} tenths, independently ${tenths}`);
        }
      }
    }
    const summed = [...account.tenthsByDay.values()].reduce((sum, tenths) => sum + tenths, 0);
    if (summed !== contractTenths) {
      differences.push(
        `contract ${account.contract.id}: ${summed} tenths, its vehicles' days sum to ${contractTenths}`,
      );
    }
    const held = world.ledger.balancesPence.get(`1110:${account.contract.id}`) ?? 0;
    const heldByPeriod = [...account.periods.values()].reduce((sum, period) => sum + period.heldPence, 0);
    if (held !== heldByPeriod) {
      differences.push(
        `account 1110:${account.contract.id} holds ${held} pence, its periods ${heldByPeriod}`,
      );
    }
  });
  return differences;
}

function independentTenths(world: World, vehicle: VehicleState, contract: number, day: string): number {
  const account = must(world.contracts[contract], 'a row names a contract');
  const series = vehicle.billingSeries === null ? undefined : vehicle.series.get(vehicle.billingSeries);
  if (series === undefined) return 0;
  const perTenth = account.contract.unit === 'mi' ? 160_934_400n : 100_000_000n;
  const zone = account.contract.timezone;
  const startMs = startOfDayMs(day, zone);
  const endMs = startOfDayMs(addDays(day, 1), zone);
  let tenths = 0n;
  for (const assignment of vehicle.assignments.filter((each) => each.contract === contract)) {
    const fromMs = Math.max(startMs, assignment.fromMs);
    const toMs = Math.min(endMs, assignment.toMs);
    if (fromMs >= toMs) continue;
    tenths += divideFloor(independentOdometer(series, toMs), perTenth);
    tenths -= divideFloor(independentOdometer(series, fromMs), perTenth);
  }
  return Number(tenths);
}

function independentOdometer(series: Series, atMs: number): bigint {
  let before: { ms: bigint; um: bigint } | null = null;
  for (let i = 0; i < series.count; i += 1) {
    if (!isAccepted(series, i)) continue;
    const here = { ms: BigInt(series.atMs[i] ?? 0), um: BigInt(series.micrometres[i] ?? 0) };
    if (here.ms === BigInt(atMs)) return here.um;
    if (here.ms > BigInt(atMs)) {
      if (before === null) return here.um;
      const part = ((BigInt(atMs) - before.ms) * (here.um - before.um)) / (here.ms - before.ms);
      return before.um + part;
    }
    before = here;
  }
  return before?.um ?? 0n;
}
