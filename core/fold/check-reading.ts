import { at } from '../metering/series.ts';
import { rawMicrometresAt } from '../metering/epochs.ts';
import { billedSeries } from './billed-series.ts';
import type { ReadingDecision } from './decide-reading.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { vehicleByName } from './describe-vehicle.ts';
import type { World } from './world.ts';

/** Why a decision about a vehicle's readings cannot be taken; null when it may be. */
export function readingProblem(world: World, decision: ReadingDecision): DecisionProblem | null {
  const vehicle = vehicleByName(world, decision.vehicle);
  if (vehicle === null || !vehicle.isClaimed)
    return problem('vehicle', `there is no vehicle "${decision.vehicle}"`);
  const series = billedSeries(vehicle);
  if (series === null)
    return problem(
      'vehicle',
      `${vehicle.registration} has no odometer that is billed; claim a tracker for it`,
    );
  if (decision.decision === 'open-epoch')
    return Date.parse(decision.at) > world.clockMs ? problem('at', `${decision.at} is to come`) : null;
  for (let i = 0; i < series.count; i += 1) {
    const isIt =
      at(series.position, i) === decision.position &&
      at(series.atMs, i) === decision.atMs &&
      rawMicrometresAt(series, i) === decision.micrometres;
    if (isIt) return null;
  }
  return problem('position', `record ${decision.position} holds no such reading of ${vehicle.registration}`);
}
