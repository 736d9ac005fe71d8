import { startOfDayMs } from '../base/calendar.ts';
import { micrometresFromText } from '../base/distance.ts';
import { assert, must } from '../base/assert.ts';
import { assignVehicle, openContractAccount } from '../billing/contract-account.ts';
import { at, NO_POSITION, type Series, SOURCE_RANK } from '../metering/series.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { decideOnSeries } from '../metering/decide-on-series.ts';
import {
  type Book,
  type BookContract,
  type BookTracker,
  type BookVehicle,
  odometerOrigins,
} from '../protocol/book.ts';
import { billedSeries } from './billed-series.ts';
import { rateDays } from './rate-days.ts';
import { type DeviceState, knownDevice, seriesFor, seriesKey, type TrackerBinding } from './devices.ts';
import { addVehicle, type Assignment, factsOf, type VehicleState, type World } from './world.ts';

/** The decision that gives a fresh data folder its facility, contracts, vehicles, trackers and opening readings. */
export function loadBook(world: World, book: Book): void {
  assert(world.facility === null, 'a data folder takes one book');
  world.facility = book.facility;
  addToBook(world, book);
}

/** What a book, or an extension of it, brings. */
export type BookParts = Pick<Book, 'operators' | 'vehicles' | 'trackers' | 'contracts' | 'openings'>;

/** More operators, contracts, vehicles and trackers. Those there are may be named, and get contracts and trackers too. */
export function addToBook(world: World, book: BookParts): void {
  for (const { id, name } of book.operators) world.operatorNames.set(id, name);
  const firstContract = world.contracts.length;
  for (const contract of book.contracts) {
    const operator = must(world.operatorNames.get(contract.operator), 'checked name');
    world.contracts.push(openContractAccount(contract, operator));
  }
  const openings = new Map(book.openings.map((opening) => [opening.vehicle, opening]));
  const assignments = assignmentsByVehicle(book.contracts, firstContract);
  const trackers = trackersByVehicle(book.trackers);
  for (const vehicle of book.vehicles) {
    const own = trackers.get(vehicle.id) ?? [];
    addBookVehicle(world, vehicle, own, assignments.get(vehicle.id) ?? [], openings.get(vehicle.id));
  }
  const added = new Set(book.vehicles.map(({ id }) => id));
  extendKnown(world, book, assignments, added);
}

/** Vehicles that were there before get what the extension has for them. */
function extendKnown(
  world: World,
  book: BookParts,
  assignments: ReadonlyMap<string, Assignment[]>,
  added: ReadonlySet<string>,
): void {
  for (const [name, more] of assignments) {
    if (added.has(name)) continue;
    const vehicle = knownVehicle(world, name);
    vehicle.assignments = [...vehicle.assignments, ...more];
    tellContracts(world, vehicle, more);
    world.unsaved.vehicles.push(vehicle.slot);
    const series = billedSeries(vehicle);
    if (series !== null && series.count > 0)
      rateDays(world, vehicle, series, { fromMs: at(series.atMs, 0), toMs: world.clockMs });
  }
  for (const tracker of book.trackers)
    if (!added.has(tracker.vehicle)) bindTracker(world, knownVehicle(world, tracker.vehicle), tracker);
}

function knownVehicle(world: World, name: string): VehicleState {
  return must(world.vehicles[world.slotByVehicle.get(name) ?? -1], 'checked before it was journalled');
}

function trackersByVehicle(trackers: readonly BookTracker[]): Map<string, BookTracker[]> {
  const byVehicle = new Map<string, BookTracker[]>();
  for (const tracker of trackers) {
    const own = byVehicle.get(tracker.vehicle);
    if (own === undefined) byVehicle.set(tracker.vehicle, [tracker]);
    else own.push(tracker);
  }
  return byVehicle;
}

/** The assignments of contracts that stand from `firstContract` on. */
function assignmentsByVehicle(
  contracts: readonly BookContract[],
  firstContract: number,
): Map<string, Assignment[]> {
  const byVehicle = new Map<string, Assignment[]>();
  contracts.forEach((contract, i) => {
    const contractStartMs = startOfDayMs(contract.start, contract.timezone);
    const contractEndMs =
      contract.end === undefined ? Number.POSITIVE_INFINITY : startOfDayMs(contract.end, contract.timezone);
    for (const { vehicle, from, to } of contract.assignments) {
      const assignment = {
        contract: firstContract + i,
        fromMs: Math.max(Date.parse(from), contractStartMs),
        toMs: Math.min(to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to), contractEndMs),
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
  const added = addVehicle(world, {
    vehicle: vehicle.id,
    isClaimed: true,
    registration: vehicle.registration,
    make: vehicle.make,
    model: vehicle.model,
    vin: vehicle.vin ?? null,
    facts: factsOf(vehicle),
    provider: tracker?.provider ?? null,
    device: tracker?.externalId ?? null,
    billingSeries:
      tracker === undefined ? null : seriesKey(tracker.provider, tracker.externalId, tracker.origin),
    opening:
      opening === undefined
        ? null
        : { atMs: Date.parse(opening.at), rawText: opening.value, rawUnit: opening.unit },
    assignments,
  });
  tellContracts(world, added, assignments);
  for (const each of trackers) bindTracker(world, added, each);
}

function tellContracts(world: World, vehicle: VehicleState, assignments: readonly Assignment[]): void {
  for (const { contract, fromMs, toMs } of assignments) {
    const account = must(world.contracts[contract], 'an assignment names a contract of the book');
    assignVehicle(account, vehicle.slot, vehicle.vehicle, fromMs, toMs);
  }
}

function bindTracker(world: World, vehicle: VehicleState, tracker: BookTracker): void {
  const device = knownDevice(world, tracker.provider, tracker.externalId);
  const binding: TrackerBinding = {
    slot: vehicle.slot,
    series: seriesKey(tracker.provider, tracker.externalId, tracker.origin),
    origin: tracker.origin,
    fromMs: Date.parse(tracker.from),
    toMs: tracker.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(tracker.to),
  };
  device.bindings = [...device.bindings, binding].toSorted((a, b) => a.fromMs - b.fromMs);
  openBillingSeries(world, vehicle, device);
}

/** When the vehicle is billed by this tracker and has no series of it yet: a new one, begun by the handover reading. */
export function openBillingSeries(world: World, vehicle: VehicleState, device: DeviceState): void {
  const { billingSeries } = vehicle;
  if (billingSeries === null || vehicle.series.has(billingSeries)) return;
  if (!odometerOrigins.some((origin) => billingSeries === seriesKey(device.provider, device.name, origin)))
    return;
  const series = seriesFor(world, device.provider);
  vehicle.series.set(billingSeries, series);
  if (vehicle.opening !== null) openSeries(series, vehicle.opening);
}

/** The handover reading is signed by people, not sent by a tracker: it begins the scan and is not counted as a reading. */
function openSeries(series: Series, opening: NonNullable<VehicleState['opening']>): void {
  const micrometres = micrometresFromText(opening.rawText, opening.rawUnit);
  assert(micrometres.ok, "the book's schema admits decimals only");
  const row = {
    atMs: opening.atMs,
    micrometres: micrometres.value,
    position: NO_POSITION,
    receivedAtMs: opening.atMs,
    rank: SOURCE_RANK.handover,
  };
  decideOnSeries(series, { kind: 'sign', row }, DEFAULT_LIMITS, () => undefined);
}
