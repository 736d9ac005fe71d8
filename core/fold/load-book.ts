import { startOfDayMs } from '../base/calendar.ts';
import { micrometresFromText } from '../base/distance.ts';
import { assert, must } from '../base/assert.ts';
import { openContractAccount } from '../billing/contract-account.ts';
import { newSeries, NO_POSITION, type Series, SOURCE_RANK } from '../metering/series.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { meterReading } from '../metering/meter-reading.ts';
import type { Book, BookTracker, BookVehicle, OdometerOrigin, TrackerProvider } from '../protocol/book.ts';
import { feedFacts } from '../tracker/feeds.ts';
import { addVehicle, type Assignment, type TrackerBinding, type World } from './world.ts';

/** The decision that gives a fresh data folder its facility, contracts, vehicles, trackers and opening readings. */
export function loadBook(world: World, book: Book): void {
  assert(world.facility === null, 'a data folder takes one book');
  world.facility = book.facility;
  const operatorNames = new Map(book.operators.map((operator) => [operator.id, operator.name]));
  for (const contract of book.contracts) {
    world.contracts.push(
      openContractAccount(contract, must(operatorNames.get(contract.operator), 'checked name')),
    );
  }
  const openings = new Map(book.openings.map((opening) => [opening.vehicle, opening]));
  const assignments = assignmentsByVehicle(book);
  for (const vehicle of book.vehicles) {
    const trackers = book.trackers.filter((tracker) => tracker.vehicle === vehicle.id);
    addBookVehicle(world, vehicle, trackers, assignments.get(vehicle.id) ?? [], openings.get(vehicle.id));
  }
}

function assignmentsByVehicle(book: Book): Map<string, Assignment[]> {
  const byVehicle = new Map<string, Assignment[]>();
  book.contracts.forEach((contract, index) => {
    const contractStartMs = startOfDayMs(contract.start, contract.timezone);
    for (const { vehicle, from, to } of contract.assignments) {
      const assignment = {
        contract: index,
        fromMs: Math.max(Date.parse(from), contractStartMs),
        toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
      };
      byVehicle.set(vehicle, [...(byVehicle.get(vehicle) ?? []), assignment]);
    }
  });
  return byVehicle;
}

function addBookVehicle(
  world: World,
  vehicle: BookVehicle,
  trackers: readonly BookTracker[],
  assignments: readonly Assignment[],
  opening: Book['openings'][number] | undefined,
): void {
  const [tracker] = trackers;
  const billingSeries =
    tracker === undefined ? null : seriesKey(tracker.provider, tracker.externalId, tracker.origin);
  const added = addVehicle(world, {
    vehicle: vehicle.id,
    isClaimed: true,
    registration: vehicle.registration,
    make: vehicle.make,
    model: vehicle.model,
    vin: vehicle.vin ?? null,
    provider: tracker?.provider ?? null,
    device: tracker?.externalId ?? null,
    billingSeries,
    opening:
      opening === undefined
        ? null
        : { atMs: Date.parse(opening.at), rawText: opening.value, rawUnit: opening.unit },
    assignments,
  });
  for (const each of trackers) bindTracker(world, added.slot, each);
  if (tracker === undefined || billingSeries === null) return;
  const series = seriesFor(tracker.provider);
  added.series.set(billingSeries, series);
  if (opening !== undefined) openSeries(series, opening);
}

function bindTracker(world: World, slot: number, tracker: BookTracker): void {
  const binding: TrackerBinding = {
    slot,
    series: seriesKey(tracker.provider, tracker.externalId, tracker.origin),
    origin: tracker.origin,
    fromMs: Date.parse(tracker.from),
    toMs: tracker.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(tracker.to),
  };
  const ofProvider = world.bindings.get(tracker.provider) ?? new Map<string, TrackerBinding[]>();
  world.bindings.set(tracker.provider, ofProvider);
  ofProvider.set(tracker.externalId, [...(ofProvider.get(tracker.externalId) ?? []), binding]);
}

/** The handover reading is signed by people, not sent by a tracker: it begins the scan and is not counted as a reading. */
function openSeries(series: Series, opening: Book['openings'][number]): void {
  const micrometres = micrometresFromText(opening.value, opening.unit);
  assert(micrometres.ok, () => `opening of ${opening.vehicle}: the book's schema admits decimals only`);
  const atMs = Date.parse(opening.at);
  const row = {
    atMs,
    micrometres: micrometres.value,
    position: NO_POSITION,
    receivedAtMs: atMs,
    rank: SOURCE_RANK.handover,
  };
  meterReading(series, row, DEFAULT_LIMITS, () => undefined);
  series.lastHeardAtMs = Number.NEGATIVE_INFINITY;
}

export function seriesKey(provider: TrackerProvider, device: string, origin: OdometerOrigin): string {
  return `${provider} ${device} ${origin}`;
}

/** A new, empty series for a tracker's odometer that is not billed (rule M4a). */
export function seriesFor(provider: TrackerProvider): Series {
  return newSeries(feedFacts(provider).isMeteredByReceipt);
}
