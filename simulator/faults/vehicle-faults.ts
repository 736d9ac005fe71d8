import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { type ActiveFault, numberParam } from './fault.ts';

/** The vehicle with what befalls the vehicle itself, and not its tracker: a crash, other demand, a theft from where it stands. */
export function befallen(traits: FleetVehicle, faults: readonly ActiveFault[]): FleetVehicle {
  const crashes = faults
    .filter(({ type }) => type === 'crash')
    .map(({ fromMs, toMs }) => ({ atMs: fromMs, untilMs: toMs }));
  const factors = faults
    .filter(({ type }) => type === 'demand' || type === 'theft')
    .map((fault) => ({
      fromMs: fault.fromMs,
      toMs: fault.toMs,
      // Nobody works with a stolen vehicle: whoever was driving it arrives, and then it stands.
      factor: fault.type === 'theft' ? 0 : numberParam(fault, 'factor', 1),
    }));
  if (crashes.length === 0 && factors.length === 0) return traits;
  return {
    ...traits,
    crashes: [...(traits.crashes ?? []), ...crashes].sort((a, b) => a.atMs - b.atMs),
    demandFactors: [...(traits.demandFactors ?? []), ...factors],
  };
}
