import { metresFromMicrometres } from '../../base/distance.ts';
import { motionNameOf } from '../../fold/describe-vehicle.ts';
import type { VehicleState, World } from '../../fold/world.ts';
import { UNKNOWN_U16 } from '../../protocol/feed-frame.ts';
import type { VehicleStateMessage } from '../../protocol/outbound.ts';

/** What subscribers are told of a vehicle; null for one that is in no book, was given another slot, or was never heard. */
export function describeState(world: World, slot: number, isSimulated: boolean): VehicleStateMessage | null {
  const vehicle = world.vehicles[slot];
  if (vehicle === undefined || !vehicle.isClaimed || vehicle.isHidden) return null;
  const { lastHeardAtMs, lastObservedAtMs } = vehicle.latest;
  if (lastHeardAtMs === null) return null;
  return {
    vehicle: vehicle.vehicle,
    registration: vehicle.registration,
    isSimulated,
    observedAt: lastObservedAtMs === null ? null : instantOf(lastObservedAtMs),
    receivedAt: instantOf(lastHeardAtMs),
    motion: motionNameOf(world, vehicle),
    ...distanceAndSpeed(vehicle),
    ...location(world, vehicle),
    ...battery(vehicle),
  };
}

/** An instant in UTC, ISO 8601. */
export function instantOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function distanceAndSpeed({ latest: { odometer, speedKmh } }: VehicleState): Partial<VehicleStateMessage> {
  return {
    ...(odometer === null
      ? {}
      : { 'Vehicle.TraveledDistance': metresFromMicrometres(odometer.value.micrometres) }),
    ...(speedKmh === null ? {} : { 'Vehicle.Speed': speedKmh.value }),
  };
}

function location(world: World, { slot, latest: { position } }: VehicleState): Partial<VehicleStateMessage> {
  if (position === null) return {};
  const { value, observedAtMs } = position;
  const headingCentidegrees = world.fleet.headingsCentidegrees[slot] ?? UNKNOWN_U16;
  return {
    'Vehicle.CurrentLocation.Latitude': value.latitudeDegrees,
    'Vehicle.CurrentLocation.Longitude': value.longitudeDegrees,
    ...(headingCentidegrees === UNKNOWN_U16
      ? {}
      : { 'Vehicle.CurrentLocation.Heading': headingCentidegrees / 100 }),
    ...(observedAtMs === null ? {} : { 'Vehicle.CurrentLocation.Timestamp': instantOf(observedAtMs) }),
  };
}

function battery({ latest: { batteryPercent, isCharging } }: VehicleState): Partial<VehicleStateMessage> {
  return {
    ...(batteryPercent === null
      ? {}
      : { 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed': batteryPercent.value }),
    ...(isCharging === null
      ? {}
      : { 'Vehicle.Powertrain.TractionBattery.Charging.IsCharging': isCharging.value }),
  };
}
