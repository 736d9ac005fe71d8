import { assert, must } from '../base/assert.ts';
import { type Series, type SeriesRow, trackerRows } from '../metering/series.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { meterReading } from '../metering/meter-reading.ts';
import { statusOfCode } from '../metering/reading-status.ts';
import { type OdometerOrigin, odometerOrigins } from '../protocol/book.ts';
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
import { addVehicle, type VehicleState, type World } from './world.ts';

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
  readonly row: SeriesRow;
}

/** Gives the tracker other intervals; every reading it ever gave goes to whom it then belongs, in the order received. */
function rebind(world: World, device: DeviceState, bindings: readonly TrackerBinding[]): void {
  const touched = new Set([...device.bindings, ...bindings].map(({ slot }) => slot));
  const rows: MovingRow[] = takeUnbound(world, device);
  for (const slot of touched) rows.push(...takeFrom(world, device, vehicleIn(world, slot)));
  rows.sort((a, b) => a.row.position - b.row.position);
  assert(areApart(bindings), 'no two vehicles carry one tracker at one time');
  device.bindings = bindings;
  for (const slot of touched) openBillingSeries(world, vehicleIn(world, slot), device);
  for (const { origin, row } of rows) placeRow(world, device, origin, row);
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
  for (const [origin, series] of device.unbound)
    for (const { row } of trackerRows(series)) taken.push({ origin, row });
  world.counts.unclaimed -= taken.length;
  assert(world.counts.unclaimed >= 0, 'every kept reading was counted when it came');
  device.unbound.clear();
  return taken;
}

/** Takes the tracker's readings out of a vehicle's series; what people signed stays. */
function takeFrom(world: World, device: DeviceState, vehicle: VehicleState): MovingRow[] {
  const taken: MovingRow[] = [];
  for (const origin of odometerOrigins) {
    const key = seriesKey(device.provider, device.name, origin);
    const series = vehicle.series.get(key);
    if (series === undefined) continue;
    for (const { row, status } of trackerRows(series)) {
      countStatus(world, vehicle, statusOfCode(status), -1);
      taken.push({ origin, row });
    }
    vehicle.series.delete(key);
  }
  return taken;
}

function placeRow(world: World, device: DeviceState, origin: OdometerOrigin, row: SeriesRow): void {
  const binding = bindingAt(device, row.atMs);
  if (binding === null) {
    world.counts.unclaimed += 1;
    meterReading(seriesIn(world, device.unbound, origin, device), row, DEFAULT_LIMITS, () => undefined);
    return;
  }
  const vehicle = vehicleIn(world, binding.slot);
  const series = seriesIn(world, vehicle.series, seriesKey(device.provider, device.name, origin), device);
  meterReading(series, row, DEFAULT_LIMITS, (status, change) => countStatus(world, vehicle, status, change));
}

function seriesIn<K>(world: World, all: Map<K, Series>, key: K, device: DeviceState): Series {
  let series = all.get(key);
  if (series === undefined) {
    series = seriesFor(world, device.provider);
    all.set(key, series);
  }
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
  const times = rows.map(({ row }) => row.atMs);
  const [fromMs, toMs] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const openingMs = vehicle.opening?.atMs ?? fromMs;
  rateDays(world, vehicle, series, { fromMs: Math.min(fromMs, openingMs), toMs });
}
