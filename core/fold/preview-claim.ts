import { trackerRows } from '../metering/kept-rows.ts';
import type { ReadingArchive } from '../metering/reading-archive.ts';
import type { Series } from '../metering/series.ts';
import { wholeSeries } from '../metering/thin-series.ts';
import { type OdometerOrigin, odometerOrigins, type TrackerProvider } from '../protocol/book.ts';
import type { ClaimPreview } from '../protocol/door-asks.ts';
import { type DeviceState, deviceOf, seriesKey } from './devices.ts';
import type { VehicleState, World } from './world.ts';

/** A claim or a release before it is decided. */
export interface ProposedClaim {
  readonly provider: TrackerProvider;
  readonly device: string;
  /** Null for a new vehicle, and for a release. */
  readonly vehicle: string | null;
  /** Which of its odometers; null for all of them. */
  readonly origin: OdometerOrigin | null;
  readonly fromMs: number;
}

/** Which readings a claim or a release would move, and whether money hangs on them. Nothing is changed. */
export function previewClaim(world: World, proposed: ProposedClaim): ClaimPreview {
  const { provider, device: name, fromMs } = proposed;
  const origins: readonly OdometerOrigin[] = proposed.origin === null ? odometerOrigins : [proposed.origin];
  const slot = world.slotByVehicle.get(proposed.vehicle ?? '');
  const vehicle = slot === undefined ? undefined : world.vehicles[slot];
  const device = deviceOf(world, provider, name);
  const isOnContract = vehicle?.assignments.some(({ toMs }) => toMs > fromMs) ?? false;
  const billedBy = vehicle === undefined ? null : otherBillingOf(vehicle, proposed);
  if (device === null) return { waiting: 0, carried: [], isOnContract, billedBy };
  const countIn = (kept: (origin: OdometerOrigin) => Series | undefined): number =>
    origins.reduce((sum, origin) => sum + countSince(kept(origin), fromMs, world.archive), 0);
  return {
    waiting: countIn((origin) => device.unbound.get(origin)),
    carried: carriersOf(world, device).flatMap((carrier) => {
      const readings = countIn((origin) => carrier.series.get(seriesKey(provider, name, origin)));
      const { vehicle, registration } = carrier;
      return readings === 0 ? [] : [{ vehicle, registration, readings }];
    }),
    isOnContract,
    billedBy,
  };
}

/** The tracker that is billed for the vehicle already; null when there is none, or it is the proposed one. */
function otherBillingOf(
  { billingSeries, provider, device }: VehicleState,
  proposed: ProposedClaim,
): ClaimPreview['billedBy'] {
  if (billingSeries === null || provider === null || device === null) return null;
  const isProposed =
    proposed.origin !== null &&
    billingSeries === seriesKey(proposed.provider, proposed.device, proposed.origin);
  return isProposed ? null : { provider, device };
}

function carriersOf({ vehicles }: World, { bindings }: DeviceState): VehicleState[] {
  const slots = new Set(bindings.map(({ slot }) => slot));
  return vehicles.filter(({ slot }) => slots.has(slot));
}

function countSince(series: Series | undefined, fromMs: number, archive: ReadingArchive | null): number {
  if (series === undefined) return 0;
  return trackerRows(wholeSeries(series, archive)).filter(({ row }) => row.atMs >= fromMs).length;
}
