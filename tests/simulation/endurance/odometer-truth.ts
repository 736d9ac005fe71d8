import { must } from '../../../core/base/assert.ts';
import { divideFloor, parseDecimal } from '../../../core/base/decimal.ts';
import type { FleetPlan } from '../../../simulator/fleet/fleet-plan.ts';
import { openingOdometer } from '../../../simulator/trackers/fit-tracker.ts';
import type { OdometerText } from '../../../simulator/trackers/odometer-text.ts';
import type { Replacement, Said } from './endurance-fleet.ts';
import { entryOf, packetKey } from './packet-key.ts';

type BillingUnit = 'mi' | 'km';
const MICROMETRES: Readonly<Record<OdometerText['unit'], bigint>> = {
  mi: 1_609_344_000n,
  km: 1_000_000_000n,
  m: 1_000_000n,
};

interface Instrument {
  /** Added to what it shows. */
  readonly offset: bigint;
  /** The most it showed in packets the product has. */
  shown: bigint | null;
}

interface VehicleTruth {
  readonly opening: bigint;
  readonly instruments: Instrument[];
  /** Replacements that staff took down. */
  decided: number;
}

/**
 * What must be billed: the whole tenths in the farthest odometer the product has heard of, less those in the opening
 * one. The order of packets, and how often they came, do not matter to it.
 */
export class OdometerTruth {
  readonly #unit: BillingUnit;
  readonly #vehicles: readonly VehicleTruth[];
  readonly #said = new Map<string, Said>();

  constructor(plan: FleetPlan, unit: BillingUnit) {
    this.#unit = unit;
    this.#vehicles = plan.fleet.map((traits) => {
      const opening = micrometres(openingOdometer(traits));
      return { opening, instruments: [{ offset: 0n, shown: opening }], decided: 0 };
    });
  }

  noteSaid(said: readonly Said[]): void {
    for (const packet of said) this.#said.set(packetKey(entryOf(packet)), packet);
  }

  /** The product has a packet; false when nobody said it. */
  noteTaken(key: string): boolean {
    const packet = this.#said.get(key);
    if (packet === undefined) return false;
    if (packet.odometer === null || packet.isWrong) return true;
    const instrument = must(
      this.#vehicle(packet.vehicle).instruments[packet.instrument],
      'an instrument that was fitted',
    );
    const shown = micrometres(packet.odometer);
    if (instrument.shown === null || shown > instrument.shown) instrument.shown = shown;
    return true;
  }

  noteReplaced(index: number, { closing, opening }: Replacement): void {
    const { instruments } = this.#vehicle(index);
    const offset = must(instruments.at(-1), 'it has an odometer').offset;
    instruments.push({ offset: offset + micrometres(closing) - micrometres(opening), shown: null });
  }

  /** The product has a reading of the odometer that is in the vehicle now. */
  hasHeardOfNewest(index: number): boolean {
    return this.#vehicle(index).instruments.at(-1)?.shown !== null;
  }

  /** Staff took down the next replacement: what the old one closed at is then known too. */
  noteDecided(index: number, { opening }: Replacement): void {
    const vehicle = this.#vehicle(index);
    vehicle.decided += 1;
    const instrument = must(vehicle.instruments[vehicle.decided], 'an instrument that was fitted');
    instrument.shown ??= micrometres(opening);
  }

  tenthsOf(index: number): number {
    const { opening, instruments, decided } = this.#vehicle(index);
    let farthest = opening;
    for (const { offset, shown } of instruments.slice(0, decided + 1))
      if (shown !== null && offset + shown > farthest) farthest = offset + shown;
    return tenths(farthest, this.#unit) - tenths(opening, this.#unit);
  }

  #vehicle(index: number): VehicleTruth {
    return must(this.#vehicles[index], 'a vehicle of the fleet');
  }
}

function micrometres({ text, unit }: OdometerText): bigint {
  const parsed = parseDecimal(text);
  const { digits, scale } = must(parsed.ok ? parsed.value : null, 'an odometer value we wrote');
  return divideFloor(digits * MICROMETRES[unit], 10n ** BigInt(scale));
}

function tenths(distance: bigint, unit: BillingUnit): number {
  return Number(divideFloor(distance * 10n, MICROMETRES[unit]));
}
