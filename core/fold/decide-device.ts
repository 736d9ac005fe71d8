import { assert, must } from '../base/assert.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { addRows, isEmpty, takeTrackerRows } from '../metering/decide-on-series.ts';
import { type KeptRow, trackerRows } from '../metering/kept-rows.ts';
import { at, type Series } from '../metering/series.ts';
import type { StatusTally } from '../metering/series-change.ts';
import { restoreAll } from '../metering/thin-series.ts';
import { type OdometerOrigin, odometerOrigins, type TrackerProvider } from '../protocol/book.ts';
import type { DecisionOf } from '../protocol/decision.ts';
import {
  bindingAt,
  type DeviceState,
  knownDevice,
  seriesFor,
  seriesKey,
  type TrackerBinding,
} from './devices.ts';
import { openBillingSeries } from './load-book.ts';
import { rateDays } from './rate-days.ts';
import { noteSituation } from './situations.ts';
import { countStatus } from './take-reading.ts';
import { hideUnclaimed } from './unclaimed-vehicle.ts';
import { addVehicle, factsOf, type VehicleState, type World } from './world.ts';

/**
 * A vehicle carries the tracker from an instant on. What the tracker sent since then counts for that vehicle, and no
 * longer for the one that had it.
 */
export function claimDevice(world: World, decision: DecisionOf<'claim-device'>, atMs: number): void {
  const device = knownDevice(world, decision.provider, decision.device);
  const vehicle = claimingVehicle(world, decision);
  const fromMs = Date.parse(decision.from);
  const binding: TrackerBinding = {
    slot: vehicle.slot,
    series: seriesKey(device.provider, device.name, decision.origin),
    origin: decision.origin,
    fromMs,
    toMs: Number.POSITIVE_INFINITY,
  };
  noteClaim(world, device, vehicle, fromMs, atMs);
  if (device.bindings.length === 0 && device.packets > 0) world.unclaimedDevices -= 1;
  device.group = decision.group;
  vehicle.billingSeries ??= binding.series;
  if (vehicle.billingSeries === binding.series) {
    vehicle.provider = device.provider;
    vehicle.device = device.name;
  }
  rebind(world, device, [...bindingsBefore(device, fromMs), binding]);
  hideUnclaimed(world, device);
  world.unsaved.vehicles.push(vehicle.slot);
  world.unsaved.rosterVersion += 1;
}

/** From an instant on the tracker belongs to no vehicle; what it sent since then waits to be claimed. */
export function releaseDevice(world: World, decision: DecisionOf<'release-device'>): void {
  const device = knownDevice(world, decision.provider, decision.device);
  rebind(world, device, bindingsBefore(device, Date.parse(decision.at)));
  world.unsaved.rosterVersion += 1;
}

/** Trackers that came with contracts may have been heard before: what they said since their vehicles carry them counts. */
export function claimWaiting(
  world: World,
  trackers: readonly { readonly provider: TrackerProvider; readonly externalId: string }[],
): void {
  const devices = trackers.map(({ provider, externalId }) => knownDevice(world, provider, externalId));
  for (const device of new Set(devices)) {
    if (device.packets === 0) continue;
    const isFirstClaim = device.bindings.length === devices.filter((each) => each === device).length;
    if (isFirstClaim) world.unclaimedDevices -= 1;
    rebind(world, device, device.bindings);
    hideUnclaimed(world, device);
  }
  world.unsaved.rosterVersion += 1;
}

function claimingVehicle(world: World, { vehicle, newVehicle }: DecisionOf<'claim-device'>): VehicleState {
  const slot = world.slotByVehicle.get(vehicle);
  if (slot !== undefined) return must(world.vehicles[slot], 'a name has a slot');
  const added = must(newVehicle, 'checked before it was journalled');
  return addVehicle(world, {
    vehicle,
    isClaimed: true,
    registration: added.registration,
    make: added.make,
    model: added.model,
    vin: added.vin ?? null,
    facts: factsOf(added),
    provider: null,
    device: null,
    billingSeries: null,
    opening: null,
    assignments: [],
  });
}

function bindingsBefore({ bindings }: DeviceState, ms: number): readonly TrackerBinding[] {
  return bindings
    .filter(({ fromMs }) => fromMs < ms)
    .map((binding) => ({ ...binding, toMs: Math.min(binding.toMs, ms) }));
}

/** Names what the claim makes of other claims: a tracker taken from another vehicle, two on one. */
function noteClaim(
  world: World,
  device: DeviceState,
  vehicle: VehicleState,
  fromMs: number,
  atMs: number,
): void {
  const subject = `${device.provider} ${device.name}`;
  const before = device.bindings.find(({ slot, toMs }) => slot !== vehicle.slot && toMs > fromMs);
  if (before !== undefined) {
    const from = must(world.vehicles[before.slot], 'a binding has a vehicle').registration;
    const detail = `from ${from} to ${vehicle.registration}; each keeps what it drove with it`;
    noteSituation(world, { situation: 'tracker-moved', subject, detail, atMs });
  }
  for (const other of devicesOn(world, vehicle, fromMs)) {
    if (other === device) continue;
    const detail = `${other.provider} ${other.name} and ${subject}; the first one is billed`;
    noteSituation(world, { situation: 'two-trackers', subject: vehicle.vehicle, detail, atMs });
  }
}

function* devicesOn(world: World, { slot }: VehicleState, fromMs: number): Generator<DeviceState> {
  for (const ofProvider of world.devices.values()) {
    for (const device of ofProvider.values()) {
      if (device.bindings.some((binding) => binding.slot === slot && binding.toMs > fromMs)) yield device;
    }
  }
}

/** An odometer reading of a tracker, wherever it is kept. */
interface MovingRow {
  readonly origin: OdometerOrigin;
  readonly kept: KeptRow;
}

/** Gives the tracker other intervals; every reading it ever gave goes to whom it then belongs, in the order received. */
function rebind(world: World, device: DeviceState, bindings: readonly TrackerBinding[]): void {
  const touched = new Set([...device.bindings, ...bindings].map(({ slot }) => slot));
  const rows: MovingRow[] = takeUnbound(world, device);
  for (const slot of touched)
    for (const row of takeFrom(world, device, vehicleIn(world, slot))) rows.push(row);
  assert(areApart(bindings), 'no two vehicles carry one tracker at one time');
  device.bindings = bindings;
  for (const slot of touched) openBillingSeries(world, vehicleIn(world, slot), device);
  for (const origin of odometerOrigins) {
    const ofOrigin = rows.filter((row) => row.origin === origin).map(({ kept }) => kept);
    placeRows(world, device, origin, ofOrigin);
  }
  for (const slot of touched) rateAgain(world, vehicleIn(world, slot), device, rows);
}

function areApart(bindings: readonly TrackerBinding[]): boolean {
  return bindings.every(({ fromMs }, i) => i === 0 || (bindings[i - 1]?.toMs ?? 0) <= fromMs);
}

function vehicleIn(world: World, slot: number): VehicleState {
  return must(world.vehicles[slot], 'a binding has a vehicle');
}

function takeUnbound(world: World, device: DeviceState): MovingRow[] {
  const taken: MovingRow[] = [];
  for (const [origin, series] of device.unbound) {
    restoreAll(series, world.archive);
    for (const kept of trackerRows(series)) taken.push({ origin, kept });
  }
  world.counts.unclaimed -= taken.length;
  assert(world.counts.unclaimed >= 0, 'every kept reading was counted when it came');
  device.unbound.clear();
  return taken;
}

/** Takes the tracker's readings out of a vehicle's series; what people signed and decided stays. */
function takeFrom(world: World, device: DeviceState, vehicle: VehicleState): MovingRow[] {
  const taken: MovingRow[] = [];
  for (const origin of odometerOrigins) {
    const key = seriesKey(device.provider, device.name, origin);
    const series = vehicle.series.get(key);
    if (series === undefined) continue;
    restoreAll(series, world.archive);
    const rows = takeTrackerRows(series, DEFAULT_LIMITS, tallyOf(world, vehicle));
    for (const kept of rows) taken.push({ origin, kept });
    if (isEmpty(series)) vehicle.series.delete(key);
  }
  return taken;
}

function tallyOf(world: World, vehicle: VehicleState): StatusTally {
  return (status, change) => countStatus(world, vehicle, status, change);
}

/** Gives rows of one origin to the vehicles that carried the tracker at their times, or keeps them for a claim. */
function placeRows(
  world: World,
  device: DeviceState,
  origin: OdometerOrigin,
  rows: readonly KeptRow[],
): void {
  const slotOf = ({ row }: KeptRow): number | null => bindingAt(device, row.atMs)?.slot ?? null;
  const unbound = rows.filter((kept) => slotOf(kept) === null);
  if (unbound.length > 0) {
    world.counts.unclaimed += unbound.length;
    const series = seriesIn(world, device.unbound, origin, device);
    addRows(series, unbound, DEFAULT_LIMITS, () => undefined);
  }
  for (const slot of new Set(device.bindings.map((binding) => binding.slot))) {
    const carried = rows.filter((kept) => slotOf(kept) === slot);
    if (carried.length === 0) continue;
    const vehicle = vehicleIn(world, slot);
    const key = seriesKey(device.provider, device.name, origin);
    const series = seriesIn(world, vehicle.series, key, device);
    addRows(series, carried, DEFAULT_LIMITS, tallyOf(world, vehicle));
  }
}

function seriesIn<K>(world: World, all: Map<K, Series>, key: K, device: DeviceState): Series {
  let series = all.get(key);
  if (series === undefined) {
    series = seriesFor(world, device.provider);
    all.set(key, series);
  }
  restoreAll(series, world.archive);
  return series;
}

/** Every day that the vehicle's miles, old or new, can have touched. */
function rateAgain(
  world: World,
  vehicle: VehicleState,
  device: DeviceState,
  rows: readonly MovingRow[],
): void {
  const isBilled = odometerOrigins.some(
    (origin) => vehicle.billingSeries === seriesKey(device.provider, device.name, origin),
  );
  const series = vehicle.series.get(vehicle.billingSeries ?? '');
  if (!isBilled || series === undefined || rows.length === 0) return;
  const times = rows.map(({ kept }) => kept.row.atMs);
  if (series.count > 0) times.push(at(series.atMs, 0), at(series.atMs, series.count - 1));
  const [fromMs, toMs] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const openingMs = vehicle.opening?.atMs ?? fromMs;
  rateDays(world, vehicle, series, { fromMs: Math.min(fromMs, openingMs), toMs });
}
