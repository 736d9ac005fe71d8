import type { OdometerOrigin } from '../protocol/book.ts';
import type { DistanceUnit } from '../base/distance.ts';

/**
 * One reading of a vehicle in the product's words (COVESA VSS 6.0 terms, units in the names). Only what the packet
 * carries is present; absent is absent, never 0. Behind this shape nobody knows who made the tracker.
 */
export interface Reading {
  readonly device: string;
  readonly vin?: string;
  /** The tracker's clock; null when the feed gives no reading time (rule M2b). */
  readonly observedAtMs: number | null;
  readonly latitudeDegrees?: number;
  readonly longitudeDegrees?: number;
  readonly altitudeMetres?: number;
  readonly headingDegrees?: number;
  readonly speedKmh?: number;
  readonly satellites?: number;
  readonly hasGnssFix?: boolean;
  /** Horizontal dilution of precision: a coefficient, not metres. */
  readonly hdop?: number;
  readonly odometer?: OdometerReading;
  /** A value sent without a unit. It is evidence, and meters only in the unit the vehicle's labelled readings have. */
  readonly unlabelledOdometer?: { readonly rawText: string; readonly origin: OdometerOrigin };
  readonly tripOdometerMetres?: number;
  readonly batteryPercent?: number;
  readonly rangeMetres?: number;
  readonly isCharging?: boolean;
  readonly isPlugged?: boolean;
  readonly isIgnitionOn?: boolean;
  readonly isMoving?: boolean;
  readonly externalVolts?: number;
  readonly trackerBatteryPercent?: number;
  readonly isLocked?: boolean;
  readonly gear?: string;
  readonly event?: string;
  /** The tracker's clock was plainly not set: before 2010, or 1980/2004 epochs. Such a reading is not metered. */
  readonly isClockSuspect?: boolean;
  readonly isBuffered?: boolean;
}

/** A lifetime odometer value: as sent, and exactly (rule M1). */
export interface OdometerReading {
  readonly micrometres: number;
  readonly rawText: string;
  readonly rawUnit: DistanceUnit;
  readonly origin: OdometerOrigin;
}

/** A reading while a decoder puts it together. */
export type ReadingDraft = { -readonly [K in keyof Reading]: Reading[K] };
