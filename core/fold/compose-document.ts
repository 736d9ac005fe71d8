import { addDays, addMonths, localDayOf } from '../base/calendar.ts';
import { must } from '../base/assert.ts';
import type { ContractAccount, PeriodAccount } from '../billing/account-shapes.ts';
import { correctionOf } from '../billing/correction.ts';
import { documentsOfPeriod, type DocumentState, nextNumber } from '../billing/document-book.ts';
import { at } from '../metering/series.ts';
import type { FinalDocument, RatedPeriod } from '../protocol/document.ts';
import { evidenceRanges, inputsSha256Hex, periodStays, rateContractPeriod } from './rate-contract.ts';
import type { World } from './world.ts';

/** What a document says about who wrote it, beside what the fold knows. */
export interface Issuing {
  readonly versions: FinalDocument['versions'];
  readonly isSimulated: boolean;
  /** The operator caused what is corrected (rule B13). */
  readonly isOperatorFault?: boolean | undefined;
}

const PAYMENT_TERMS_DAYS = 14;

/**
 * The document that a period is due now: its invoice, or, when it has one, the correction of all that was issued. Null
 * when there is nothing to correct, or the contract is not in force in the period.
 */
export function composeDocument(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
  issuing: Issuing,
): FinalDocument | null {
  const rated = rateContractPeriod(world, account, period);
  const issued = documentsOfPeriod(world.money, account.contract.id, period.period.index);
  if (issued.length === 0 && rated.activeDays === 0) return null;
  if (issued.length === 0) return compose(world, account, period, issuing, rated, 'invoice', rated, []);
  const correction = correctionOf(
    rated,
    issued.map(({ document }) => document),
  );
  if (correction === null) return null;
  const isLate = correction.kind === 'supplementary' && isTooLate(world, account, period);
  if (isLate && issuing.isOperatorFault !== true) return null;
  return compose(world, account, period, issuing, rated, correction.kind, correction, issued);
}

function compose(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
  { versions, isSimulated, isOperatorFault = false }: Issuing,
  rated: RatedPeriod,
  kind: FinalDocument['kind'],
  amounts: Pick<FinalDocument, 'tenths' | 'netPence' | 'vatPence' | 'grossPence'>,
  issued: readonly DocumentState[],
): FinalDocument {
  const { contract, exact, operatorName } = account;
  const { id, name } = must(world.facility, 'a contract has a facility');
  const issuedDay = localDayOf(world.clockMs, exact.timezone);
  const termsDays = kind === 'credit_note' ? 0 : (contract.paymentTermsDays ?? PAYMENT_TERMS_DAYS);
  return {
    number: nextNumber(world.money, kind),
    kind,
    facility: { id, name },
    contract: contract.id,
    operator: { id: contract.operator, name: operatorName },
    timezone: exact.timezone,
    currency: 'GBP',
    unit: exact.unit,
    issuedDay,
    dueDay: addDays(issuedDay, termsDays),
    vatRate: exact.vatRate.text,
    rated,
    earlier: issued.map(({ document }) => ({
      number: document.number,
      netPence: document.netPence,
      vatPence: document.vatPence,
    })),
    tenths: amounts.tenths,
    netPence: amounts.netPence,
    vatPence: amounts.vatPence,
    grossPence: amounts.grossPence,
    causePositions: causesSince(world, account, period, issued.at(-1)),
    asOf: { position: world.nextPosition, receivedAtMs: world.clockMs },
    inputsSha256Hex: inputsSha256Hex(world, account, period),
    versions,
    isOperatorFault,
    isSimulated,
  };
}

const SUPPLEMENTARY_MONTHS = 12;

/** Rule B13: a period that ended too long ago is not charged more for, unless the operator caused it. */
export function isTooLate(world: World, { exact }: ContractAccount, { period }: PeriodAccount): boolean {
  const months = world.facility?.supplementaryMonths ?? SUPPLEMENTARY_MONTHS;
  return months > 0 && addMonths(period.endDay, months) <= localDayOf(world.clockMs, exact.timezone);
}

const CAUSES_MAX = 1_000;

/** The journal positions of readings that bear on the period and came after its last document was made. */
function causesSince(
  world: World,
  account: ContractAccount,
  period: PeriodAccount,
  last: DocumentState | undefined,
): number[] {
  if (last === undefined) return [];
  const since = last.document.asOf.position;
  const causes = new Set<number>();
  for (const stay of periodStays(world, account, period)) {
    for (const [first, end, series] of evidenceRanges(stay)) {
      for (let i = first; i <= end && causes.size < CAUSES_MAX; i += 1) {
        const position = at(series.position, i);
        if (position >= since) causes.add(position);
      }
    }
  }
  return [...causes].toSorted((a, b) => a - b);
}
