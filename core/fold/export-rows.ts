import { must } from '../base/assert.ts';
import { addDays, startOfDayMs } from '../base/calendar.ts';
import { pricePence } from '../base/money.ts';
import { firstRateOn } from '../billing/contract-account.ts';
import { openPence } from '../billing/document-book.ts';
import { rawMicrometresAt } from '../metering/epochs.ts';
import { statusOfCode } from '../metering/reading-status.ts';
import { acceptedFrom, at, indexAtOrAfter, type ReadingSource, SOURCE_RANK } from '../metering/series.ts';
import { wholeSeries } from '../metering/thin-series.ts';
import { billedSeries } from './billed-series.ts';
import { allDays, type VehicleDay } from './vehicle-days.ts';
import type { VehicleState, World } from './world.ts';

export const exportNames = ['tenths', 'documents', 'entries', 'readings'] as const;
export type ExportName = (typeof exportNames)[number];

/** Everything of a kind that a world holds, one plain row after another, for other programs to read. */
export function exportRows(world: World, what: ExportName): Generator<object> {
  switch (what) {
    case 'tenths':
      return tenthsRows(world);
    case 'documents':
      return documentRows(world);
    case 'entries':
      return entryRows(world);
    case 'readings':
      return readingRows(world);
  }
}

/** A vehicle's distance of a local day of its contract, at the rate a day's first mile has. */
function* tenthsRows(world: World): Generator<object> {
  for (const vehicle of world.vehicles) {
    const days = allDays(vehicle.days).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    for (const row of days) yield tenthsRow(world, vehicle, row);
  }
}

function tenthsRow(world: World, vehicle: VehicleState, { contract, day, tenths }: VehicleDay): object {
  const account = must(world.contracts[contract], 'a vehicle day names a contract');
  const { unit, timezone } = account.contract;
  const series = billedSeries(vehicle);
  const endMs = startOfDayMs(addDays(day, 1), timezone);
  return {
    vehicle: vehicle.vehicle,
    day,
    tenths,
    unit,
    provisional: series === null || acceptedFrom(series, indexAtOrAfter(series, endMs)) < 0,
    pence: pricePence(tenths, firstRateOn(account, day).value),
  };
}

function* documentRows(world: World): Generator<object> {
  for (const state of world.money.documents.values()) {
    const { document, issuedBy, issuedAtMs, payments, writtenOffPence } = state;
    yield { ...document, issuedBy, issuedAtMs, payments, writtenOffPence, openPence: openPence(state) };
  }
}

function* entryRows(world: World): Generator<object> {
  for (const set of world.ledger.sets) yield set;
}

/** The readings of every billing series, as they were judged; distance as the instrument showed it. */
function* readingRows(world: World): Generator<object> {
  const sources = Object.keys(SOURCE_RANK) as ReadingSource[];
  for (const vehicle of world.vehicles) {
    const thinned = billedSeries(vehicle);
    if (thinned === null) continue;
    const series = wholeSeries(thinned, world.archive);
    for (let i = 0; i < series.count; i += 1) {
      const position = at(series.position, i);
      yield {
        vehicle: vehicle.vehicle,
        position: position < 0 ? null : position,
        at: new Date(at(series.atMs, i)).toISOString(),
        received: new Date(at(series.receivedAtMs, i)).toISOString(),
        micrometres: rawMicrometresAt(series, i),
        cumulativeMicrometres: at(series.micrometres, i),
        source: sources.find((source) => SOURCE_RANK[source] === at(series.rank, i)) ?? 'manual',
        status: statusOfCode(at(series.status, i)),
      };
    }
  }
}
