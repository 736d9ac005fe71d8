import type { RoadPosition } from '../roads/road-network.ts';

/** What a tracker in a vehicle can know at an instant. Whole units, so that every tracker rounds in its own way. */
export interface VehicleState extends RoadPosition {
  readonly atMs: number;
  readonly speedMmPerS: number;
  readonly odometerMm: number;
  /** What is left of the battery, as distance. */
  readonly rangeMm: number;
  /** Percent, to a tenth. */
  readonly batteryPercent: number;
  /** The ignition. */
  readonly isOn: boolean;
  readonly isCharging: boolean;
  /** Somebody gets in or out, or unloads. */
  readonly isDoorOpen: boolean;
  readonly isLocked: boolean;
  /** The blow of a crash in thousandths of g, in the seconds after it; 0 otherwise. */
  readonly impactMilliG: number;
}
