import { startOfDayMs } from '../base/calendar.ts';
import type { ContractAccount, PeriodAccount } from '../billing/account-shapes.ts';
import { periodTenths, settlePrices } from '../billing/price-units.ts';
import { periodOf } from '../billing/contract-account.ts';
import { documentsOfPeriod } from '../billing/document-book.ts';
import { sumOf } from '../billing/split-pence.ts';
import type { FinalDocument, RatedPeriod } from '../protocol/document.ts';
import type { ExceptionRow, PeriodRow } from '../protocol/money-asks.ts';
import { accountOrNull } from './account-named.ts';
import { composeDocument, isTooLate, type Issuing } from './compose-document.ts';
import { periodExceptions } from './period-exceptions.ts';
import { periodStays, rateContractPeriod } from './rate-contract.ts';
import type { World } from './world.ts';

/** Contracts' periods, newest first: what is open, over, final, or priced otherwise than it was invoiced. */
export function describePeriods(
  world: World,
  operator: string | null,
  limit: number,
): { readonly periods: PeriodRow[]; readonly matching: number } {
  const found = world.contracts
    .filter(({ contract }) => operator === null || contract.operator === operator)
    .flatMap((account) =>
      [...account.periods.values()]
        .filter(({ parts }) => parts.length > 0)
        .map((period) => ({ account, period })),
    )
    .toSorted(newestFirst);
  const shown = found.slice(0, limit);
  return {
    periods: shown.map(({ account, period }) => periodRow(world, account, period)),
    matching: found.length,
  };
}

interface PlacedPeriod {
  readonly account: ContractAccount;
  readonly period: PeriodAccount;
}

function newestFirst(a: PlacedPeriod, b: PlacedPeriod): number {
  const [before, after] = [a.period.period.startDay, b.period.period.startDay];
  if (before !== after) return before < after ? 1 : -1;
  return a.account.contract.id < b.account.contract.id ? -1 : 1;
}

export function periodRow(world: World, account: ContractAccount, period: PeriodAccount): PeriodRow {
  settlePrices(account);
  const { contract, operatorName } = account;
  const { index, startDay, endDay } = period.period;
  const documents = documentsOfPeriod(world.money, contract.id, index).map(({ document }) => document);
  const exceptions = period.isFinal ? [] : periodExceptions(world, account, period);
  return {
    contract: contract.id,
    operator: contract.operator,
    operatorName,
    period: index,
    startDay,
    endDay,
    unit: contract.unit,
    state: stateOf(world, account, period, documents),
    vehicles: periodStays(world, account, period).length,
    tenths: periodTenths(period),
    netPence: sumOf(period.price),
    issuedNetPence: netOf(documents),
    exceptions: exceptions.filter(({ waived }) => waived === null).length,
    isProvisional: exceptions.some(({ kind }) => kind === 'provisional'),
    documents: documents.map(({ number }) => number),
  };
}

function stateOf(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
  documents: readonly FinalDocument[],
): PeriodRow['state'] {
  if (period.isFinal) return finalState(world, account, period, netOf(documents));
  return world.clockMs >= startOfDayMs(period.period.endDay, account.exact.timezone) ? 'draft' : 'open';
}

function finalState(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
  issuedPence: number,
): PeriodRow['state'] {
  const duePence = sumOf(period.price) - issuedPence;
  if (duePence === 0) return 'final';
  return duePence > 0 && isTooLate(world, account, period) ? 'too late to charge' : 'correction due';
}

function netOf(documents: readonly FinalDocument[]): number {
  return documents.reduce((sum, { netPence }) => sum + netPence, 0);
}

/** What a period comes to, what stands against closing it, and the document that is due; null for no such contract. */
export function previewPeriod(
  world: World,
  contract: string,
  index: number,
  issuing: Issuing,
): {
  readonly row: PeriodRow;
  readonly rated: RatedPeriod;
  readonly exceptions: ExceptionRow[];
  readonly document: FinalDocument | null;
} | null {
  const account = accountOrNull(world, contract);
  if (account === null) return null;
  const period = periodOf(account, index);
  const exceptions = period.isFinal ? [] : periodExceptions(world, account, period);
  return {
    row: periodRow(world, account, period),
    rated: rateContractPeriod(world, account, period),
    exceptions: exceptions.map((each) => ({
      ...each,
      canBeWaived: each.kind !== 'period not over',
      waived: each.waived === null ? null : { ...each.waived },
    })),
    document: composeDocument(world, account, period, issuing),
  };
}
