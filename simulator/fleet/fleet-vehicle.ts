import type { BookVehicle, OdometerOrigin } from '../../core/protocol/book.ts';
import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
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
  readonly operator: string;
  readonly pattern: WorkPatternName;
  readonly dailyTrend: number;
  readonly openingMm: number;
  /** How far a full battery goes. */
  readonly rangeMm: number;
}
