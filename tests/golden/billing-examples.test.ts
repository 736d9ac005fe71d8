import fs from 'node:fs';
import { expect, test } from 'vitest';
import { micrometresFromText } from '../../core/base/distance.ts';
import { tenthsBetween } from '../../core/fold/rate-days.ts';
import { DEFAULT_LIMITS } from '../../core/metering/acceptance-scan.ts';
import type { SeriesDecision } from '../../core/metering/decide-on-series.ts';
import { judgeReadings } from '../../core/metering/judge-readings.ts';
import { type ReadingSource, type SeriesRow, SOURCE_RANK } from '../../core/metering/series.ts';

/** The worked billing cases: here their metering half, every reading's status and every vehicle's distance. */
interface Example {
  readonly id: string;
  readonly title: string;
  readonly contract: { readonly unit: 'mi' | 'km' };
  readonly readings: readonly ExampleReading[];
  readonly replacements?: readonly ExampleReplacement[];
  readonly expected: readonly {
    readonly asOf?: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly perVehicle: Readonly<Record<string, string>>;
    readonly readingStatus: Readonly<Record<string, string>>;
  }[];
}

interface ExampleReading {
  readonly id: string;
  readonly vehicle: string;
  readonly at: string;
  readonly received?: string;
  readonly value: string;
  readonly unit: 'mi' | 'km';
  readonly source: ReadingSource;
}

interface ExampleReplacement {
  readonly vehicle: string;
  readonly at: string;
  readonly closing: string;
  readonly opening: string;
  readonly unit: 'mi' | 'km';
}

const file = new URL('billing-examples.json', import.meta.url);
const { cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: Example[] };

test.each(cases.map((example) => [example.id, example] as const))('%s', (_id, example) => {
  for (const period of example.expected) {
    const known = example.readings.filter((reading) => isKnown(reading, period.asOf));
    for (const order of [known, known.toReversed()]) {
      const outcome = meterAll(example, order, period.periodStart, period.periodEnd);
      expect(outcome.status).toEqual(period.readingStatus);
      expect(outcome.distance).toEqual(period.perVehicle);
    }
  }
});

function isKnown(reading: ExampleReading, asOf: string | undefined): boolean {
  return asOf === undefined || reading.received === undefined || reading.received <= asOf;
}

function meterAll(
  { contract, replacements = [] }: Example,
  readings: readonly ExampleReading[],
  periodStart: string,
  periodEnd: string,
): { status: Record<string, string>; distance: Record<string, string> } {
  const status: Record<string, string> = {};
  const distance: Record<string, string> = {};
  for (const vehicle of new Set(readings.map((reading) => reading.vehicle))) {
    const own = readings.filter((reading) => reading.vehicle === vehicle);
    const epochs = replacements.filter((replacement) => replacement.vehicle === vehicle).map(epochOf);
    const { series, statuses } = judgeReadings(own.map(rowOf), epochs, DEFAULT_LIMITS);
    own.forEach(({ id }, i) => {
      status[id] = statuses[i] ?? 'missing';
    });
    const tenths = tenthsBetween(series, Date.parse(periodStart), Date.parse(periodEnd), contract.unit);
    distance[vehicle] = (tenths / 10).toFixed(1);
  }
  return { status, distance };
}

function rowOf(reading: ExampleReading, position: number): SeriesRow {
  return {
    atMs: Date.parse(reading.at),
    micrometres: micrometres(reading.value, reading.unit),
    position,
    receivedAtMs: Date.parse(reading.received ?? reading.at),
    rank: SOURCE_RANK[reading.source],
  };
}

function epochOf({ at, closing, opening, unit }: ExampleReplacement): SeriesDecision {
  return {
    kind: 'open-epoch',
    atMs: Date.parse(at),
    closingMicrometres: micrometres(closing, unit),
    openingMicrometres: micrometres(opening, unit),
    receivedAtMs: Date.parse(at),
  };
}

function micrometres(text: string, unit: 'mi' | 'km'): number {
  const distance = micrometresFromText(text, unit);
  if (!distance.ok) throw new Error(`${text} ${unit}: ${distance.error}`);
  return distance.value;
}
