import { must } from '../base/assert.ts';
import { micrometresFromText } from '../base/distance.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { decideOnSeries, type SeriesDecision } from '../metering/decide-on-series.ts';
import { restoreAll } from '../metering/thin-series.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import { billedSeries } from './billed-series.ts';
import { vehicleByName } from './describe-vehicle.ts';
import { rateDays } from './rate-days.ts';
import { countStatus } from './take-reading.ts';
import type { World } from './world.ts';

export type ReadingDecision = DecisionOf<'open-epoch' | 'accept-reading' | 'reject-reading'>;

/** A decision about the billing series of a vehicle: its readings are judged again, and its days priced again. */
export function decideReading(world: World, decision: ReadingDecision, atMs: number): void {
  const vehicle = must(vehicleByName(world, decision.vehicle), 'checked before it was journalled');
  const series = must(billedSeries(vehicle), 'checked before it was journalled');
  restoreAll(series, world.archive);
  const changed = decideOnSeries(series, seriesDecision(decision, atMs), DEFAULT_LIMITS, (status, change) =>
    countStatus(world, vehicle, status, change),
  );
  if (changed !== null) rateDays(world, vehicle, series, changed);
}

/** The decision as its series takes it. */
export function seriesDecision(
  decision: ReadingDecision,
  receivedAtMs: number,
): Exclude<SeriesDecision, { readonly kind: 'sign' }> {
  if (decision.decision === 'open-epoch') {
    return {
      kind: 'open-epoch',
      atMs: Date.parse(decision.at),
      closingMicrometres: statedMicrometres(decision.closing, decision.unit),
      openingMicrometres: statedMicrometres(decision.opening, decision.unit),
      receivedAtMs,
    };
  }
  const { position, atMs, micrometres } = decision;
  const kind = decision.decision === 'accept-reading' ? 'accept' : 'reject';
  return { kind, position, atMs, rawMicrometres: micrometres };
}

function statedMicrometres(text: string, unit: 'mi' | 'km'): number {
  const stated = micrometresFromText(text, unit);
  return stated.ok ? stated.value : 0;
}
