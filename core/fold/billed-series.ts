import type { Series } from '../metering/series.ts';
import type { VehicleState } from './world.ts';

/** The series a vehicle is billed by (rule M4a); null while it has none. */
export function billedSeries({ billingSeries, series }: VehicleState): Series | null {
  return billingSeries === null ? null : (series.get(billingSeries) ?? null);
}
