import type { DistanceUnit } from '../../base/distance.ts';
import type { OdometerOrigin } from '../../protocol/book.ts';
import { decimalTextOf, type JsonField, odometerOf } from '../json-fields.ts';
import type { OdometerReading, ReadingDraft } from '../reading.ts';
import {
  type Findings,
  type NumberRange,
  numberFrom,
  odometerFromText,
  type VendorFields,
} from '../vendor-fields.ts';

/** What of a position the odometers are read from. */
export interface TraccarDistances {
  /** The tracker's protocol, which decides the unit of some values. */
  readonly protocol: unknown;
  readonly attributes: VendorFields;
  readonly json: string;
  /** The unit the vehicle is known to report in, if the packet's own cannot be believed. */
  readonly knownUnit: DistanceUnit | undefined;
}

const TRIP_METRES: NumberRange = { name: 'trip odometer', min: 0, max: 4_294_967_295 };

/**
 * The odometers of a position, the vehicle's own before the tracker's. Distances are in metres by convention, which the
 * decoders of some protocols in the server do not keep. What the server itself adds up from positions (`totalDistance`)
 * grows while a car is parked and can be edited: it is shown, as evidence nobody bills from, only where there is no
 * odometer at all.
 */
export function takeTraccarOdometers(
  findings: Findings,
  reading: ReadingDraft,
  distances: TraccarDistances,
): readonly OdometerReading[] {
  const tripMetres = numberFrom(findings, distances.attributes['tripOdometer'], TRIP_METRES);
  if (tripMetres !== undefined) reading.tripOdometerMetres = tripMetres;
  const odometers = [
    vehicleOdometer(findings, reading, distances),
    trackerOdometer(findings, reading, distances),
  ].filter((odometer) => odometer !== undefined);
  if (odometers.length > 0 || reading.unlabelledOdometer !== undefined) return odometers;
  const total = odometerOf(findings, 'totalDistance', fieldOf(distances, 'totalDistance'), 'm', 'server');
  return total === undefined ? [] : [total];
}

function fieldOf({ attributes, json }: TraccarDistances, name: string): JsonField {
  return { value: attributes[name], json, path: ['position', 'attributes', name] };
}

/** Queclink's CAN odometer arrives in hectometres. */
function vehicleOdometer(
  findings: Findings,
  reading: ReadingDraft,
  distances: TraccarDistances,
): OdometerReading | undefined {
  return distances.protocol === 'gl200'
    ? corrected(findings, reading, distances, { name: 'obdOdometer', unit: 'hm', origin: 'vehicle' })
    : odometerOf(findings, 'obdOdometer', fieldOf(distances, 'obdOdometer'), 'm', 'vehicle');
}

/** From a flespi gateway the server stores kilometres. */
function trackerOdometer(
  findings: Findings,
  reading: ReadingDraft,
  distances: TraccarDistances,
): OdometerReading | undefined {
  return distances.protocol === 'flespi'
    ? corrected(findings, reading, distances, { name: 'odometer', unit: 'km', origin: 'tracker' })
    : odometerOf(findings, 'odometer', fieldOf(distances, 'odometer'), 'm', 'tracker');
}

interface Correction {
  readonly name: string;
  readonly unit: 'hm' | 'km';
  readonly origin: OdometerOrigin;
}

/** Three million kilometres: far more than any vehicle on the road has, far less than its odometer in metres. */
const PLAUSIBLE_MAX = { hm: 30_000_000, km: 3_000_000 } as const;

/**
 * An odometer in the unit its protocol is known to send. A value no vehicle has in that unit is in another, perhaps
 * after an update of the server; it stays without a unit, because its size does not say in which (rule M1).
 */
function corrected(
  findings: Findings,
  reading: ReadingDraft,
  distances: TraccarDistances,
  { name, unit, origin }: Correction,
): OdometerReading | undefined {
  const rawText = decimalTextOf(findings, name, fieldOf(distances, name));
  if (rawText === undefined) return undefined;
  const isPlausible = !(Number(rawText) > PLAUSIBLE_MAX[unit]);
  if (isPlausible) return odometerFromText(findings, rawText, unit, origin);
  // Metres where the unit is not known, only to have the text checked.
  const odometer = odometerFromText(findings, rawText, distances.knownUnit ?? 'm', origin);
  if (distances.knownUnit !== undefined) return odometer;
  if (odometer !== undefined) reading.unlabelledOdometer = { rawText, origin };
  return undefined;
}
