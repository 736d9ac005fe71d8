import { daysBetween, type LocalDay } from '../base/calendar.ts';
import type { Decimal } from '../base/decimal.ts';
import { must } from '../base/assert.ts';
import type { BillingUnit } from '../base/distance.ts';
import type { Amendment, ContractTerms, Quantity } from '../protocol/terms.ts';
import { billingPeriodOf, type BillingPeriod } from './billing-period.ts';
import { exact, type ExactTerms, exactTerms, isFlat, proratedTenths } from './exact-terms.ts';

/** What of a contract decides what it charges, as people agreed it. */
export interface AgreedContract {
  readonly timezone: string;
  readonly unit: BillingUnit;
  readonly anchor: LocalDay;
  readonly start: LocalDay;
  /** The first day that is not in it any more. */
  readonly end?: LocalDay | undefined;
  readonly terms: ContractTerms;
  readonly amendments?: readonly Amendment[] | undefined;
  readonly targetMiles?: Quantity | undefined;
  readonly vatRate?: Quantity | undefined;
}

/** The same, ready to charge by. */
export interface ExactContract {
  readonly timezone: string;
  readonly unit: BillingUnit;
  readonly anchor: LocalDay;
  readonly start: LocalDay;
  readonly end: LocalDay | null;
  /** By the day they take effect, oldest first; the first one holds from the start. */
  readonly versions: readonly TermsVersion[];
  readonly targetTenths: number | null;
  readonly vatRate: { readonly text: string; readonly value: Decimal };
}

export interface TermsVersion {
  readonly from: LocalDay;
  readonly terms: ExactTerms;
}

/** Days of a period under one version of the terms, the last one not included. */
export interface PeriodPart {
  readonly fromDay: LocalDay;
  readonly toDay: LocalDay;
  readonly terms: ExactTerms;
}

const WHOLE = { activeDays: 1, periodDays: 1 };

export function exactContract(agreed: AgreedContract): ExactContract {
  const { timezone, unit, anchor, start, end, targetMiles, vatRate = '0' } = agreed;
  return {
    timezone,
    unit,
    anchor,
    start,
    end: end ?? null,
    versions: effectiveVersions(agreed),
    targetTenths: targetMiles === undefined ? null : proratedTenths(exact(targetMiles), WHOLE),
    vatRate: { text: String(vatRate), value: exact(vatRate) },
  };
}

/** Rule B9: a change from the flat terms of its day to flat ones holds at once; any other from the next period on. */
function effectiveVersions({ anchor, start, terms, amendments = [] }: AgreedContract): TermsVersion[] {
  const versions: TermsVersion[] = [{ from: start, terms: exactTerms(terms) }];
  for (const amendment of amendments.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const changed = exactTerms(amendment.terms);
    const period = billingPeriodOf(anchor, amendment.from);
    const isAtOnce =
      amendment.from === period.startDay || (isFlat(termsIn(versions, amendment.from)) && isFlat(changed));
    const from = isAtOnce ? amendment.from : period.endDay;
    // Of two that take effect on one day the later one holds.
    while (versions.length > 1 && must(versions.at(-1), 'there is one').from >= from) versions.pop();
    if (from <= start) versions.splice(0, versions.length, { from: start, terms: changed });
    else versions.push({ from, terms: changed });
  }
  return versions;
}

/** Rule B2: the part of a period that the contract is in force, the last day not included; null for none. */
export function activeSpan(
  { start, end }: Pick<ExactContract, 'start' | 'end'>,
  { startDay, endDay }: BillingPeriod,
): { readonly fromDay: LocalDay; readonly toDay: LocalDay } | null {
  const fromDay = start > startDay ? start : startDay;
  const toDay = end !== null && end < endDay ? end : endDay;
  return fromDay < toDay ? { fromDay, toDay } : null;
}

/** A period's days by the terms they are charged under; empty when the contract is not in force in it. */
export function periodParts(contract: ExactContract, period: BillingPeriod): PeriodPart[] {
  const span = activeSpan(contract, period);
  if (span === null) return [];
  const { versions } = contract;
  return versions.flatMap(({ from, terms }, i) => {
    const next = versions[i + 1]?.from ?? span.toDay;
    const fromDay = from > span.fromDay ? from : span.fromDay;
    const toDay = next < span.toDay ? next : span.toDay;
    return fromDay < toDay ? [{ fromDay, toDay, terms }] : [];
  });
}

export function periodDays({ startDay, endDay }: BillingPeriod): number {
  return daysBetween(startDay, endDay);
}

/** The terms that hold on a day; before the start the first ones. */
export function termsOn({ versions }: ExactContract, day: LocalDay): ExactTerms {
  return termsIn(versions, day);
}

function termsIn(versions: readonly TermsVersion[], day: LocalDay): ExactTerms {
  return (versions.findLast(({ from }) => from <= day) ?? must(versions[0], 'there are first terms')).terms;
}
