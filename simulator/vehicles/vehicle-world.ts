import type { LocalDay } from '../../core/base/calendar.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { RouteFinder } from '../roads/find-route.ts';
import type { RoadNetwork } from '../roads/road-network.ts';
import type { Planned } from './day-plan.ts';

/** What a vehicle needs of the world around it. */
export interface VehicleWorld {
  readonly seed: number;
  readonly timeZone: string;
  readonly openingMs: number;
  /** Added to the time to get the hour drivers live by (fleet-plan.ts). */
  readonly workShiftMs: number;
  /** Local days that are like a Sunday, beside those everybody has off. */
  readonly holidays?: readonly LocalDay[];
  readonly network: RoadNetwork;
  readonly routes: RouteFinder;
}

/** What the days of a vehicle depend on, by the hours its driver lives by. */
export function plannedOf(traits: FleetVehicle, world: VehicleWorld): Planned {
  const shifted = (atMs: number): number => atMs + world.workShiftMs;
  return {
    seed: world.seed,
    vehicle: traits.id,
    pattern: traits.pattern,
    timeZone: world.timeZone,
    openingMs: shifted(world.openingMs),
    dailyTrend: traits.dailyTrend,
    rangeMm: traits.powertrain === 'BEV' ? traits.rangeMm : null,
    holidays: world.holidays ?? [],
    demandFactors: (traits.demandFactors ?? []).map(({ fromMs, toMs, factor }) => ({
      fromMs: shifted(fromMs),
      toMs: toMs === null ? null : shifted(toMs),
      factor,
    })),
  };
}
