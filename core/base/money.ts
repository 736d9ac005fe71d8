import { type Decimal, divideHalfAwayFromZero } from './decimal.ts';

/**
 * Rule B6: a printed line, quantity × rate, rounded once, half away from zero, to a penny.
 * `tenths` are tenths of the contract's unit; `ratePence` is pence for one unit.
 */
export function pricePence(tenths: number, ratePence: Decimal): number {
  return Number(
    divideHalfAwayFromZero(BigInt(tenths) * ratePence.digits, 10n * 10n ** BigInt(ratePence.scale)),
  );
}
