import { parseDecimal, divideFloor } from '../../core/base/decimal.ts';
import { must } from '../../core/base/assert.ts';
import type { SimulatedFeed } from '../trackers/simulated-feed.ts';
import type { FleetVehicle } from '../fleet/fleet-vehicle.ts';
import { openingOdometer } from '../trackers/fit-tracker.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';

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
  /** The contract's unit, which `tenths` counts. */
  readonly unit: 'mi';
  /** Whole tenths in the last value, less whole tenths in the opening one. */
  readonly tenths: number;
  readonly packetsSent: number;
  readonly acknowledged: number;
}

export interface Truth {
  readonly seed: number;
  readonly openingMs: number;
  readonly endedMs: number;
  readonly vehicles: readonly VehicleTruth[];
  readonly tenths: number;
  readonly packetsSent: number;
  readonly acknowledged: number;
}

const MICROMETRES: Readonly<Record<OdometerText['unit'], bigint>> = {
  mi: 1_609_344_000n,
  km: 1_000_000_000n,
  m: 1_000_000n,
};
const MICROMETRES_PER_TENTH_MILE = 160_934_400n;

/** Notes what is sent and what is acknowledged, a vehicle at a time. */
export class TruthLedger {
  private readonly fleet: readonly FleetVehicle[];
  private readonly last: (OdometerText | null)[];
  private readonly sent: number[];
  private readonly acknowledged: number[];

  constructor(fleet: readonly FleetVehicle[]) {
    this.fleet = fleet;
    this.last = fleet.map(() => null);
    this.sent = fleet.map(() => 0);
    this.acknowledged = fleet.map(() => 0);
  }

  noteSent(vehicle: number, odometer: OdometerText | null): void {
    this.sent[vehicle] = (this.sent[vehicle] ?? 0) + 1;
    if (odometer !== null) this.last[vehicle] = odometer;
  }

  noteAcknowledged(vehicle: number): void {
    this.acknowledged[vehicle] = (this.acknowledged[vehicle] ?? 0) + 1;
  }

  truth(seed: number, openingMs: number, endedMs: number): Truth {
    const vehicles = this.fleet.map((vehicle, index) => this.vehicleTruth(vehicle, index));
    const sum = (of: (vehicle: VehicleTruth) => number): number =>
      vehicles.reduce((total, vehicle) => total + of(vehicle), 0);
    return {
      seed,
      openingMs,
      endedMs,
      vehicles,
      tenths: sum((vehicle) => vehicle.tenths),
      packetsSent: sum((vehicle) => vehicle.packetsSent),
      acknowledged: sum((vehicle) => vehicle.acknowledged),
    };
  }

  private vehicleTruth(vehicle: FleetVehicle, index: number): VehicleTruth {
    const opening = openingOdometer(vehicle);
    const last = this.last[index] ?? opening;
    return {
      vehicle: vehicle.id,
      device: vehicle.device,
      provider: vehicle.provider,
      operator: vehicle.operator,
      openingText: opening.text,
      openingUnit: opening.unit,
      lastText: last.text,
      lastUnit: last.unit,
      unit: 'mi',
      tenths: wholeTenthsOfMile(last) - wholeTenthsOfMile(opening),
      packetsSent: this.sent[index] ?? 0,
      acknowledged: this.acknowledged[index] ?? 0,
    };
  }
}

/** Whole tenths of a mile in an odometer text, by exact integer arithmetic on the decimal. */
export function wholeTenthsOfMile({ text, unit }: OdometerText): number {
  const parsed = parseDecimal(text);
  const { digits, scale } = must(
    parsed.ok ? parsed.value : null,
    () => `"${text}" is an odometer value we wrote`,
  );
  return Number(divideFloor(digits * MICROMETRES[unit], 10n ** BigInt(scale) * MICROMETRES_PER_TENTH_MILE));
}
