import { type BillingUnit, MICROMETRES_PER_MILE, wholeTenths } from '../base/distance.ts';
import type { DrivingLimits } from './acceptance-scan.ts';
import { acceptedPoints } from './changed-span.ts';
import { decideOnSeries, type SeriesDecision } from './decide-on-series.ts';
import { isReplacement, type OpenedEpoch, rawMicrometresAt, withEpoch } from './epochs.ts';
import { isQuarantined, type ReadingStatus, statusOfCode } from './reading-status.ts';
import type { Ruling } from './rulings.ts';
import {
  acceptedBefore,
  at,
  copyOfSeries,
  indexAtOrAfter,
  isAccepted,
  type Series,
  type SeriesRow,
} from './series.ts';

/** Why an epoch would make no sense, in words; null when it may be opened. Distances are named in `unit`. */
export function epochProblem(series: Series, opened: OpenedEpoch, unit: BillingUnit): string | null {
  const { atMs, closingMicrometres, receivedAtMs } = opened;
  if (atMs > receivedAtMs) return 'the odometer cannot be replaced in the future; give the time it was done';
  if (series.epochs.some((epoch) => epoch.atMs === atMs))
    return `a replacement at ${instant(atMs)} is there already`;
  const isExact = withEpoch(series.epochs, opened).every(({ openingMicrometres, offsetMicrometres }) =>
    Number.isSafeInteger(openingMicrometres + offsetMicrometres),
  );
  if (!isExact) return 'the closing values add up to more than five million miles; check them';
  const before = acceptedBefore(series, indexAtOrAfter(series, atMs));
  if (before < 0) return `no reading before ${instant(atMs)} counts; sign the opening reading first`;
  if (closingMicrometres < rawMicrometresAt(series, before)) {
    const closing = distance(closingMicrometres, unit);
    return `the old odometer cannot close at ${closing}, below ${readingWords(series, before, unit)}; reject that reading first`;
  }
  return openingProblem(series, opened, unit);
}

/** The new instrument never showed as much as it is said to have opened with. */
function openingProblem(series: Series, opened: OpenedEpoch, unit: BillingUnit): string | null {
  const { atMs, openingMicrometres } = opened;
  const opening = distance(openingMicrometres, unit);
  const next = series.epochs.find((epoch) => epoch.atMs > atMs);
  if (next !== undefined && next.closingMicrometres < openingMicrometres)
    return `the new odometer cannot open at ${opening}: it closed at ${distance(next.closingMicrometres, unit)} at ${instant(next.atMs)}`;
  const endMs = next?.atMs ?? Number.POSITIVE_INFINITY;
  let highest = -1;
  for (let i = indexAtOrAfter(series, atMs); i < series.count && at(series.atMs, i) < endMs; i += 1) {
    if (statusAt(series, i) === 'rejected') continue;
    if (highest < 0 || rawMicrometresAt(series, i) > rawMicrometresAt(series, highest)) highest = i;
  }
  if (highest < 0 || rawMicrometresAt(series, highest) >= openingMicrometres - MICROMETRES_PER_MILE)
    return null;
  return `the new odometer cannot open at ${opening}: the most read since is ${readingWords(series, highest, unit)}; correct the opening value or the time`;
}

/** Why a ruling would make no sense, in words; null when it may be made. */
export function rulingProblem(
  series: Series,
  ruling: Ruling,
  limits: DrivingLimits,
  unit: BillingUnit,
): string | null {
  const index = indexOfRuled(series, ruling);
  if (index < 0) return `no such reading of ${instant(ruling.atMs)} is kept`;
  const status = statusAt(series, index);
  if (status === 'rejected') return 'that reading was rejected, which stands; sign its value by hand instead';
  if (ruling.kind === 'reject')
    return status === 'accepted' || isQuarantined(status)
      ? null
      : 'that reading does not count as it is; nothing needs rejecting';
  if (!isQuarantined(status)) return 'that reading is not quarantined; nothing needs accepting';
  const before = acceptedBefore(series, indexAtOrAfter(series, ruling.atMs));
  if (before >= 0 && at(series.micrometres, index) < at(series.micrometres, before))
    return `it lies below ${readingWords(series, before, unit)}; reject that reading first`;
  return lossProblem(series, decidedCopy(series, ruling, limits), ruling.atMs, unit);
}

/** Why a reading that people would sign makes no sense, in words; null when it may be signed. */
export function signingProblem(
  series: Series,
  row: SeriesRow,
  limits: DrivingLimits,
  unit: BillingUnit,
): string | null {
  if (row.atMs > row.receivedAtMs)
    return 'a reading cannot be signed of the future; give the time it was read';
  const decided = decidedCopy(series, { kind: 'sign', row }, limits);
  const index = indexOfRuled(decided, { ...row, rawMicrometres: row.micrometres });
  const status = statusAt(decided, index);
  if (status === 'accepted') return lossProblem(series, decided, row.atMs, unit);
  return `it would not count: ${whyNot[status] ?? 'another reading has precedence'}`;
}

const whyNot: Partial<Readonly<Record<ReadingStatus, string>>> = {
  rollback: 'it lies below the reading that counts before it; check the value and the time',
  jitter: 'it lies below the reading that counts before it; check the value and the time',
  repeat: 'it is not above the reading that counts before it; check the value and the time',
  jump: 'the vehicle cannot have driven that far since the reading before it; check the value and the time',
  rejected: 'the same reading was signed and rejected before',
};

/** The series as it would be. */
function decidedCopy(series: Series, decision: SeriesDecision, limits: DrivingLimits): Series {
  const decided = copyOfSeries(series);
  decideOnSeries(decided, decision, limits, () => undefined);
  return decided;
}

/** A decision by which readings of other instants would no longer count is a mistake, unless they are rejected by name. */
function lossProblem(series: Series, decided: Series, atMs: number, unit: BillingUnit): string | null {
  const kept = new Set(acceptedPoints(decided).atMs);
  for (let i = 0; i < series.count; i += 1) {
    const ofMs = at(series.atMs, i);
    if (!isAccepted(series, i) || ofMs === atMs || kept.has(ofMs)) continue;
    return `${readingWords(series, i, unit)} would no longer count; reject it first if it is wrong`;
  }
  return null;
}

function indexOfRuled(
  series: Series,
  { position, atMs, rawMicrometres }: Pick<Ruling, 'position' | 'atMs' | 'rawMicrometres'>,
): number {
  const first = indexAtOrAfter(series, atMs);
  for (let i = first; i < series.count && at(series.atMs, i) === atMs; i += 1) {
    const isNamed = at(series.position, i) === position && rawMicrometresAt(series, i) === rawMicrometres;
    if (isNamed && !isReplacement(series, i)) return i;
  }
  return -1;
}

function statusAt(series: Series, index: number): ReadingStatus {
  return statusOfCode(at(series.status, index));
}

function readingWords(series: Series, index: number, unit: BillingUnit): string {
  return `the reading of ${distance(rawMicrometresAt(series, index), unit)} at ${instant(at(series.atMs, index))}`;
}

function distance(micrometres: number, unit: BillingUnit): string {
  return `${(wholeTenths(micrometres, unit) / 10).toFixed(1)} ${unit}`;
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
