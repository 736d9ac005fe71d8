import { must } from '../base/assert.ts';
import { addDays, startOfDayMs } from '../base/calendar.ts';
import { divideFloor } from '../base/decimal.ts';
import { sumOf } from '../billing/split-pence.ts';
import type { VehicleState, World } from '../fold/world.ts';
import { isAccepted, type Series } from '../metering/series.ts';

/**
 * Every vehicle's days again from its accepted readings, in plain big-integer arithmetic that shares no line with the
 * meter, and every contract's price from those.
 */
export function rateIndependently(world: World): string[] {
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
    const heldByPeriod = [...account.periods.values()].reduce((sum, { held }) => sum + sumOf(held), 0);
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
