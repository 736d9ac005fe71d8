import { must } from '../../core/base/assert.ts';
import { demoFleet } from '../fleet/demo-fleet.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { WorkPatternName } from '../vehicles/work-pattern.ts';

/** So many battery vehicles of one pattern and one operator, changed where a test says so. */
export function someTraits(
  pattern: WorkPatternName,
  count: number,
  change: Partial<FleetVehicle> = {},
): readonly FleetVehicle[] {
  const [like] = demoFleet(1, 1);
  return Array.from({ length: count }, (_, index) => ({
    ...must(like, 'a fleet of one has a vehicle'),
    id: `v-${String(index + 1).padStart(4, '0')}`,
    operator: 'an-operator',
    powertrain: 'BEV' as const,
    pattern,
    dailyTrend: 0,
    rangeMm: 300_000_000,
    ...change,
  }));
}
