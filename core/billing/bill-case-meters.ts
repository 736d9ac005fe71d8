import { startOfDayMs } from '../base/calendar.ts';
import { micrometresFromText, wholeTenths } from '../base/distance.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { type JudgedReadings, judgeReadings } from '../metering/judge-readings.ts';
import { acceptedFrom, indexAtOrAfter, odometerAt, SOURCE_RANK } from '../metering/series.ts';
import { type BillCase, untilMs } from './bill-case-input.ts';
import type { ExactContract } from './exact-contract.ts';

export interface CaseMeter extends JudgedReadings {
  readonly ids: readonly string[];
}

/** The meter of each vehicle, from what was known then. */
export function metersOf(
  { readings, replacements }: BillCase,
  asOf: string | undefined,
): Map<string, CaseMeter> {
  const asOfMs = asOf === undefined ? Number.POSITIVE_INFINITY : Date.parse(asOf);
  const isKnown = ({ received }: { readonly received?: string | undefined }): boolean =>
    received === undefined || Date.parse(received) <= asOfMs;
  const known = readings.filter(isKnown);
  const meters = new Map<string, CaseMeter>();
  for (const vehicle of new Set(known.map((reading) => reading.vehicle))) {
    const own = known.filter((reading) => reading.vehicle === vehicle);
    const rows = own.map((reading, position) => ({
      atMs: Date.parse(reading.at),
      micrometres: micrometres(reading.value, reading.unit),
      position,
      receivedAtMs: Date.parse(reading.received ?? reading.at),
      rank: SOURCE_RANK[reading.source],
    }));
    const epochs = replacements
      .filter((replacement) => replacement.vehicle === vehicle && isKnown(replacement))
      .map(({ at, closing, opening, unit: of }) => ({
        kind: 'open-epoch' as const,
        atMs: Date.parse(at),
        closingMicrometres: micrometres(closing, of),
        openingMicrometres: micrometres(opening, of),
        receivedAtMs: Date.parse(at),
      }));
    meters.set(vehicle, {
      ids: own.map((reading) => reading.id),
      ...judgeReadings(rows, epochs, DEFAULT_LIMITS),
    });
  }
  return meters;
}

export interface Stay {
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Rule M9: assignments clipped to the contract and to a stretch of time; empty ones are left out. */
export function staysBetween(
  { contract: { assignments } }: BillCase,
  contract: ExactContract,
  startMs: number,
  endMs: number,
): Stay[] {
  const firstMs = Math.max(startMs, startOfDayMs(contract.start, contract.timezone));
  const lastMs =
    contract.end === null ? endMs : Math.min(endMs, startOfDayMs(contract.end, contract.timezone));
  return assignments
    .map(({ vehicle, from, to }) => ({
      vehicle,
      fromMs: Math.max(firstMs, Date.parse(from)),
      toMs: Math.min(lastMs, untilMs(to)),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

export function sumTenths(
  meters: ReadonlyMap<string, CaseMeter>,
  stays: readonly Stay[],
  of: 'mi' | 'km',
): number {
  return stays.reduce(
    (sum, { vehicle, fromMs, toMs }) => sum + tenthsBetween(meters.get(vehicle), fromMs, toMs, of),
    0,
  );
}

export function tenthsBetween(
  meter: CaseMeter | undefined,
  fromMs: number,
  toMs: number,
  of: 'mi' | 'km',
): number {
  if (meter === undefined) return 0;
  const start = odometerAt(meter.series, fromMs);
  const end = odometerAt(meter.series, toMs);
  return start === null || end === null ? 0 : wholeTenths(end, of) - wholeTenths(start, of);
}

/** Rule M7: what is priced after the last accepted reading is provisional. */
export function isBeyondLast(meter: CaseMeter | undefined, ms: number): boolean {
  return meter === undefined || acceptedFrom(meter.series, indexAtOrAfter(meter.series, ms)) < 0;
}

function micrometres(text: string, of: 'mi' | 'km'): number {
  const stated = micrometresFromText(text, of);
  return stated.ok ? stated.value : 0;
}
