import type { DrivingLimits } from './acceptance-scan.ts';
import { addRows, decideOnSeries, type SeriesDecision } from './decide-on-series.ts';
import { cumulativeRow } from './epochs.ts';
import { unjudgedRow } from './kept-rows.ts';
import { CLOCK_AHEAD_MS_MAX } from './meter-reading.ts';
import { type ReadingStatus, statusOfCode } from './reading-status.ts';
import { at, indexInOrder, newSeries, type Series, type SeriesRow } from './series.ts';

/** One vehicle's meter: the series M(t) is read from, and the status of each reading, in the order they were given. */
export interface JudgedReadings {
  readonly series: Series;
  readonly statuses: readonly ReadingStatus[];
}

/**
 * Judges all readings of one vehicle whose feed gives reading times, with what people decided about them. Distances are
 * what instruments showed, in micrometres. The order of either list makes no difference, nor does a reading there twice.
 */
export function judgeReadings(
  readings: readonly SeriesRow[],
  decisions: readonly SeriesDecision[],
  limits: DrivingLimits,
): JudgedReadings {
  const series = newSeries(false);
  for (const decision of decisions) decideOnSeries(series, decision, limits, () => undefined);
  const timely = readings.filter((reading) => !isClockAhead(reading));
  addRows(series, timely.map(unjudgedRow), limits, () => undefined);
  const statuses = readings.map((reading) => (isClockAhead(reading) ? 'clock' : statusIn(series, reading)));
  return { series, statuses };
}

/** Rule M3: a reading that is too far ahead of its receipt is not used. */
function isClockAhead({ atMs, receivedAtMs }: SeriesRow): boolean {
  return atMs > receivedAtMs + CLOCK_AHEAD_MS_MAX;
}

function statusIn(series: Series, reading: SeriesRow): ReadingStatus {
  const index = indexInOrder(series, cumulativeRow(series, reading));
  return statusOfCode(at(series.status, index));
}
