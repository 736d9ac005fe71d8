/** Recorded driving of one vehicle: columns of points in order of time. */
export interface Track {
  /** What the recording calls the vehicle. */
  readonly name: string;
  /** Whole milliseconds; epoch when `isAbsolute`, otherwise from the start of live driving. Strictly rising. */
  readonly timesMs: Float64Array;
  readonly isAbsolute: boolean;
  /** Driven since the first point, whole millimetres; never falling. */
  readonly distanceMm: Float64Array;
  /** Longitude, latitude, … in 1e-6 degree; null when the recording has distances only. */
  readonly placesE6: Int32Array | null;
}
