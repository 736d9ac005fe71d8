import { localDayOf } from '../../core/base/calendar.ts';
import type { PeriodRow } from '../../core/protocol/money-asks.ts';
import type { TruthCheck, VehicleApart } from '../../core/protocol/simulator-panel.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { ProductDesk } from '../run/ask-product.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import { wholeTenthsOfMile } from '../truth/tenths-of-mile.ts';
import type { TenthsSoFar, TruthLedger } from '../truth/truth-ledger.ts';

const PERIODS_ASKED = 200;
const WORST_SHOWN = 10;
const MICROMETRES_PER_TENTH = 160_934_400;

/** What a check is made of. The desk is asked while no packet is on its way. */
export interface TruthCheckParts {
  readonly desk: ProductDesk;
  readonly ledger: Pick<TruthLedger, 'tenthsSince'>;
  readonly fleet: readonly FleetVehicle[];
  readonly openingMs: number;
  readonly timeZone: string;
  /** What a vehicle is under or was, in words; null for nothing. */
  readonly troubleOf: (vehicle: number) => string | null;
}

/**
 * Holds the distance the product bills from the opening until now to what is true, vehicle by vehicle; null when the product
 * does not say. How it shares distance out between periods does not matter to it.
 */
export async function checkTruth(parts: TruthCheckParts, atMs: number): Promise<TruthCheck | null> {
  const { desk, ledger, openingMs, timeZone } = parts;
  const answer = await desk.ask('money.periods', { operator: null, limit: PERIODS_ASKED });
  const open = answer.ok ? answer.value.periods.filter(({ state }) => state === 'open') : [];
  if (open.length === 0) return null;
  const billed = await billedTenths(parts, open);
  if (billed === null) return null;
  const truths = ledger.tenthsSince(openingMs);
  const apart = truths.flatMap((truth, index) => apartOf(parts, truth, index, billed));
  const sum = (of: (truth: TenthsSoFar) => number): number =>
    truths.reduce((total, one) => total + of(one), 0);
  return {
    fromDay: localDayOf(openingMs, timeZone),
    atMs,
    trueTenths: sum(({ trueTenths }) => trueTenths),
    sentTenths: sum(({ sentTenths }) => sentTenths),
    billedTenths: sum(({ vehicle }) => billed.get(vehicle) ?? 0),
    vehiclesApart: apart.length,
    worst: apart.toSorted((a, b) => distanceApart(b) - distanceApart(a)).slice(0, WORST_SHOWN),
  };
}

/** The odometer that each open period ends with, less the opening: what is billed before and within it. */
async function billedTenths(
  { desk, fleet }: TruthCheckParts,
  open: readonly PeriodRow[],
): Promise<ReadonlyMap<string, number> | null> {
  const openings = new Map(fleet.map((traits) => [traits.id, wholeTenthsOfMile(openingOdometer(traits))]));
  const billed = new Map<string, number>();
  for (const { contract, period } of open) {
    const preview = await desk.ask('money.preview', { contract, period });
    if (!preview.ok || preview.value === null) return null;
    for (const { vehicle, endMicrometres } of preview.value.rated.vehicles) {
      billed.set(vehicle, Math.floor(endMicrometres / MICROMETRES_PER_TENTH) - (openings.get(vehicle) ?? 0));
    }
  }
  return billed;
}

function apartOf(
  { fleet, troubleOf }: TruthCheckParts,
  truth: TenthsSoFar,
  index: number,
  billed: ReadonlyMap<string, number>,
): VehicleApart[] {
  const billedTenthsNow = billed.get(truth.vehicle) ?? 0;
  if (billedTenthsNow === truth.trueTenths) return [];
  const registration = fleet[index]?.registration ?? truth.vehicle;
  const why = troubleOf(index) ?? causeOf(truth, billedTenthsNow);
  return [{ ...truth, registration, billedTenths: billedTenthsNow, why }];
}

function causeOf({ sentTenths, trueTenths }: TenthsSoFar, billed: number): string {
  if (billed === sentTenths)
    return sentTenths < trueTenths ? 'driven since its last report' : 'its last digit';
  // A feed's last digit may fall on either side of a tenth.
  if (Math.abs(billed - sentTenths) <= 1) return 'its last digit, or a tenth on its way';
  return billed < sentTenths ? 'sent, and held back by the product' : 'billed, and not sent';
}

function distanceApart({ trueTenths, billedTenths: billed }: VehicleApart): number {
  return Math.abs(billed - trueTenths);
}
