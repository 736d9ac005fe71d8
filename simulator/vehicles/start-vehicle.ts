import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { SimulatedVehicle } from './simulated-vehicle.ts';
import { RecordedVehicle } from './tracks/recorded-vehicle.ts';
import type { Vehicle } from './vehicle.ts';
import type { VehicleWorld } from './vehicle-world.ts';

/** The vehicle of a fleet, ready to be carried along: by its pattern, or by what was recorded of it. */
export function startVehicle(traits: FleetVehicle, world: VehicleWorld, liveMs: number): Vehicle {
  return traits.track === undefined
    ? new SimulatedVehicle(traits, world)
    : new RecordedVehicle(traits, traits.track, world, liveMs);
}
