import type { DataFolder } from '../../core/process/data-folder.ts';
import { allDays } from '../../core/fold/vehicle-days.ts';
import { readWorld } from '../../core/process/live-world.ts';

/** Everything a data folder bills, by vehicle: whole tenths of the contract's unit over all days. */
export function billedTenthsByVehicle(folder: DataFolder): Record<string, number> {
  const world = readWorld(folder, () => undefined);
  return Object.fromEntries(
    world.vehicles
      .filter((vehicle) => vehicle.isClaimed)
      .map(({ vehicle, days }) => [vehicle, allDays(days).reduce((sum, day) => sum + day.tenths, 0)]),
  );
}
