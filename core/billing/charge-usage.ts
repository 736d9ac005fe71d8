import { pricePence } from '../base/money.ts';
import type { LineKind } from '../protocol/document.ts';
import { type ExactTerms, proratedPence, proratedTenths, type Proration, type Rate } from './exact-terms.ts';

/** One line of a charge; who and when it is about is added by whoever prints it. */
export interface ChargeLine {
  readonly kind: LineKind;
  readonly tenths: number | null;
  readonly rate: Rate | null;
  readonly pence: number;
}

export interface Usage {
  /** Distance driven, whole tenths of the contract's unit. */
  readonly tenths: number;
  /** How much of it may still be charged before the contract's target is reached; null without a target (rule B7). */
  readonly tenthsToTarget: number | null;
  /** The target was reached before the period: no minimum applies any more. */
  readonly isTargetReached: boolean;
  readonly proration: Proration;
  /** Of the active days, how many have begun: standing charge and minimum are due for these. All, once the period is over. */
  readonly elapsedDays: number;
}

const NOTHING: Rate = { text: '0', value: { digits: 0n, scale: 0 } };

/**
 * Rule B4: what a distance costs under given terms, line by line in the order they are printed. Only what is there is
 * printed: no line for a tier that was not reached.
 */
export function chargeUsage(terms: ExactTerms, usage: Usage): ChargeLine[] {
  const { proration } = usage;
  const elapsed = { ...proration, activeDays: usage.elapsedDays };
  const capTenths = terms.capMiles === null ? usage.tenths : proratedTenths(terms.capMiles, proration);
  const chargedTenths = Math.min(usage.tenths, capTenths, usage.tenthsToTarget ?? usage.tenths);
  const miles = tierLines(terms, chargedTenths, proration);
  const capped = [...miles, ...capLines(terms, miles, proration)];
  const usagePence = sumPence(capped);
  const isMinimum = !usage.isTargetReached;
  const minimum = isMinimum ? minimumLines(terms, chargedTenths, elapsed) : [];
  const topUp = isMinimum ? topUpLines(terms, usagePence + sumPence(minimum), elapsed) : [];
  return [
    ...standingLines(terms, elapsed),
    ...miles,
    ...unchargedLines(usage.tenths - chargedTenths),
    ...capped.slice(miles.length),
    ...minimum,
    ...topUp,
  ];
}

function standingLines({ standing }: ExactTerms, proration: Proration): ChargeLine[] {
  if (standing === null) return [];
  return [{ kind: 'standing', tenths: null, rate: null, pence: proratedPence(standing, proration) }];
}

/** Rule B5: graduated, one line a tier that is reached. */
function tierLines(terms: ExactTerms, chargedTenths: number, proration: Proration): ChargeLine[] {
  const lines: ChargeLine[] = [];
  let below = 0;
  for (const { upTo, rate } of terms.tiers) {
    const end = upTo === null ? chargedTenths : Math.min(proratedTenths(upTo, proration), chargedTenths);
    const tenths = end - below;
    if (tenths <= 0) continue;
    lines.push({ kind: 'miles', tenths, rate, pence: pricePence(tenths, rate.value) });
    below = end;
  }
  return lines;
}

function unchargedLines(tenths: number): ChargeLine[] {
  return tenths > 0 ? [{ kind: 'uncharged_over_cap', tenths, rate: NOTHING, pence: 0 }] : [];
}

function capLines(
  { capCharge }: ExactTerms,
  miles: readonly ChargeLine[],
  proration: Proration,
): ChargeLine[] {
  if (capCharge === null) return [];
  const over = sumPence(miles) - proratedPence(capCharge, proration);
  return over > 0 ? [{ kind: 'cap_adjustment', tenths: null, rate: null, pence: -over }] : [];
}

function minimumLines(terms: ExactTerms, chargedTenths: number, proration: Proration): ChargeLine[] {
  if (terms.minMiles === null) return [];
  const tenths = proratedTenths(terms.minMiles, proration) - chargedTenths;
  if (tenths <= 0) return [];
  const rate = terms.minRate;
  return [{ kind: 'min_miles_shortfall', tenths, rate, pence: pricePence(tenths, rate.value) }];
}

/** Rule B4 (6): usage after the cap, with what the minimum distance already makes up, is brought to the minimum money. */
function topUpLines({ minCharge }: ExactTerms, usagePence: number, proration: Proration): ChargeLine[] {
  if (minCharge === null) return [];
  const pence = proratedPence(minCharge, proration) - usagePence;
  return pence > 0 ? [{ kind: 'min_charge_topup', tenths: null, rate: null, pence }] : [];
}

export function sumPence(lines: readonly { readonly pence: number }[]): number {
  return lines.reduce((sum, { pence }) => sum + pence, 0);
}
