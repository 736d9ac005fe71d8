import type { Truth, TruthDay, VehicleTruth } from './truth-shapes.ts';

/** Where nothing in the truth explains a difference, the product is wrong, or the simulator is. */
export const UNEXPLAINED = 'unexplained';

/** What each kind of event does to a bill; the first that applies is named. */
const CAUSES: readonly { readonly cause: string; readonly types: readonly string[] }[] = [
  {
    cause: 'odometer reset',
    types: ['odometer-rollback', 'odometer-jump', 'odometer-freeze', 'replace-odometer'],
  },
  { cause: 'odometer unit', types: ['unit-changed'] },
  { cause: 'double tracker', types: ['double-tracker', 'clone'] },
  { cause: 'tracker swapped', types: ['device-swap'] },
  { cause: 'clock', types: ['clock-skew', 'clock-wrong'] },
  {
    cause: 'late data after cut-off',
    types: ['delay', 'network-loss', 'flap', 'slow-link', 'reorder', 'thundering-herd'],
  },
  { cause: 'distance added up from positions', types: ['gps-accumulated'] },
  {
    cause: 'not sent',
    types: ['never-sent', 'vendor-outage', 'tamper-unplug', 'broker-refuse', 'credential-revoked'],
  },
  { cause: 'unreadable packets', types: ['payload-corrupt', 'schema-drift'] },
];
/** A midnight is bracketed by readings of the days on either side of it. */
const NEAR_MS = 36 * 3_600_000;

/** Why a vehicle's bill may differ on a day, or over its whole run with `day` null. */
export function causeOf(truth: Truth, vehicle: VehicleTruth, day: TruthDay | null): string {
  const near = truth.events.filter(
    ({ vehicles, fromMs, toMs }) =>
      vehicles.includes(vehicle.vehicle) &&
      (day === null || (fromMs < day.toMs + NEAR_MS && (toMs ?? Infinity) > day.fromMs - NEAR_MS)),
  );
  const known = CAUSES.find(({ types }) => near.some(({ type }) => types.includes(type)));
  if (known !== undefined) return known.cause;
  return vehicle.acknowledged < vehicle.packetsSent ? 'not acknowledged' : UNEXPLAINED;
}
