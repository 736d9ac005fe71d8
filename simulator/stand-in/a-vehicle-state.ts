import type { VehicleState } from '../vehicles/vehicle-state.ts';

/** A vehicle driving at 48 km/h on New Year's midnight, changed where a test says so. */
export function aVehicleState(change: Partial<VehicleState> = {}): VehicleState {
  return {
    atMs: Date.UTC(2026, 0, 1),
    latitudeE6: 51_500_123,
    longitudeE6: -1_234_568,
    headingDegrees: 271,
    speedMmPerS: 13_333,
    odometerMm: 123_456_789_999,
    rangeMm: 163_000_000,
    batteryPercent: 57,
    isOn: true,
    isCharging: false,
    isDoorOpen: false,
    isLocked: false,
    impactMilliG: 0,
    ...change,
  };
}
