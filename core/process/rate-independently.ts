import { sumOf } from '../billing/split-pence.ts';
import { allDays } from '../fold/vehicle-days.ts';
import type { World } from '../fold/world.ts';
import { independentTenths } from './independent-odometer.ts';

/**
 * Every vehicle's days again from its accepted readings, in plain big-integer arithmetic that shares no line with the
 * meter, and every contract's price from those.
 */
export function rateIndependently(world: World): string[] {
  const differences: string[] = [];
  world.contracts.forEach((account, index) => {
    let contractTenths = 0;
    for (const vehicle of world.vehicles) {
      for (const row of allDays(vehicle.days)) {
        if (row.contract !== index) continue;
        const tenths = independentTenths(world, account.contract, vehicle.vehicle, row.day);
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
