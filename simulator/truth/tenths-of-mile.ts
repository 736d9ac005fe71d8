import { must } from '../../core/base/assert.ts';
import { divideFloor, parseDecimal } from '../../core/base/decimal.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';

const MICROMETRES: Readonly<Record<OdometerText['unit'], bigint>> = {
  mi: 1_609_344_000n,
  km: 1_000_000_000n,
  m: 1_000_000n,
};
/** A tenth of each unit a contract may count in. */
const MICROMETRES_PER_TENTH = { mi: 160_934_400n, km: 100_000_000n } as const;

/** Whole tenths of a mile in an odometer text, by exact integer arithmetic on the decimal. */
export function wholeTenthsOfMile(odometer: OdometerText): number {
  return wholeTenths(odometer, 'mi');
}

/** Whole tenths of a contract's unit in an odometer text. */
export function wholeTenths({ text, unit }: OdometerText, of: 'mi' | 'km'): number {
  const parsed = parseDecimal(text);
  const { digits, scale } = must(
    parsed.ok ? parsed.value : null,
    () => `"${text}" is an odometer value we wrote`,
  );
  return Number(divideFloor(digits * MICROMETRES[unit], 10n ** BigInt(scale) * MICROMETRES_PER_TENTH[of]));
}

/** Whole tenths of a unit in whole millimetres. */
export function wholeTenthsInMm(millimetres: number, of: 'mi' | 'km'): number {
  return Number(divideFloor(BigInt(millimetres) * 1_000n, MICROMETRES_PER_TENTH[of]));
}
