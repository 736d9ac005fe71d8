import { micrometresFromText } from '../base/distance.ts';
import { updateSlot } from '../fleet/fleet.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { CLOCK_AHEAD_MS_MAX, isNotAbove, type Metered, meterReading } from '../metering/meter-reading.ts';
import { isQuarantined, type ReadingStatus, statusCode } from '../metering/reading-status.ts';
import { type ReadingSource, type Series, type SeriesRow, SOURCE_RANK } from '../metering/series.ts';
import type { OdometerOrigin, TrackerProvider } from '../protocol/book.ts';
import type { PacketRecord } from '../protocol/journal-record.ts';
import { transportOfTopic } from '../protocol/raw-topic.ts';
import { feedFacts } from '../tracker/feeds.ts';
import type { OdometerReading, Reading } from '../tracker/reading.ts';
import { bindingAt, type DeviceState, seriesFor, seriesKey, type TrackerBinding } from './devices.ts';
import { billedSeries } from './billed-series.ts';
import { crossCheckOdometer, crossCheckPosition, doubtAccepted } from './doubt-odometer.ts';
import { noteSituation } from './situations.ts';
import { rateDays } from './rate-days.ts';
import { thinWhenDue } from './thin-readings.ts';
import { drawnWhileUnclaimed } from './unclaimed-vehicle.ts';
import type { LatestValues, VehicleState, World } from './world.ts';

/** How many odometer values a packet had, and how many of them were there already. */
export interface OdometerTally {
  readings: number;
  known: number;
}

/** One reading moves what is drawn, and its odometer the meter; `device` is null for one there is no room to keep. */
export function takeReading(
  world: World,
  record: PacketRecord,
  device: DeviceState | null,
  reading: Reading,
  tally: OdometerTally,
): void {
  const hasOdometer = reading.odometer !== undefined || reading.unlabelledOdometer !== undefined;
  if (device === null) {
    if (hasOdometer) countUnclaimed(world, tally);
    return;
  }
  const atMs = reading.observedAtMs ?? record.receivedAtMs;
  const isClockWrong = reading.isClockSuspect === true || atMs > record.receivedAtMs + CLOCK_AHEAD_MS_MAX;
  const binding = bindingAt(device, isClockWrong ? record.receivedAtMs : atMs);
  const vehicle = vehicleOf(world, device, binding);
  if (vehicle !== null) {
    if (isClockWrong) vehicle.latest.lastHeardAtMs = record.receivedAtMs;
    else noteLatest(world, vehicle, reading, record.receivedAtMs);
    checkVin(world, vehicle, device, reading, record.receivedAtMs);
  }
  if (!hasOdometer) return;
  if (isClockWrong && binding !== null) {
    tally.readings += 1;
    countStatus(world, vehicle, 'clock', 1);
  } else if (isClockWrong) countUnclaimed(world, tally);
  else meterOdometer(world, { device, binding, vehicle, record, reading, atMs }, tally);
}

function vehicleOf(world: World, device: DeviceState, binding: TrackerBinding | null): VehicleState | null {
  if (binding !== null) return world.vehicles[binding.slot] ?? null;
  return device.bindings.length === 0 ? drawnWhileUnclaimed(world, device) : null;
}

function countUnclaimed(world: World, tally: OdometerTally): void {
  tally.readings += 1;
  world.counts.unclaimed += 1;
}

/** A reading with everything that decides where its odometer goes. */
interface PlacedReading {
  readonly device: DeviceState;
  readonly binding: TrackerBinding | null;
  readonly vehicle: VehicleState | null;
  readonly record: PacketRecord;
  readonly reading: Reading;
  readonly atMs: number;
}

function meterOdometer(world: World, placed: PlacedReading, tally: OdometerTally): void {
  const { device, binding, vehicle, record, reading, atMs } = placed;
  tally.readings += 1;
  const origin = reading.odometer?.origin ?? reading.unlabelledOdometer?.origin ?? 'vehicle';
  const isBound = binding !== null && vehicle !== null;
  const series = isBound
    ? boundSeries(world, vehicle, device, binding, origin)
    : unboundSeries(world, device, origin);
  const odometer = labelledOdometer(series, reading);
  const count = (status: ReadingStatus, change: number): void => {
    if (isBound) countStatus(world, vehicle, status, change);
  };
  if (odometer === null) {
    if (isBound) count('unit', 1);
    else world.counts.unclaimed += 1;
    return;
  }
  const row = {
    atMs,
    micrometres: odometer.micrometres,
    position: record.position,
    receivedAtMs: record.receivedAtMs,
    rank: SOURCE_RANK[sourceOf(device.provider, origin)],
  };
  if (reading.observedAtMs === null && !series.isByReceipt && isNotAbove(series, row)) {
    if (isBound) count('repeat', 1);
    else world.counts.unclaimed += 1;
    return;
  }
  const outcome = meterReading(series, row, DEFAULT_LIMITS, count, world.archive);
  if (outcome.isKnown) tally.known += 1;
  else if (!isBound) world.counts.unclaimed += 1;
  if (isBound && series === billedSeries(vehicle)) noteBilled(world, vehicle, series, placed, row, outcome);
  thinWhenDue(world, vehicle, series, record.receivedAtMs);
}

/** A reading of the odometer that is billed: its days are priced, and it is held against what else is known. */
function noteBilled(
  world: World,
  vehicle: VehicleState,
  series: Series,
  { record }: PlacedReading,
  { atMs, micrometres }: SeriesRow,
  { isKnown, changed }: Metered,
): void {
  if (isKnown) return;
  if (transportOfTopic(record.topic) !== 'mqtt') vehicle.isUnauthenticated = true;
  crossCheckOdometer(world, vehicle, micrometres, atMs, record.receivedAtMs);
  if (changed !== null) rateDays(world, vehicle, series, changed);
  else if (series.status[series.count - 1] === ROLLBACK)
    doubtAccepted(world, vehicle, series, record.receivedAtMs);
}

const ROLLBACK = statusCode('rollback');

/** The series of the tracker's odometer of this origin; another origin than the bound one is a series of its own (M4a). */
function boundSeries(
  world: World,
  vehicle: VehicleState,
  device: DeviceState,
  binding: TrackerBinding,
  origin: OdometerOrigin,
): Series {
  const key = origin === binding.origin ? binding.series : seriesKey(device.provider, device.name, origin);
  let series = vehicle.series.get(key);
  if (series === undefined) {
    series = seriesFor(world, device.provider);
    vehicle.series.set(key, series);
  }
  return series;
}

function unboundSeries(world: World, device: DeviceState, origin: OdometerOrigin): Series {
  let series = device.unbound.get(origin);
  if (series === undefined) {
    series = seriesFor(world, device.provider);
    device.unbound.set(origin, series);
  }
  return series;
}

/**
 * The odometer in the unit its packet names, or, where it names none, in the unit the series' labelled readings have:
 * never guessed from the size of the number (rule M1). Null while no labelled reading has told the unit.
 */
function labelledOdometer(series: Series, reading: Reading): OdometerReading | null {
  const { odometer, unlabelledOdometer } = reading;
  if (odometer !== undefined) {
    series.labelledUnit = odometer.rawUnit;
    return odometer;
  }
  const unit = series.labelledUnit;
  if (unlabelledOdometer === undefined || unit === null) return null;
  const { rawText, origin } = unlabelledOdometer;
  const micrometres = micrometresFromText(rawText, unit);
  return micrometres.ok ? { micrometres: micrometres.value, rawText, rawUnit: unit, origin } : null;
}

/** Rule M4's source of an odometer: what a maker's service reports of its own car is the maker's interface. */
export function sourceOf(provider: TrackerProvider, origin: OdometerOrigin): ReadingSource {
  if (origin === 'vehicle') return feedFacts(provider).vehicleOdometerIs;
  return origin === 'can' ? 'tracker_can' : 'tracker_gps';
}

export function countStatus(
  world: World,
  vehicle: VehicleState | null,
  status: ReadingStatus,
  change: number,
): void {
  const { byStatus } = world.counts;
  byStatus[status] = (byStatus[status] ?? 0) + change;
  if (vehicle !== null && isQuarantined(status)) vehicle.quarantined += change;
}

/** A tracker that reads another VIN than its vehicle's sits in another vehicle: a person has to say which. */
function checkVin(
  world: World,
  vehicle: VehicleState,
  device: DeviceState,
  reading: Reading,
  atMs: number,
): void {
  if (reading.vin === undefined || vehicle.vin === null || reading.vin === vehicle.vin) return;
  if (!vehicle.isClaimed || reading.vin === device.name) return;
  noteSituation(world, {
    situation: 'tracker-in-another-vehicle',
    subject: `${device.provider} ${device.name}`,
    detail: `it reads the VIN ${reading.vin}; ${vehicle.registration}, which it belongs to, has ${vehicle.vin}`,
    atMs,
  });
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
  const whole = wholePosition(latest, reading, receivedAtMs);
  if (whole !== null) {
    latest.position = seen(whole);
    crossCheckPosition(vehicle, whole, observedAtMs ?? receivedAtMs);
  }
  if (reading.speedKmh !== undefined) latest.speedKmh = seen(reading.speedKmh);
  if (reading.batteryPercent !== undefined) latest.batteryPercent = seen(reading.batteryPercent);
  if (reading.isCharging !== undefined) latest.isCharging = seen(reading.isCharging);
  if (reading.odometer !== undefined) latest.odometer = seen(reading.odometer);
  updateSlot(
    world.fleet,
    vehicle.slot,
    isHalf(reading) && whole !== null ? { ...reading, ...whole } : reading,
    receivedAtMs,
  );
}

function isHalf({ latitudeDegrees, longitudeDegrees }: Reading): boolean {
  return (latitudeDegrees === undefined) !== (longitudeDegrees === undefined);
}

/** Two coordinates received this close together are of one fix: a module publishes both in one go. */
const HALVES_APART_MS_MAX = 2_000;

/** The position a reading gives, with the other half of it where its feed sends each coordinate by itself (OVMS). */
function wholePosition(
  latest: LatestValues,
  { latitudeDegrees, longitudeDegrees }: Reading,
  receivedAtMs: number,
): { readonly latitudeDegrees: number; readonly longitudeDegrees: number } | null {
  if (latitudeDegrees === undefined && longitudeDegrees === undefined) return null;
  const { halfPosition } = latest;
  const isFresh = halfPosition !== null && receivedAtMs - halfPosition.receivedAtMs <= HALVES_APART_MS_MAX;
  const latitude = latitudeDegrees ?? (isFresh ? halfPosition.latitudeDegrees : undefined);
  const longitude = longitudeDegrees ?? (isFresh ? halfPosition.longitudeDegrees : undefined);
  if (latitude !== undefined && longitude !== undefined) {
    latest.halfPosition = null;
    return { latitudeDegrees: latitude, longitudeDegrees: longitude };
  }
  latest.halfPosition = { latitudeDegrees, longitudeDegrees, receivedAtMs };
  return null;
}
