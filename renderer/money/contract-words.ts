import type { MoneyContractRow } from '../../core/protocol/money-asks.ts';
import type { ContractTerms } from '../../core/protocol/terms.ts';

/** One version of a contract's terms, and from which local day it holds. */
export interface TermsVersion {
  readonly from: string;
  readonly terms: ContractTerms;
  readonly standing: 'ended' | 'holds today' | 'to come';
}

/** All versions, the newest first. Of several for one day the one agreed last holds. */
export function versionsOf(row: MoneyContractRow, today: string): readonly TermsVersion[] {
  const all = [{ from: row.start, terms: row.terms }, ...row.amendments.toSorted(byDay)];
  const holding = all.findLastIndex(({ from }) => from <= today);
  return all.map(({ from, terms }, i) => ({ from, terms, standing: standingOf(i, holding) })).toReversed();
}

function standingOf(index: number, holding: number): TermsVersion['standing'] {
  if (index === holding) return 'holds today';
  return index < holding ? 'ended' : 'to come';
}

/** The terms that hold on a day; before the contract begins, those it begins with. */
export function termsNow(row: MoneyContractRow, today: string): ContractTerms {
  return row.amendments.toSorted(byDay).findLast(({ from }) => from <= today)?.terms ?? row.terms;
}

function byDay(a: { readonly from: string }, b: { readonly from: string }): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

/** Those with the words in their name, their operator or one of their vehicles. */
export function contractsShown(
  contracts: readonly MoneyContractRow[],
  search: string,
): readonly MoneyContractRow[] {
  const typed = search.trim().toLowerCase();
  if (typed === '') return contracts;
  return contracts.filter(({ contract, operatorName, vehicles }) =>
    [contract, operatorName, ...vehicles.map(({ registration }) => registration)].some((text) =>
      text.toLowerCase().includes(typed),
    ),
  );
}
