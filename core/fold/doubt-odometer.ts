import { wholeTenths } from '../base/distance.ts';
import { DEFAULT_LIMITS } from '../metering/acceptance-scan.ts';
import { noteOdometer, notePosition } from '../metering/cross-check.ts';
import type { UnitsVerdict } from '../metering/odometer-units-verdict.ts';
import { at, type Series } from '../metering/series.ts';
import { suspectReading } from '../metering/suspect-reading.ts';
import { noteSituation } from './situations.ts';
import type { VehicleState, World } from './world.ts';

const DOUBTS: Partial<Readonly<Record<UnitsVerdict, string>>> = {
  reported_km_labelled_miles: 'as if kilometres were sent as miles',
  reported_miles_labelled_km: 'as if miles were sent as kilometres',
  stuck: 'the odometer stands still while the vehicle moves',
  divergence: 'more than positions and odometers ever differ',
};

/** Rule M12: a position lengthens what the odometer is held against. */
export function crossCheckPosition(
  { crossCheck }: VehicleState,
  position: { readonly latitudeDegrees: number; readonly longitudeDegrees: number },
  atMs: number,
): void {
  notePosition(crossCheck, position, atMs);
}

/** Rule M12: a value of the billed odometer; a doubt about its unit becomes a situation, and speaks against closing. */
export function crossCheckOdometer(
  world: World,
  vehicle: VehicleState,
  micrometres: number,
  atMs: number,
  receivedAtMs: number,
): void {
  const window = noteOdometer(vehicle.crossCheck, micrometres, atMs);
  const doubt = window === null ? undefined : DOUBTS[window.verdict];
  if (window === null || doubt === undefined) return;
  // Where no position moved there is nothing to hold the odometer against.
  if (window.gpsMicrometres === 0) return;
  const miles = (distance: number): string => (wholeTenths(distance, 'mi') / 10).toFixed(1);
  const detail = `${miles(window.odometerMicrometres)} mi by the odometer, ${miles(window.gpsMicrometres)} mi by positions: ${doubt}`;
  noteSituation(world, {
    situation: 'odometer-unit-doubt',
    subject: vehicle.vehicle,
    detail,
    atMs: receivedAtMs,
  });
}

/** Rule M5: after a rollback, whether the last accepted reading is the one that is wrong. */
export function doubtAccepted(
  world: World,
  vehicle: VehicleState,
  series: Series,
  receivedAtMs: number,
): void {
  const suspect = suspectReading(series, DEFAULT_LIMITS);
  if (suspect === null) return;
  const readAt = new Date(at(series.atMs, suspect.index)).toISOString();
  const record = at(series.position, suspect.index);
  const from = record < 0 ? 'signed by people' : `record ${record}`;
  noteSituation(world, {
    situation: 'accepted-reading-suspect',
    subject: vehicle.vehicle,
    detail: `three readings in a row lie below the one of ${readAt} (${from}); reject it, or open an epoch`,
    atMs: receivedAtMs,
  });
}
