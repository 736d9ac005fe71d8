import { must } from '../../base/assert.ts';
import type { VehicleState, World } from '../../fold/world.ts';
import type { BookContract } from '../../protocol/book.ts';
import type { Quantity } from '../../protocol/terms.ts';
import { type Column, columnNames } from './contract-columns.ts';
import { amendmentsText, plainDecimal, ratesText } from './terms-text.ts';

type Cells = Partial<Record<Column, string>>;

/** The heads, and a row for each vehicle in a contract and further tracker of it; texts not yet guarded. */
export function contractRecords(world: World): (readonly string[])[] {
  const trackers = trackersBySlot(world);
  const rows = world.contracts.flatMap(({ contract }) => {
    const cells = contractCells(contract, world.operatorNames.get(contract.operator) ?? '');
    if (contract.assignments.length === 0) return [cells];
    return contract.assignments.flatMap(({ vehicle: name, from, to }) => {
      const vehicle = must(
        world.vehicles[world.slotByVehicle.get(name) ?? -1],
        'an assigned vehicle is known',
      );
      const stay = {
        ...cells,
        ...vehicleCells(vehicle),
        from: moment(from),
        ...(to === undefined ? {} : { to: moment(to) }),
      };
      const [first = {}, ...others] = trackers.get(vehicle.slot) ?? [];
      // Its trackers stand on its first row, and on more of the same.
      trackers.delete(vehicle.slot);
      return [first, ...others].map((tracker) => ({ ...stay, ...tracker }));
    });
  });
  return [columnNames, ...rows.map((cells: Cells) => columnNames.map((column) => cells[column] ?? ''))];
}

function moment(instant: string): string {
  return new Date(instant).toISOString();
}

function quantity(value: Quantity | undefined): string {
  return value === undefined ? '' : plainDecimal(value);
}

function contractCells(contract: BookContract, operatorName: string): Cells {
  const { terms, underwriting } = contract;
  return {
    operator_id: contract.operator,
    operator_name: operatorName,
    contract_id: contract.id,
    time_zone: contract.timezone,
    unit: contract.unit,
    anchor: contract.anchor,
    start: contract.start,
    end: contract.end ?? '',
    scope: contract.scope ?? '',
    rates: ratesText(terms.tiers),
    standing_pounds: quantity(terms.standing),
    minimum_distance: quantity(terms.minMiles),
    minimum_rate: quantity(terms.minRate),
    minimum_charge_pounds: quantity(terms.minCharge),
    cap_distance: quantity(terms.capMiles),
    cap_charge_pounds: quantity(terms.capCharge),
    target_distance: quantity(contract.targetMiles),
    vat_rate: quantity(contract.vatRate),
    payment_days: quantity(contract.paymentTermsDays),
    deposit_pounds: quantity(contract.deposit),
    expected_miles_per_month: plainDecimal(underwriting.milesPerMonth),
    residual_value_pounds: quantity(underwriting.rv),
    residual_miles: quantity(underwriting.rvMiles),
    loss_rate: quantity(underwriting.lossRate),
    amendments: amendmentsText(terms, contract.amendments ?? []),
  };
}

function vehicleCells({ vehicle, registration, vin, make, model, facts, opening }: VehicleState): Cells {
  return {
    vehicle_id: vehicle,
    registration,
    vin: vin ?? '',
    make,
    model,
    class: facts?.class ?? '',
    powertrain: facts?.powertrain ?? '',
    cost_pounds: quantity(facts?.cost),
    opening_value: opening?.rawText ?? '',
    opening_unit: opening?.rawUnit ?? '',
    opening_at: opening === null ? '' : new Date(opening.atMs).toISOString(),
  };
}

/** Each vehicle's trackers; the one it is billed by comes first, for the first is the one that will be. */
function trackersBySlot({ devices, vehicles }: World): Map<number, Cells[]> {
  const bindings = [...devices.values()].flatMap((ofProvider) =>
    [...ofProvider.values()].flatMap((device) => device.bindings.map((binding) => ({ device, binding }))),
  );
  bindings.sort((a, b) => a.binding.fromMs - b.binding.fromMs);
  const isBilled = ({ binding }: (typeof bindings)[number]): boolean =>
    vehicles[binding.slot]?.billingSeries === binding.series;
  const ordered = [...bindings.filter(isBilled), ...bindings.filter((each) => !isBilled(each))];
  const bySlot = new Map<number, Cells[]>();
  for (const { device, binding } of ordered) {
    const cells: Cells = {
      tracker_provider: device.provider,
      tracker_id: device.name,
      tracker_origin: binding.origin,
      tracker_from: new Date(binding.fromMs).toISOString(),
      tracker_to: Number.isFinite(binding.toMs) ? new Date(binding.toMs).toISOString() : '',
    };
    bySlot.set(binding.slot, [...(bySlot.get(binding.slot) ?? []), cells]);
  }
  return bySlot;
}
