import { addDays, startOfDayMs } from '../base/calendar.ts';
import { divideFloor } from '../base/decimal.ts';
import type { World } from '../fold/world.ts';
import { isAccepted, type Series } from '../metering/series.ts';
import type { BookContract } from '../protocol/book.ts';

/**
 * A vehicle's billable tenths of a local day under a contract, from its accepted readings, in plain big-integer
 * arithmetic that shares no line with the meter.
 */
export function independentTenths(world: World, contract: BookContract, name: string, day: string): number {
  const vehicle = world.vehicles[world.slotByVehicle.get(name) ?? -1];
  const series = vehicle?.series.get(vehicle.billingSeries ?? '');
  if (vehicle === undefined || series === undefined) return 0;
  const perTenth = contract.unit === 'mi' ? 160_934_400n : 100_000_000n;
  const { timezone } = contract;
  const startMs = startOfDayMs(day, timezone);
  const endMs = startOfDayMs(addDays(day, 1), timezone);
  const contractStartMs = startOfDayMs(contract.start, timezone);
  const contractEndMs =
    contract.end === undefined ? Number.POSITIVE_INFINITY : startOfDayMs(contract.end, timezone);
  let tenths = 0n;
  for (const { vehicle: assigned, from, to } of contract.assignments) {
    if (assigned !== name) continue;
    const fromMs = Math.max(startMs, Date.parse(from), contractStartMs);
    const toMs = Math.min(endMs, to === undefined ? endMs : Date.parse(to), contractEndMs);
    if (fromMs >= toMs) continue;
    tenths += divideFloor(independentOdometer(series, toMs), perTenth);
    tenths -= divideFloor(independentOdometer(series, fromMs), perTenth);
  }
  return Number(tenths);
}

function independentOdometer(series: Series, atMs: number): bigint {
  let before = -1;
  for (let i = 0; i < series.count; i += 1) {
    if (!isAccepted(series, i)) continue;
    if ((series.atMs[i] ?? 0) >= atMs) return between(series, before, i, atMs);
    before = i;
  }
  return before < 0 ? 0n : BigInt(series.micrometres[before] ?? 0);
}

/** Rule M7 between two accepted readings, or at the first one for an earlier instant. */
function between(series: Series, before: number, after: number, atMs: number): bigint {
  const end = { ms: BigInt(series.atMs[after] ?? 0), um: BigInt(series.micrometres[after] ?? 0) };
  if (before < 0 || end.ms === BigInt(atMs)) return end.um;
  const start = { ms: BigInt(series.atMs[before] ?? 0), um: BigInt(series.micrometres[before] ?? 0) };
  return start.um + ((BigInt(atMs) - start.ms) * (end.um - start.um)) / (end.ms - start.ms);
}
