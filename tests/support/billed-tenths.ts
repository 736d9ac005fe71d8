import type { DataFolder } from '../../core/process/data-folder.ts';
import { restoreWorld } from '../../core/process/live-world.ts';

/** Everything a data folder bills, by vehicle: whole tenths of the contract's unit over all days. */
export async function billedTenthsByVehicle(folder: DataFolder): Promise<Record<string, number>> {
  const { world, store } = await restoreWorld(folder, () => undefined);
  store.close();
  return Object.fromEntries(
    world.vehicles
      .filter((vehicle) => vehicle.isClaimed)
      .map(({ vehicle, days }) => [vehicle, [...days.values()].reduce((sum, day) => sum + day.tenths, 0)]),
  );
}
