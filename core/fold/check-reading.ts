import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { epochProblem, rulingProblem } from '../metering/decision-problems.ts';
import { wholeSeries } from '../metering/thin-series.ts';
import { billedSeries } from './billed-series.ts';
import { type ReadingDecision, seriesDecision } from './decide-reading.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { billingUnitOf, vehicleByName } from './describe-vehicle.ts';
import type { World } from './world.ts';

/** Why a decision about a vehicle's readings cannot be taken; null when it may be. */
export function readingProblem(world: World, decision: ReadingDecision): DecisionProblem | null {
  const vehicle = vehicleByName(world, decision.vehicle);
  if (vehicle === null || !vehicle.isClaimed)
    return problem('vehicle', `there is no vehicle "${decision.vehicle}"`);
  const thinned = billedSeries(vehicle);
  if (thinned === null)
    return problem(
      'vehicle',
      `${vehicle.registration} has no odometer that is billed; claim a tracker for it`,
    );
  const series = wholeSeries(thinned, world.archive);
  const unit = billingUnitOf(world, vehicle);
  const decided = seriesDecision(decision, world.clockMs);
  const words =
    decided.kind === 'open-epoch'
      ? epochProblem(series, decided, unit)
      : rulingProblem(series, decided, DEFAULT_LIMITS, unit);
  return words === null ? null : problem(decided.kind === 'open-epoch' ? 'closing' : 'position', words);
}
