import { fail, ok, type Result } from './result.ts';

/** An exact decimal number: `digits` × 10^-`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL_TEXT = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads the decimal text as it stands ("12345.678", "1e3"); anything else is 'not-a-decimal'. */
export function parseDecimal(text: string): Result<Decimal, 'not-a-decimal'> {
  const match = DECIMAL_TEXT.exec(text.trim());
  if (match === null) return fail('not-a-decimal');
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const magnitude = BigInt(whole + fraction);
  const digits = sign === '-' ? -magnitude : magnitude;
  const scale = fraction.length - Number(exponent);
  return ok(scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 });
}

/** numerator / denominator rounded half away from zero: the one rounding of money (rule B6). */
export function divideHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = n / d + ((n % d) * 2n >= d ? 1n : 0n);
  return negative ? -quotient : quotient;
}

/**
 * value × times / over, rounded half away from zero; `times` and `over` are whole, `over` above zero. In plain numbers
 * where every step is exact in them, since prices are worked out for every packet; in big integers otherwise.
 */
export function scaledHalfAwayFromZero({ digits, scale }: Decimal, times: number, over: number): number {
  const numerator = Number(digits) * times;
  const denominator =
    scale < POWERS_OF_TEN.length ? (POWERS_OF_TEN[scale] ?? 1) * over : Number.POSITIVE_INFINITY;
  const doubled = Math.abs(numerator) * 2 + denominator;
  if (doubled <= Number.MAX_SAFE_INTEGER) {
    const rounded = (doubled - (doubled % (denominator * 2))) / (denominator * 2);
    return numerator < 0 && rounded !== 0 ? -rounded : rounded;
  }
  return Number(divideHalfAwayFromZero(digits * BigInt(times), 10n ** BigInt(scale) * BigInt(over)));
}

const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** numerator / denominator rounded half to even: the one rounding of distance (rule M1). */
export function divideHalfToEven(numerator: bigint, denominator: bigint): bigint {
  const floor = divideFloor(numerator, denominator);
  const twice = (numerator - floor * denominator) * 2n;
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/** The largest whole number not above numerator / denominator; the denominator is positive. */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}
