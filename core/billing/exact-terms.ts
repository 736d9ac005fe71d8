import { assert } from '../base/assert.ts';
import { type Decimal, parseDecimal, scaledHalfAwayFromZero } from '../base/decimal.ts';
import type { ContractTerms, Quantity } from '../protocol/terms.ts';

/** A contract's terms as exact numbers. Rates are pence for one unit, `money` is pounds, distances are in the unit. */
export interface ExactTerms {
  readonly tiers: readonly Tier[];
  readonly standing: Decimal | null;
  readonly minMiles: Decimal | null;
  readonly minRate: Rate;
  readonly minCharge: Decimal | null;
  readonly capMiles: Decimal | null;
  readonly capCharge: Decimal | null;
}

export interface Tier {
  readonly upTo: Decimal | null;
  readonly rate: Rate;
}

/** A rate with the words it was agreed in, which are what is printed. */
export interface Rate {
  readonly text: string;
  readonly value: Decimal;
}

export function exactTerms(terms: ContractTerms): ExactTerms {
  const tiers = terms.tiers.map(({ upTo, rate }) => ({
    upTo: upTo === null ? null : exact(upTo),
    rate: exactRate(rate),
  }));
  const [first] = tiers;
  assert(first !== undefined, 'the schema admits terms with a rate only');
  return {
    tiers,
    standing: exactOrNull(terms.standing),
    minMiles: exactOrNull(terms.minMiles),
    minRate: terms.minRate === undefined ? first.rate : exactRate(terms.minRate),
    minCharge: exactOrNull(terms.minCharge),
    capMiles: exactOrNull(terms.capMiles),
    capCharge: exactOrNull(terms.capCharge),
  };
}

/** Terms of rates alone, which may change inside a period (rule B9). */
export function isFlat(terms: ExactTerms): boolean {
  const { tiers, standing, minMiles, minCharge, capMiles, capCharge } = terms;
  return (
    tiers.length === 1 &&
    [standing, minMiles, minCharge, capMiles, capCharge].every((condition) => condition === null)
  );
}

/** Active days over the days of the full period (rule B2). */
export interface Proration {
  readonly activeDays: number;
  readonly periodDays: number;
}

/** Rule B3: a distance of a full period as tenths of the active part, half away from zero. */
export function proratedTenths(distance: Decimal, proration: Proration): number {
  return prorated(distance, 10, proration);
}

/** Rule B3: pounds a full period as pence of the active part, half away from zero. */
export function proratedPence(pounds: Decimal, proration: Proration): number {
  return prorated(pounds, 100, proration);
}

function prorated(value: Decimal, per: number, { activeDays, periodDays }: Proration): number {
  return scaledHalfAwayFromZero(value, per * activeDays, periodDays);
}

/** VAT of a net amount, rounded once (rule B6). */
export function vatPence(netPence: number, rate: Decimal): number {
  return scaledHalfAwayFromZero(rate, netPence, 1);
}

/** The schema admitted the text; a plain JSON number is the decimal it is written as. */
export function exact(quantity: Quantity): Decimal {
  const decimal = parseDecimal(String(quantity));
  assert(decimal.ok, () => `the schema admits decimals only, not "${quantity}"`);
  return decimal.value;
}

function exactOrNull(quantity: Quantity | undefined): Decimal | null {
  return quantity === undefined ? null : exact(quantity);
}

function exactRate(quantity: Quantity): Rate {
  return { text: String(quantity), value: exact(quantity) };
}
