import { metresFromMicrometres } from '../base/distance.ts';
import { hexOf } from '../base/hex.ts';
import type { Result } from '../base/result.ts';
import type { DecodedPacket } from './decoded-packet.ts';
import type { OdometerReading, Reading } from './reading.ts';
import type { Refusal } from './refusal.ts';

/** What became of a packet in the words of `milepost decode`. */
export function outcomeOutput(
  outcome: Result<DecodedPacket, Pick<Refusal, 'detail'> & { reason: string }>,
): object {
  if (outcome.ok) return decodedOutput(outcome.value);
  return { ok: false, refused: outcome.error.reason, detail: outcome.error.detail };
}

/** A decoded packet in the words of `milepost decode`. */
function decodedOutput(packet: DecodedPacket): object {
  const { kind, device, readings, reply, isOnline } = packet;
  return {
    ok: true,
    kind,
    ...(device === '' ? {} : { device_id: device }),
    reply_hex: reply === undefined ? undefined : hexOf(reply).toUpperCase(),
    online: isOnline,
    readings: readings.map(readingOutput),
  };
}

/** JSON.stringify leaves out what is undefined: only what the packet carried is printed. */
function readingOutput(reading: Reading): object {
  return {
    ...(reading.device === '' ? {} : { device_id: reading.device }),
    vin: reading.vin,
    timestamp: reading.observedAtMs === null ? null : new Date(reading.observedAtMs).toISOString(),
    latitude: reading.latitudeDegrees,
    longitude: reading.longitudeDegrees,
    altitude_m: reading.altitudeMetres,
    heading_deg: reading.headingDegrees,
    speed_kmh: reading.speedKmh,
    satellites: reading.satellites,
    gnss_fix: reading.hasGnssFix,
    hdop: reading.hdop,
    ...(reading.odometer === undefined ? {} : odometerOutput(reading.odometer, reading)),
    ...(reading.unlabelledOdometer === undefined ? {} : unlabelledOutput(reading.unlabelledOdometer)),
    trip_odometer_m: reading.tripOdometerMetres,
    battery_level_pct: reading.batteryPercent,
    range_m: reading.rangeMetres,
    is_charging: reading.isCharging,
    plugged: reading.isPlugged,
    ignition: reading.isIgnitionOn,
    movement: reading.isMoving,
    external_voltage_v: reading.externalVolts,
    tracker_battery_pct: reading.trackerBatteryPercent,
    locked: reading.isLocked,
    gear: reading.gear,
    event: reading.event,
    clock_suspect: reading.isClockSuspect,
    buffered: reading.isBuffered,
  };
}

/** Server-computed distance and a reading of an unset clock are evidence, but nothing may be billed on them. */
function odometerOutput(odometer: OdometerReading, { isClockSuspect }: Reading): object {
  return {
    odometer_m: metresFromMicrometres(odometer.micrometres),
    odometer_raw: odometer.rawText,
    odometer_unit: odometer.rawUnit,
    odometer_origin: odometer.origin,
    billable: odometer.origin !== 'server' && isClockSuspect !== true,
  };
}

/** Without a unit it is no distance: evidence for a person, and for the meter once the vehicle's unit is known. */
function unlabelledOutput({ rawText, origin }: NonNullable<Reading['unlabelledOdometer']>): object {
  return { odometer_raw: rawText, odometer_unit: null, odometer_origin: origin, billable: false };
}
