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

/**
 * Rule M1: the decimal text a vendor sent, exactly, as whole micrometres (half to even at the last one).
 * Never through binary floating point. Negative and beyond 2^53 µm (5.5 million miles) are refused.
 */
export function micrometresFromText(
  text: string,
  unit: DistanceUnit,
): Result<number, 'not-a-decimal' | 'distance-out-of-range'> {
  const perUnit = MICROMETRES_PER_UNIT[unit];
  const short = micrometresFromShortText(text, perUnit);
  return short === null ? micrometresFromLongText(text, perUnit) : ok(short);
}

const POINT = 0x2e;
const ZERO = 0x30;
const FRACTION_DIGITS_MAX = 6;
/** Fifteen digits are exact in a double, and so is every step below; an odometer is read millions of times an hour. */
const SHORT_CHARACTERS_MAX = 16;

/** Plain decimals of up to six places ("12345.678", "123456789") without big integers; null for all others. */
function micrometresFromShortText(text: string, perUnit: number): number | null {
  const length = text.length;
  if (length === 0 || length > SHORT_CHARACTERS_MAX) return null;
  let digits = 0;
  let pointAt = -1;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= ZERO + 9) digits = digits * 10 + (code - ZERO);
    else if (code === POINT && pointAt < 0 && i > 0 && i < length - 1) pointAt = i;
    else return null;
  }
  const places = pointAt < 0 ? 0 : length - 1 - pointAt;
  if (places > FRACTION_DIGITS_MAX || length - places > SHORT_CHARACTERS_MAX - 1) return null;
  return exactProduct(digits, POWERS_OF_TEN[places] ?? 1, perUnit);
}

const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** digits / denominator × perUnit, half to even, while every product fits a double exactly; null when one does not. */
function exactProduct(digits: number, denominator: number, perUnit: number): number | null {
  const fraction = digits % denominator;
  const whole = ((digits - fraction) / denominator) * perUnit;
  if (whole > Number.MAX_SAFE_INTEGER - perUnit) return null;
  return whole + halfToEven(fraction * perUnit, denominator);
}

function micrometresFromLongText(
  text: string,
  perUnit: number,
): Result<number, 'not-a-decimal' | 'distance-out-of-range'> {
  const decimal = parseDecimal(text);
  if (!decimal.ok) return decimal;
  // Before rounding: the smallest negative would otherwise become a 0.
  if (decimal.value.digits < 0n) return fail('distance-out-of-range');
  const micrometres = divideHalfToEven(
    decimal.value.digits * BigInt(perUnit),
    10n ** BigInt(decimal.value.scale),
  );
  if (micrometres > BigInt(Number.MAX_SAFE_INTEGER)) return fail('distance-out-of-range');
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
