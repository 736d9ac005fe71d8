import { type Decimal, scaledHalfAwayFromZero } from './decimal.ts';

/**
 * Rule B6: a printed line, quantity × rate, rounded once, half away from zero, to a penny.
 * `tenths` are tenths of the contract's unit; `ratePence` is pence for one unit.
 */
export function pricePence(tenths: number, ratePence: Decimal): number {
  return scaledHalfAwayFromZero(ratePence, tenths, 10);
}
