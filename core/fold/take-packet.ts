import type { Result } from '../base/result.ts';
import { updateSlot } from '../fleet/fleet.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { CLOCK_AHEAD_MS_MAX, meterReading } from '../metering/meter-reading.ts';
import { isQuarantined, type ReadingStatus } from '../metering/reading-status.ts';
import { type ReadingSource, type Series, SOURCE_RANK } from '../metering/series.ts';
import type { OdometerOrigin, TrackerProvider } from '../protocol/book.ts';
import type { PacketRecord } from '../protocol/journal-record.ts';
import { decodePacket } from '../tracker/decode-packet.ts';
import type { DecodedPacket } from '../tracker/decoded-packet.ts';
import type { OdometerReading, Reading } from '../tracker/reading.ts';
import { feedFacts } from '../tracker/feeds.ts';
import type { Refusal } from '../tracker/refusal.ts';
import { rateDays } from './rate-days.ts';
import { seriesFor, seriesKey } from './load-book.ts';
import { addVehicle, deviceKey, type TrackerBinding, type VehicleState, type World } from './world.ts';

/** One packet: counted as decoded, refused with a reason, or a duplicate; its readings move the fleet and the meter. */
export function takePacket(world: World, record: PacketRecord): void {
  const { counts } = world;
  counts.received += 1;
  const decoded = decodeRecord(record);
  if (!decoded.ok) {
    counts.refused[decoded.error.reason] = (counts.refused[decoded.error.reason] ?? 0) + 1;
    return;
  }
  const { provider, device, readings } = decoded.value;
  const tally = { readings: 0, known: 0 };
  for (const reading of readings) takeReading(world, record, provider, device, reading, tally);
  if (tally.known > 0 && tally.known === tally.readings) {
    counts.duplicate += 1;
    return;
  }
  counts.decoded += 1;
  counts.readings += tally.readings;
  if (tally.known > 0) countStatus(world, null, 'repeat', tally.known);
}

function decodeRecord(record: PacketRecord): Result<DecodedPacket, Refusal> {
  if (record.omittedBytes === 0) return decodePacket(record);
  const detail = `${record.payload.length + record.omittedBytes} bytes of payload; the first ${record.payload.length} are kept`;
  return { ok: false, error: { reason: 'payload-too-large', detail } };
}

function takeReading(
  world: World,
  record: PacketRecord,
  provider: TrackerProvider,
  device: string,
  reading: Reading,
  tally: { readings: number; known: number },
): void {
  const atMs = reading.observedAtMs ?? record.receivedAtMs;
  const isClockWrong = reading.isClockSuspect === true || atMs > record.receivedAtMs + CLOCK_AHEAD_MS_MAX;
  const bindings = world.bindings.get(provider)?.get(device);
  const binding = bindingAt(bindings, isClockWrong ? record.receivedAtMs : atMs);
  const vehicle =
    bindings === undefined ? unclaimedVehicle(world, provider, device) : vehicleIn(world, binding);
  if (vehicle !== null) {
    if (isClockWrong) vehicle.latest.lastHeardAtMs = record.receivedAtMs;
    else noteLatest(world, vehicle, reading, record.receivedAtMs);
  }
  if (reading.odometer === undefined) return;
  tally.readings += 1;
  if (binding === null || vehicle === null) world.counts.unclaimed += 1;
  else if (isClockWrong) countStatus(world, vehicle, 'clock', 1);
  else if (meterOdometer(world, record, vehicle, provider, device, binding, atMs, reading.odometer))
    tally.known += 1;
}

/** Meters the value in the series of its origin; true when exactly this reading was there already. */
function meterOdometer(
  world: World,
  record: PacketRecord,
  vehicle: VehicleState,
  provider: TrackerProvider,
  device: string,
  binding: TrackerBinding,
  atMs: number,
  odometer: OdometerReading,
): boolean {
  const { origin } = odometer;
  const key = origin === binding.origin ? binding.series : seriesKey(provider, device, origin);
  const series = vehicle.series.get(key) ?? addSeries(vehicle, key, provider);
  const row = {
    atMs,
    micrometres: odometer.micrometres,
    position: record.position,
    receivedAtMs: record.receivedAtMs,
    rank: SOURCE_RANK[sourceOf(provider, origin)],
  };
  const outcome = meterReading(series, row, DEFAULT_LIMITS, (status, change) =>
    countStatus(world, vehicle, status, change),
  );
  if (outcome.changed !== null && key === vehicle.billingSeries)
    rateDays(world, vehicle, series, outcome.changed);
  return outcome.isKnown;
}

function addSeries(vehicle: VehicleState, key: string, provider: TrackerProvider): Series {
  const series = seriesFor(provider);
  vehicle.series.set(key, series);
  return series;
}

/** Rule M4's source of an odometer: what a maker's service reports of its own car is the maker's interface. */
export function sourceOf(provider: TrackerProvider, origin: OdometerOrigin): ReadingSource {
  if (origin === 'vehicle') return feedFacts(provider).vehicleOdometerIs;
  return origin === 'can' ? 'tracker_can' : 'tracker_gps';
}

function countStatus(
  world: World,
  vehicle: VehicleState | null,
  status: ReadingStatus,
  change: number,
): void {
  const { byStatus } = world.counts;
  byStatus[status] = (byStatus[status] ?? 0) + change;
  if (vehicle !== null && isQuarantined(status)) vehicle.quarantined += change;
}

/** Which vehicle carried the tracker at that time; null when its book says none did. */
function bindingAt(bindings: readonly TrackerBinding[] | undefined, atMs: number): TrackerBinding | null {
  for (const binding of bindings ?? []) if (atMs >= binding.fromMs && atMs < binding.toMs) return binding;
  return null;
}

function vehicleIn(world: World, binding: TrackerBinding | null): VehicleState | null {
  return binding === null ? null : (world.vehicles[binding.slot] ?? null);
}

/** A device nobody claimed is drawn and kept, under the name it gave itself; it is not billed. */
function unclaimedVehicle(world: World, provider: TrackerProvider, device: string): VehicleState {
  const slot = world.slotByVehicle.get(deviceKey(provider, device));
  const known = slot === undefined ? undefined : world.vehicles[slot];
  return (
    known ??
    addVehicle(world, {
      vehicle: deviceKey(provider, device),
      isClaimed: false,
      registration: device,
      make: 'Unclaimed tracker',
      model: provider,
      vin: null,
      provider,
      device,
      billingSeries: null,
      opening: null,
      assignments: [],
    })
  );
}

/** The newest of each value for the panel; an older reading that comes late does not overwrite a newer one. */
function noteLatest(world: World, vehicle: VehicleState, reading: Reading, receivedAtMs: number): void {
  const { latest } = vehicle;
  const { observedAtMs } = reading;
  latest.lastHeardAtMs = receivedAtMs;
  const isOld =
    observedAtMs !== null && latest.lastObservedAtMs !== null && observedAtMs < latest.lastObservedAtMs;
  if (isOld) return;
  if (observedAtMs !== null) {
    latest.lastObservedAtMs = observedAtMs;
    world.newestObservedAtMs = Math.max(world.newestObservedAtMs ?? 0, observedAtMs);
  }
  const seen = <T>(value: T): { value: T; observedAtMs: number | null; receivedAtMs: number } => ({
    value,
    observedAtMs,
    receivedAtMs,
  });
  if (reading.latitudeDegrees !== undefined && reading.longitudeDegrees !== undefined) {
    latest.position = seen({
      latitudeDegrees: reading.latitudeDegrees,
      longitudeDegrees: reading.longitudeDegrees,
    });
  }
  if (reading.speedKmh !== undefined) latest.speedKmh = seen(reading.speedKmh);
  if (reading.batteryPercent !== undefined) latest.batteryPercent = seen(reading.batteryPercent);
  if (reading.odometer !== undefined) latest.odometer = seen(reading.odometer);
  updateSlot(world.fleet, vehicle.slot, reading, receivedAtMs);
}
