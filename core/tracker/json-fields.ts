import type { DistanceUnit } from '../base/distance.ts';
import { type JsonPath, numberTextAt } from '../base/json-number-text.ts';
import type { OdometerOrigin } from '../protocol/book.ts';
import { isVin } from './device-id.ts';
import type { OdometerReading, ReadingDraft } from './reading.ts';
import {
  type Findings,
  isNoValue,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  numberFrom,
  odometerFromText,
  shown,
} from './vendor-fields.ts';

/** A value as parsed, and where it stands in which JSON text: an odometer is taken from its spelling. */
export interface JsonField {
  readonly value: unknown;
  readonly json: string;
  readonly path: JsonPath;
}

/** The digits of a number, or of a number written as text, as sent; undefined for no value. Anything else is refused. */
export function decimalTextOf(findings: Findings, name: string, field: JsonField): string | undefined {
  const { value, json, path } = field;
  if (isNoValue(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberTextAt(json, path, value);
  findings.refuse('unexpected-shape', `${name} is ${shown(value)}, not a number`);
  return undefined;
}

/** An odometer in a JSON payload, exactly (rule M1); undefined for no value. */
export function odometerOf(
  findings: Findings,
  name: string,
  field: JsonField,
  unit: DistanceUnit,
  origin: OdometerOrigin,
): OdometerReading | undefined {
  const rawText = decimalTextOf(findings, name, field);
  return rawText === undefined ? undefined : odometerFromText(findings, rawText, unit, origin);
}

/** True or false as sent; undefined for no value. Anything else is refused. */
export function flagOf(findings: Findings, name: string, value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (!isNoValue(value))
    findings.refuse('unexpected-shape', `${name} is ${shown(value)}, neither true nor false`);
  return undefined;
}

/** The VIN a value is; undefined for anything else, as devices send placeholders and half a VIN here. */
export function vinOf(value: unknown): string | undefined {
  return typeof value === 'string' && isVin(value) ? value : undefined;
}

/** Both coordinates or none. 0/0, and whatever comes without a fix, is not a position. */
export function takePlace(
  findings: Findings,
  reading: ReadingDraft,
  latitudeValue: unknown,
  longitudeValue: unknown,
): void {
  const latitude = numberFrom(findings, latitudeValue, LATITUDE_DEGREES);
  const longitude = numberFrom(findings, longitudeValue, LONGITUDE_DEGREES);
  if (latitude === undefined || longitude === undefined) return;
  if (latitude === 0 && longitude === 0) reading.hasGnssFix = false;
  if (reading.hasGnssFix === false) return;
  reading.latitudeDegrees = latitude;
  reading.longitudeDegrees = longitude;
}
