import { wholeTenths } from '../base/distance.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { rawMicrometresAt } from '../metering/epochs.ts';
import { isQuarantined, statusOfCode } from '../metering/reading-status.ts';
import { acceptedBefore, at, type ReadingSource, type Series, SOURCE_RANK } from '../metering/series.ts';
import { wholeBetween } from '../metering/thin-series.ts';
import { suspectReading } from '../metering/suspect-reading.ts';
import type { moneyAsks } from '../protocol/money-asks.ts';
import type { z } from 'zod';
import { billedSeries } from './billed-series.ts';
import { billingUnitOf, vehicleByName } from './describe-vehicle.ts';
import type { World } from './world.ts';

export type QuarantineAnswer = NonNullable<z.infer<(typeof moneyAsks)['money.quarantine']['answer']>>;

/** The readings of a vehicle's billing series that do not count, newest first; null for a vehicle that is not billed. */
export function describeQuarantine(world: World, name: string, limit: number): QuarantineAnswer | null {
  const vehicle = vehicleByName(world, name);
  const thinned = vehicle === null ? null : billedSeries(vehicle);
  if (vehicle === null || thinned === null) return null;
  const always = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  const series = wholeBetween(thinned, ...always, world.archive, ({ hasQuarantined }) => hasQuarantined);
  const unit = billingUnitOf(world, vehicle);
  const last = acceptedBefore(series, series.count);
  const readings: QuarantineAnswer['readings'] = [];
  for (let i = series.count - 1; i >= 0 && readings.length < limit; i -= 1) {
    if (isQuarantined(statusOfCode(at(series.status, i)))) readings.push(rowAt(series, i, unit));
  }
  return {
    registration: vehicle.registration,
    lastAccepted: last < 0 ? null : rowAt(series, last, unit),
    isSuspect: suspectReading(series, DEFAULT_LIMITS) !== null,
    readings,
  };
}

function rowAt(series: Series, i: number, unit: 'mi' | 'km'): QuarantineAnswer['readings'][number] {
  const micrometres = rawMicrometresAt(series, i);
  const sources = Object.keys(SOURCE_RANK) as ReadingSource[];
  return {
    position: at(series.position, i),
    atMs: at(series.atMs, i),
    receivedAtMs: at(series.receivedAtMs, i),
    micrometres,
    tenths: wholeTenths(micrometres, unit),
    unit,
    status: statusOfCode(at(series.status, i)),
    source: sources.find((source) => SOURCE_RANK[source] === at(series.rank, i)) ?? 'manual',
  };
}
