import { hideSlot } from '../fleet/fleet.ts';
import type { DeviceState } from './devices.ts';
import { addVehicle, deviceKey, type VehicleState, type World } from './world.ts';

/** A device nobody claimed is drawn and kept, under the name it gave itself; it is not billed. */
export function drawnWhileUnclaimed(world: World, device: DeviceState): VehicleState {
  const known = unclaimedVehicleOf(world, device);
  if (known !== null) {
    if (known.isHidden) {
      known.isHidden = false;
      world.unsaved.rosterVersion += 1;
    }
    return known;
  }
  return addVehicle(world, {
    vehicle: deviceKey(device.provider, device.name),
    isClaimed: false,
    registration: device.name,
    make: 'Unclaimed tracker',
    model: device.provider,
    vin: null,
    facts: null,
    provider: device.provider,
    device: device.name,
    billingSeries: null,
    opening: null,
    assignments: [],
  });
}

/** Its readings are drawn with a vehicle from now on. */
export function hideUnclaimed(world: World, device: DeviceState): void {
  const vehicle = unclaimedVehicleOf(world, device);
  if (vehicle === null || vehicle.isHidden) return;
  vehicle.isHidden = true;
  hideSlot(world.fleet, vehicle.slot);
  world.unsaved.rosterVersion += 1;
}

function unclaimedVehicleOf(world: World, { provider, name }: DeviceState): VehicleState | null {
  const slot = world.slotByVehicle.get(deviceKey(provider, name));
  return slot === undefined ? null : (world.vehicles[slot] ?? null);
}
