import { must } from '../base/assert.ts';
import { pricePence } from '../base/money.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import { firstRateOn, unpostedPence } from '../billing/contract-account.ts';
import type { AssignmentRow, ContractRow, StoreChanges } from '../portfolio/store.ts';
import { dayAt } from './vehicle-days.ts';
import type { VehicleState, World } from './world.ts';

/** Hands over what changed since the last call, as rows for the query side, and forgets it. */
export function takeChanges(world: World): StoreChanges {
  const { unsaved } = world;
  const vehicles = unsaved.vehicles.map((slot) =>
    must(world.vehicles[slot], 'an unsaved vehicle has a slot'),
  );
  const changes: StoreChanges = {
    contracts: world.contracts.map(contractRow),
    assignments: vehicles.flatMap((vehicle) => assignmentRows(world, vehicle)),
    vehicles: vehicles.map(({ vehicle, registration, make, model }) => ({
      vehicle,
      registration,
      make,
      model,
    })),
    vehicleDays: unsaved.days.map(({ slot, index }) => {
      const vehicle = must(world.vehicles[slot], 'a vehicle day has a slot');
      const row = dayAt(vehicle.days, index);
      const account = must(world.contracts[row.contract], 'a vehicle day names a contract');
      vehicle.days.isUnsaved[index] = 0;
      return {
        day: row.day,
        vehicle: vehicle.vehicle,
        contract: account.contract.id,
        tenths: row.tenths,
        pence: pricePence(row.tenths, firstRateOn(account, row.day).value),
      };
    }),
    sets: unsaved.sets,
  };
  unsaved.vehicles = [];
  unsaved.days = [];
  unsaved.sets = [];
  return changes;
}

function contractRow(account: ContractAccount): ContractRow {
  const { contract } = account;
  return {
    contract: contract.id,
    operator: account.operatorName,
    timezone: contract.timezone,
    unit: contract.unit,
    ratePence: firstRateOn(account, account.openDay).text,
    milesPerMonth: contract.underwriting.milesPerMonth,
    openDay: account.openDay,
    unpostedPence: unpostedPence(account),
  };
}

function assignmentRows(world: World, vehicle: VehicleState): AssignmentRow[] {
  return vehicle.assignments.map(({ contract, fromMs, toMs }) => ({
    contract: must(world.contracts[contract], 'an assignment names a contract').contract.id,
    vehicle: vehicle.vehicle,
    fromMs,
    toMs: Number.isFinite(toMs) ? toMs : Number.MAX_SAFE_INTEGER,
  }));
}
