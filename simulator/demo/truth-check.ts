import { startOfDayMs } from '../../core/base/calendar.ts';
import type { PeriodRow } from '../../core/protocol/money-asks.ts';
import type { TruthCheck, VehicleApart } from '../../core/protocol/simulator-panel.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import type { ProductDesk } from '../run/ask-product.ts';
import type { TenthsSoFar, TruthLedger } from '../truth/truth-ledger.ts';

const PERIODS_ASKED = 200;
const WORST_SHOWN = 10;

/** What a check is made of. The desk is asked while no packet is on its way. */
export interface TruthCheckParts {
  readonly desk: ProductDesk;
  readonly ledger: Pick<TruthLedger, 'tenthsSince'>;
  readonly fleet: readonly FleetVehicle[];
  readonly timeZone: string;
  /** What a vehicle is under or was, in words; null for nothing. */
  readonly troubleOf: (vehicle: number) => string | null;
}

/** Holds the bill that is growing to what is true, vehicle by vehicle; null when the product does not say. */
export async function checkTruth(parts: TruthCheckParts, atMs: number): Promise<TruthCheck | null> {
  const { desk, ledger, timeZone } = parts;
  const answer = await desk.ask('money.periods', { operator: null, limit: PERIODS_ASKED });
  const open = answer.ok ? answer.value.periods.filter(({ state }) => state === 'open') : [];
  const [first] = open;
  if (first === undefined) return null;
  const billed = await billedTenths(desk, open);
  if (billed === null) return null;
  const truths = ledger.tenthsSince(startOfDayMs(first.startDay, timeZone));
  const apart = truths.flatMap((truth, index) => apartOf(parts, truth, index, billed));
  const sum = (of: (truth: TenthsSoFar) => number): number =>
    truths.reduce((total, one) => total + of(one), 0);
  return {
    fromDay: first.startDay,
    atMs,
    trueTenths: sum(({ trueTenths }) => trueTenths),
    sentTenths: sum(({ sentTenths }) => sentTenths),
    billedTenths: sum(({ vehicle }) => billed.get(vehicle) ?? 0),
    vehiclesApart: apart.length,
    worst: apart.toSorted((a, b) => distanceApart(b) - distanceApart(a)).slice(0, WORST_SHOWN),
  };
}

async function billedTenths(
  desk: ProductDesk,
  open: readonly PeriodRow[],
): Promise<ReadonlyMap<string, number> | null> {
  const billed = new Map<string, number>();
  for (const { contract, period } of open) {
    const preview = await desk.ask('money.preview', { contract, period });
    if (!preview.ok || preview.value === null) return null;
    for (const { vehicle, tenths } of preview.value.rated.vehicles) billed.set(vehicle, tenths);
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
  // What is billed of a midnight lies between the values around it; a feed's last digit may fall on either side.
  if (Math.abs(billed - sentTenths) <= 1) return 'rounding at midnight, or a tenth on its way';
  return billed < sentTenths ? 'sent, and held back by the product' : 'billed, and not sent';
}

function distanceApart({ trueTenths, billedTenths: billed }: VehicleApart): number {
  return Math.abs(billed - trueTenths);
}
