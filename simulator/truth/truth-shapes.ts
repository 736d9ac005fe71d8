import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';

/** An odometer value that a tracker sent, and when it was true by the world's time. */
export interface EmittedOdometer extends OdometerText {
  readonly atMs: number;
}

/** One vehicle on one local day of its contract's zone. */
export interface TruthDay {
  readonly day: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** What it really drove, whole millimetres, and its true odometer at the end of the day. */
  readonly drivenMm: number;
  readonly odometerMm: number;
  /** When that odometer was read: the midnight itself, or the look nearest to it while days are passed. */
  readonly odometerAtMs: number;
  readonly trips: number;
  /** The last value sent before the day ended; the opening when none was. */
  readonly before: EmittedOdometer;
  /** The first value sent after it; null when none was any more. */
  readonly after: EmittedOdometer | null;
  /** Whole tenths of a mile between the true odometers of its two ends. */
  readonly expectedTenths: number;
  /**
   * What those miles cost at the rate of a day's first mile, whole pence, and the contract that says so; there when a
   * book is known and a contract holds for the whole day.
   */
  readonly charge?: {
    readonly contract: string;
    readonly tenths: number;
    readonly unit: 'mi' | 'km';
    readonly pence: number;
  };
}

/** What really happened to one vehicle, kept beside the data and never shown to the product. */
export interface VehicleTruth {
  readonly vehicle: string;
  readonly device: string;
  readonly provider: SimulatedFeed;
  readonly operator: string;
  readonly openingText: string;
  readonly openingUnit: OdometerText['unit'];
  /** The last odometer value sent; the opening when none was. */
  readonly lastText: string;
  readonly lastUnit: OdometerText['unit'];
  /** The unit `tenths` counts. */
  readonly unit: 'mi';
  /** Whole tenths in the last value, less whole tenths in the opening one. */
  readonly tenths: number;
  /** The same of the true odometer. */
  readonly trueTenths: number;
  readonly packetsSent: number;
  readonly acknowledged: number;
  readonly days: readonly TruthDay[];
}

/** Something that happened to some vehicles and may explain a difference: a fault, a decision. */
export interface TruthEvent {
  readonly type: string;
  readonly fromMs: number;
  /** Null when it lasted to the end. */
  readonly toMs: number | null;
  readonly vehicles: readonly string[];
}

export interface Truth {
  readonly seed: number;
  readonly openingMs: number;
  readonly endedMs: number;
  readonly vehicles: readonly VehicleTruth[];
  readonly events: readonly TruthEvent[];
  readonly tenths: number;
  readonly packetsSent: number;
  readonly acknowledged: number;
}
