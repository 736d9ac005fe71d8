import { divideHalfToEven, parseDecimal } from './decimal.ts';
import { fail, ok, type Result } from './result.ts';

/** The unit a vendor's number is in: miles, kilometres, hectometres, metres. */
export type DistanceUnit = 'mi' | 'km' | 'hm' | 'm';
/** The unit a contract bills in. */
export type BillingUnit = 'mi' | 'km';

export const MICROMETRES_PER_MILE = 1_609_344_000;
export const MICROMETRES_PER_METRE = 1_000_000;

const MICROMETRES_PER_UNIT: Readonly<Record<DistanceUnit, number>> = {
  mi: MICROMETRES_PER_MILE,
  km: 1_000_000_000,
  hm: 100_000_000,
  m: MICROMETRES_PER_METRE,
};

const MICROMETRES_PER_TENTH: Readonly<Record<BillingUnit, number>> = { mi: 160_934_400, km: 100_000_000 };

/** Short plain decimals stay exact in doubles; everything longer takes the big-integer path. */
const SHORT_DECIMAL = /^(\d{1,6})(?:\.(\d{1,6}))?$/;
const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/**
 * Rule M1: the decimal text a vendor sent, exactly, as whole micrometres (half to even at the last one).
 * Never through binary floating point. Negative and beyond 2^53 µm (5.5 million miles) are refused.
 */
export function micrometresFromText(
  text: string,
  unit: DistanceUnit,
): Result<number, 'not-a-decimal' | 'distance-out-of-range'> {
  const perUnit = MICROMETRES_PER_UNIT[unit];
  const short = SHORT_DECIMAL.exec(text);
  if (short !== null) {
    const whole = Number(short[1]) * perUnit;
    const fractionText = short[2] ?? '';
    const fraction = Number(fractionText) * perUnit;
    if (whole <= Number.MAX_SAFE_INTEGER - perUnit && fraction <= Number.MAX_SAFE_INTEGER) {
      return ok(whole + halfToEven(fraction, POWERS_OF_TEN[fractionText.length] ?? 1));
    }
  }
  return micrometresFromLongText(text, perUnit);
}

function micrometresFromLongText(
  text: string,
  perUnit: number,
): Result<number, 'not-a-decimal' | 'distance-out-of-range'> {
  const decimal = parseDecimal(text);
  if (!decimal.ok) return decimal;
  const micrometres = divideHalfToEven(decimal.value.digits * BigInt(perUnit), 10n ** BigInt(decimal.value.scale));
  if (micrometres < 0n || micrometres > BigInt(Number.MAX_SAFE_INTEGER)) return fail('distance-out-of-range');
  return ok(Number(micrometres));
}

function halfToEven(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const floor = (numerator - rest) / denominator;
  if (rest * 2 === denominator) return floor % 2 === 0 ? floor : floor + 1;
  return rest * 2 > denominator ? floor + 1 : floor;
}

/** Rule M8: whole tenths of the billing unit contained in a cumulative distance. */
export function wholeTenths(micrometres: number, unit: BillingUnit): number {
  return Math.floor(micrometres / MICROMETRES_PER_TENTH[unit]);
}

/** Whole metres, for display and exchange; no bill is computed from it. */
export function metresFromMicrometres(micrometres: number): number {
  return Math.round(micrometres / MICROMETRES_PER_METRE);
}
