import { type BillingUnit, wholeTenths } from '../base/distance.ts';
import { pricePence } from '../base/money.ts';
import { must } from '../base/assert.ts';
import { firstRateOn } from '../billing/contract-account.ts';
import { MOTION, type MotionName } from '../protocol/feed-frame.ts';
import { feedFactsIn } from './mappings-on.ts';
import type { RosterEntry, VehicleNow } from '../protocol/link.ts';
import { billableBounds } from './rate-days.ts';
import { tenthsOn } from './vehicle-days.ts';
import type { Assignment, VehicleState, World } from './world.ts';

/** A vehicle that carries no tracker. */
const STALE_AFTER_MS_UNKNOWN = 15 * 60_000;

const MOTION_NAMES = new Map<number, MotionName>(
  (Object.keys(MOTION) as MotionName[]).map((name) => [MOTION[name], name]),
);

/** Who is in which slot: the names that position frames leave out. */
export function describeRoster(world: World): RosterEntry[] {
  return world.vehicles
    .filter((vehicle) => !vehicle.isHidden)
    .map((vehicle) => ({
      slot: vehicle.slot,
      vehicle: vehicle.vehicle,
      registration: vehicle.registration,
      make: vehicle.make,
      model: vehicle.model,
      operator: operatorOf(world, vehicle),
      provider: vehicle.provider,
      staleAfterMs:
        vehicle.provider === null
          ? STALE_AFTER_MS_UNKNOWN
          : feedFactsIn(world.door, vehicle.provider).staleAfterMs,
      isClaimed: vehicle.isClaimed,
    }));
}

/** One vehicle as it stands at the world's clock; null for a name nobody has. */
export function describeVehicle(world: World, name: string): VehicleNow | null {
  const vehicle = vehicleByName(world, name);
  if (vehicle === null) return null;
  const { latest } = vehicle;
  const contract = currentAssignment(world, vehicle);
  return {
    vehicle: vehicle.vehicle,
    registration: vehicle.registration,
    make: vehicle.make,
    model: vehicle.model,
    vin: vehicle.vin,
    operator: operatorOf(world, vehicle),
    contract: contract === null ? null : contractOf(world, contract).contract.id,
    device: vehicle.device,
    provider: vehicle.provider,
    motion: motionNameOf(world, vehicle),
    lastHeardAtMs: latest.lastHeardAtMs,
    lastObservedAtMs: latest.lastObservedAtMs,
    position: latest.position,
    speedKmh: latest.speedKmh,
    batteryPercent: latest.batteryPercent,
    odometer: describeOdometer(world, vehicle),
    today: contract === null ? null : describeToday(world, vehicle, contract),
    quarantinedReadings: vehicle.quarantined,
  };
}

export function motionNameOf({ fleet }: World, { slot }: VehicleState): MotionName {
  return MOTION_NAMES.get(fleet.motions[slot] ?? MOTION.unknown) ?? 'unknown';
}

/** The unit a vehicle's distances are told in: its contract's; miles for one in none. */
export function billingUnitOf(world: World, vehicle: VehicleState): BillingUnit {
  const assignment = currentAssignment(world, vehicle);
  return assignment === null ? 'mi' : contractOf(world, assignment).contract.unit;
}

function describeOdometer(world: World, vehicle: VehicleState): VehicleNow['odometer'] {
  const { odometer } = vehicle.latest;
  if (odometer === null) return null;
  const unit = billingUnitOf(world, vehicle);
  const { micrometres, rawText, rawUnit, origin } = odometer.value;
  return { ...odometer, value: { rawText, rawUnit, origin, tenths: wholeTenths(micrometres, unit), unit } };
}

function describeToday(world: World, vehicle: VehicleState, assignment: Assignment): VehicleNow['today'] {
  const account = contractOf(world, assignment);
  const { openDay: day, contract } = account;
  const rate = firstRateOn(account, day);
  const tenths = tenthsOn(vehicle.days, assignment.contract, day);
  return {
    day,
    tenths,
    unit: contract.unit,
    pence: pricePence(tenths, rate.value),
    ratePence: rate.text,
    isProvisional: true,
    countedFromMs: billableBounds(account, assignment, day).fromMs,
  };
}

export function vehicleByName(world: World, name: string): VehicleState | null {
  const slot = world.slotByVehicle.get(name);
  return slot === undefined ? null : (world.vehicles[slot] ?? null);
}

/** The assignment that holds at the world's clock. */
export function currentAssignment(world: World, vehicle: VehicleState): Assignment | null {
  return (
    vehicle.assignments.find(({ fromMs, toMs }) => world.clockMs >= fromMs && world.clockMs < toMs) ??
    vehicle.assignments.at(-1) ??
    null
  );
}

function contractOf(world: World, assignment: Assignment): World['contracts'][number] {
  return must(world.contracts[assignment.contract], 'an assignment names a contract of the book');
}

function operatorOf(world: World, vehicle: VehicleState): string | null {
  const assignment = currentAssignment(world, vehicle);
  return assignment === null ? null : contractOf(world, assignment).operatorName;
}
