import type { BookVehicle, OdometerOrigin } from '../../core/protocol/book.ts';
import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
import type { ReportingPace } from '../trackers/tracker.ts';
import type { DemandFactor } from '../vehicles/demand-factor.ts';
import type { Track } from '../vehicles/tracks/track.ts';
import type { WorkPatternName } from '../vehicles/work-pattern.ts';

/** One vehicle of a fleet as the recipe makes it: who it is, who uses it and how, and what reports on it. */
export interface FleetVehicle {
  readonly id: string;
  readonly vin: string;
  readonly registration: string;
  readonly make: string;
  readonly model: string;
  readonly class: BookVehicle['class'];
  readonly powertrain: BookVehicle['powertrain'];
  readonly provider: SimulatedFeed;
  /** What the tracker calls itself: a VIN, or an IMEI. */
  readonly device: string;
  readonly origin: OdometerOrigin;
  /** Never wrong (when left out), or with the errors trackers really have. */
  readonly trackers?: 'plain' | 'realistic';
  readonly operator: string;
  readonly pattern: WorkPatternName;
  readonly dailyTrend: number;
  readonly openingMm: number;
  /** How often its tracker speaks, where it is not as the run says. */
  readonly pace?: ReportingPace;
  /** How far a full battery goes. */
  readonly rangeMm: number;
  /** How demand for it differs from the pattern's, and when. */
  readonly demandFactors?: readonly DemandFactor[];
  /** In order of time. */
  readonly crashes?: readonly Crash[];
  /** Recorded driving that it follows instead of its pattern; the pattern then says nothing. */
  readonly track?: Track;
}

/** It stands from an instant on until it drives on, or for good. */
export interface Crash {
  readonly atMs: number;
  readonly untilMs: number | null;
}
