import type { Book } from '../../core/protocol/book.ts';
import { type Counts, sumOf } from '../../core/protocol/report.ts';
import { UNEXPLAINED } from '../truth/difference-cause.ts';
import { type BilledDay, type Verification, verifyTruth } from '../truth/verify-truth.ts';
import { type MetricName, QUARANTINE_PREFIX } from './metric-names.ts';
import type { ScenarioOutcome } from './run-scenario.ts';
import type { DocumentFigures } from './scenario-product.ts';

/** A figure of a run, for the fleet and, where it has one, the vehicle it is worst for. Null: it could not be had. */
export interface Measured {
  readonly value: number | null;
  readonly vehicle: string | null;
}

export interface MeasuredRun {
  readonly verification: Verification;
  readonly measure: (metric: string) => Measured;
}

/** The figures of a run. `clean` is what was billed in the same run without its faults, when somebody needs it. */
export function measureRun(
  outcome: ScenarioOutcome,
  book: Book,
  clean: readonly BilledDay[] | null,
): MeasuredRun {
  const verification = verifyTruth(outcome.truth, outcome.figures.tenths, book);
  const measure = (metric: string): Measured => {
    if (metric.startsWith(QUARANTINE_PREFIX)) {
      const { counts } = outcome.figures;
      return plain(
        counts === null ? null : (counts.readings.quarantined[metric.slice(QUARANTINE_PREFIX.length)] ?? 0),
      );
    }
    return figures[metric as MetricName]({ outcome, verification, clean });
  };
  return { verification, measure };
}

interface Facts {
  readonly outcome: ScenarioOutcome;
  readonly verification: Verification;
  readonly clean: readonly BilledDay[] | null;
}

const TENTHS_A_MILE = 10;

const figures: Readonly<Record<MetricName, (facts: Facts) => Measured>> = {
  'billing.absErrorMiles': ({ verification }) =>
    worst(
      verification.vehicles.map(({ vehicle, billedTenths, trueTenths }) => [
        vehicle,
        Math.abs(billedTenths - trueTenths) / TENTHS_A_MILE,
      ]),
    ),
  'billing.unexplained': ({ verification }) =>
    plain(verification.differences.filter(({ cause }) => cause === UNEXPLAINED).length),
  'billing.outOfBounds': ({ verification }) => plain(verification.differences.length),
  'billing.boundaryDifferences': ({ verification }) =>
    plain(verification.differences.filter(({ day, of }) => day === null && of === 'tenths').length),
  'billing.tenths': ({ verification }) =>
    plain(verification.vehicles.reduce((sum, { billedTenths }) => sum + billedTenths, 0)),
  'billing.zeroMilesCharged': ({ verification }) =>
    plain(
      verification.vehicles.filter(({ trueTenths, billedPence }) => trueTenths === 0 && billedPence !== 0)
        .length,
    ),
  'cleanRun.differences': ({ outcome, clean }) =>
    plain(clean === null ? null : daysThatDiffer(outcome.figures.tenths, clean)),
  'ingest.lost': ({ outcome }) => plain(outcome.truth.packetsSent - outcome.truth.acknowledged),
  'ingest.unaccounted': ({ outcome }) => counted(outcome, unaccounted),
  'ingest.refused': ({ outcome }) => counted(outcome, ({ packets }) => sumOf(packets.refused)),
  'ingest.duplicate': ({ outcome }) => counted(outcome, ({ packets }) => packets.duplicate),
  'ingest.lagSeconds': ({ outcome }) => plain(outcome.lagMs === null ? null : outcome.lagMs / 1_000),
  'readings.accepted': ({ outcome }) => counted(outcome, ({ readings }) => readings.accepted),
  'readings.quarantined': ({ outcome }) => counted(outcome, ({ readings }) => sumOf(readings.quarantined)),
  'documents.count': ({ outcome }) => plain(outcome.figures.documents.length),
  'documents.invoices': ({ outcome }) =>
    plain(outcome.figures.documents.filter(({ kind }) => kind === 'invoice').length),
  'documents.corrections': ({ outcome }) =>
    plain(outcome.figures.documents.filter(({ kind }) => kind !== 'invoice').length),
  'documents.netPence': ({ outcome }) =>
    plain(outcome.figures.documents.reduce((sum, { netPence }) => sum + netPence, 0)),
  'documents.unbalanced': ({ outcome }) =>
    plain(
      outcome.figures.documents.filter(
        ({ rated }) => rated.lines.reduce((sum, { pence }) => sum + pence, 0) !== rated.netPence,
      ).length,
    ),
  'documents.provisional': ({ outcome }) =>
    plain(outcome.figures.documents.filter(({ rated }) => rated.isProvisional).length),
  'documents.milesDifference': ({ outcome }) =>
    plain(
      Math.max(
        0,
        ...latestOfPeriods(outcome.figures.documents).map((document) =>
          milesDifference(document, outcome.figures.tenths),
        ),
      ),
    ),
  'book.faults': ({ outcome }) => plain(outcome.figures.bookFaults.length),
  'journal.differences': ({ outcome }) => plain(outcome.figures.journalDifferences),
  'run.restarts': ({ outcome }) => plain(outcome.restarts),
};

function plain(value: number | null): Measured {
  return { value, vehicle: null };
}

function counted({ figures: { counts } }: ScenarioOutcome, of: (counts: Counts) => number): Measured {
  return plain(counts === null ? null : of(counts));
}

function worst(byVehicle: readonly (readonly [string, number])[]): Measured {
  let [vehicle, value]: readonly [string | null, number] = [null, 0];
  for (const [name, figure] of byVehicle) if (figure > value) [vehicle, value] = [name, figure];
  return { value, vehicle };
}

function unaccounted({ packets, readings }: Counts): number {
  const { decoded, accepted, superseded, jitter, repeat, quarantined, unclaimed } = readings;
  const packetsLeft = packets.received - packets.decoded - sumOf(packets.refused) - packets.duplicate;
  const readingsLeft = decoded - accepted - superseded - jitter - repeat - sumOf(quarantined) - unclaimed;
  return Math.abs(packetsLeft) + Math.abs(readingsLeft);
}

function daysThatDiffer(one: readonly BilledDay[], other: readonly BilledDay[]): number {
  const key = ({ vehicle, day, tenths, pence }: BilledDay): string => `${vehicle} ${day} ${tenths} ${pence}`;
  const [a, b] = [new Set(one.map(key)), new Set(other.map(key))];
  return [...a].filter((row) => !b.has(row)).length + [...b].filter((row) => !a.has(row)).length;
}

/** Of each period the document that was issued last: what it rates holds. */
function latestOfPeriods(documents: readonly DocumentFigures[]): readonly DocumentFigures[] {
  return [
    ...new Map(
      documents.map((document) => [`${document.contract} ${document.rated.period}`, document]),
    ).values(),
  ];
}

function milesDifference({ rated }: DocumentFigures, tenths: readonly BilledDay[]): number {
  const vehicles = new Set(rated.vehicles.map(({ vehicle }) => vehicle));
  const billed = tenths
    .filter(({ vehicle, day }) => vehicles.has(vehicle) && day >= rated.startDay && day < rated.endDay)
    .reduce((sum, row) => sum + row.tenths, 0);
  return Math.abs(billed - rated.tenths);
}
