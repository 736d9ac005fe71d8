import { daysBetween, type LocalDay } from '../base/calendar.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import { billedTenths, unpostedPence } from '../billing/contract-account.ts';
import { type DocumentState, openPence } from '../billing/document-book.ts';
import { sumOf } from '../billing/split-pence.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import type { MoneyContractRow, MoneySplit, OperatorRow } from '../protocol/money-asks.ts';
import type { Ageing, Statement, StatementLine } from '../protocol/statement.ts';
import { BOOK_TIME_ZONE, facilityDay } from './facility-day.ts';
import type { World } from './world.ts';

/** Everything that is owed and was paid, by how sure it is; of one operator, or of all. */
export function moneySplit(world: World, operator: string | null): MoneySplit {
  const split = { collectedPence: 0, invoicedPence: 0, accruedPence: 0, estimatedPence: 0 };
  for (const state of documentsOf(world, operator)) {
    const open = openPence(state);
    split.invoicedPence += open;
    split.collectedPence += state.document.grossPence - open - state.writtenOffPence;
  }
  for (const account of contractsOf(world, operator)) {
    split.estimatedPence += unpostedPence(account);
    for (const { held } of account.periods.values()) split.accruedPence += sumOf(held);
  }
  return split;
}

function documentsOf(world: World, operator: string | null): DocumentState[] {
  const all = [...world.money.documents.values()];
  return operator === null ? all : all.filter(({ document }) => document.operator.id === operator);
}

function contractsOf(world: World, operator: string | null): ContractAccount[] {
  return operator === null
    ? world.contracts
    : world.contracts.filter(({ contract }) => contract.operator === operator);
}

export function describeOperators(world: World): OperatorRow[] {
  return [...world.operatorNames].map(([operator, name]) => operatorRow(world, operator, name));
}

function operatorRow(world: World, operator: string, name: string): OperatorRow {
  const today = facilityDay(world.clockMs);
  const contracts = contractsOf(world, operator);
  const ageing = ageingOf(world, operator, today);
  const past = documentsOf(world, operator)
    .filter((state) => openPence(state) > 0)
    .map(({ document }) => daysBetween(document.dueDay, today));
  return {
    operator,
    name,
    contracts: contracts.length,
    vehicles: new Set(contracts.flatMap(({ assigned }) => [...assigned.keys()])).size,
    monthTenths: contracts.reduce((sum, account) => sum + monthTenths(account, today), 0),
    unit: contracts[0]?.contract.unit ?? 'mi',
    money: moneySplit(world, operator),
    balancePence: sumOfAges(ageing),
    overduePence: sumOfAges({ ...ageing, currentPence: 0 }),
    daysPastDue: Math.max(0, ...past),
    depositPence: 0 - balanceOf(world.ledger, accountOf('2000', operator)),
    ageing,
  };
}

function monthTenths({ tenthsByDay }: ContractAccount, today: LocalDay): number {
  const month = today.slice(0, 7);
  let tenths = 0;
  for (const [day, dayTenths] of tenthsByDay) if (day.startsWith(month)) tenths += dayTenths;
  return tenths;
}

/** What is open of an operator's documents on a day, by days past due; credits lessen what is not due yet. */
function ageingOf(world: World, operator: string, today: LocalDay): Ageing {
  const ages = {
    currentPence: 0,
    days1To29Pence: 0,
    days30To59Pence: 0,
    days60To89Pence: 0,
    days90AndMorePence: 0,
  };
  for (const state of documentsOf(world, operator)) {
    const open = openPence(state);
    ages[open < 0 ? 'currentPence' : bucketOf(daysBetween(state.document.dueDay, today))] += open;
  }
  return ages;
}

function bucketOf(days: number): keyof Ageing {
  if (days <= 0) return 'currentPence';
  if (days < 30) return 'days1To29Pence';
  if (days < 60) return 'days30To59Pence';
  return days < 90 ? 'days60To89Pence' : 'days90AndMorePence';
}

function sumOfAges(ageing: Ageing): number {
  return Object.values(ageing).reduce((sum, pence) => sum + pence, 0);
}

export function describeContracts(world: World): MoneyContractRow[] {
  return world.contracts.map((account) => {
    const { contract, exact, operatorName } = account;
    return {
      contract: contract.id,
      operator: contract.operator,
      operatorName,
      timezone: contract.timezone,
      unit: contract.unit,
      anchor: contract.anchor,
      start: contract.start,
      end: contract.end ?? null,
      scope: contract.scope ?? 'contract',
      terms: contract.terms,
      amendments: contract.amendments ?? [],
      targetMiles: contract.targetMiles === undefined ? null : String(contract.targetMiles),
      tenths: billedTenths(account),
      vatRate: exact.vatRate.text,
      paymentTermsDays: contract.paymentTermsDays ?? 14,
      vehicles: vehiclesOf(world, account),
    };
  });
}

function vehiclesOf(world: World, account: ContractAccount): MoneyContractRow['vehicles'] {
  const index = world.contracts.indexOf(account);
  return [...account.assigned.keys()].flatMap((slot) => {
    const vehicle = world.vehicles[slot];
    if (vehicle === undefined) return [];
    return vehicle.assignments
      .filter(({ contract }) => contract === index)
      .map(({ fromMs, toMs }) => ({
        vehicle: vehicle.vehicle,
        registration: vehicle.registration,
        fromMs,
        toMs: Number.isFinite(toMs) ? toMs : null,
      }));
  });
}

interface AccountMove {
  readonly day: LocalDay;
  readonly words: string;
  readonly number: string | null;
  readonly pence: number;
}

const DOCUMENT_WORDS = {
  invoice: 'Invoice',
  supplementary: 'Supplementary invoice',
  credit_note: 'Credit note',
};

/**
 * What an operator owed, was charged and paid between two local days, both included; null for an operator nobody knows.
 * A credit that pays an invoice moves nothing: both stand with their own amounts.
 */
export function describeStatement(
  world: World,
  operator: string,
  fromDay: LocalDay,
  toDay: LocalDay,
  isSimulated: boolean,
): Statement | null {
  const name = world.operatorNames.get(operator);
  if (name === undefined || world.facility === null) return null;
  const moves = movesOf(world, operator);
  const openingPence = sumOfMoves(moves.filter(({ day }) => day < fromDay));
  let balancePence = openingPence;
  const lines = moves
    .filter(({ day }) => day >= fromDay && day <= toDay)
    .map((move): StatementLine => {
      balancePence += move.pence;
      return { ...move, balancePence };
    });
  const { id, name: facilityName } = world.facility;
  return {
    facility: { id, name: facilityName },
    operator: { id: operator, name },
    timezone: BOOK_TIME_ZONE,
    currency: 'GBP',
    firstDay: fromDay,
    lastDay: toDay,
    openingPence,
    lines,
    closingPence: balancePence,
    ageing: agesAt(world, operator, toDay),
    asOf: { position: world.nextPosition, receivedAtMs: world.clockMs },
    isSimulated,
  };
}

/** The account of an operator, oldest first. */
function movesOf(world: World, operator: string): AccountMove[] {
  const moves: AccountMove[] = [];
  for (const state of documentsOf(world, operator)) {
    const { number, kind, issuedDay, grossPence } = state.document;
    moves.push({ day: issuedDay, words: DOCUMENT_WORDS[kind], number, pence: grossPence });
    moves.push(...paymentsOf(world, state));
    if (state.writtenOffPence > 0)
      moves.push({ day: issuedDay, words: 'Written off', number, pence: -state.writtenOffPence });
  }
  return moves.toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}

function paymentsOf(world: World, { payments }: DocumentState): AccountMove[] {
  return payments
    .filter(({ from }) => !world.money.documents.has(from))
    .map(({ from, pence, valueDay }) =>
      from === 'deposit'
        ? { day: valueDay, words: 'Paid from the deposit', number: null, pence: -pence }
        : { day: valueDay, words: 'Payment received', number: from, pence: -pence },
    );
}

/** As of the end of a day, from what was issued and paid until then. */
function agesAt(world: World, operator: string, day: LocalDay): Ageing {
  const ages = {
    currentPence: 0,
    days1To29Pence: 0,
    days30To59Pence: 0,
    days60To89Pence: 0,
    days90AndMorePence: 0,
  };
  for (const state of documentsOf(world, operator)) {
    const { document, payments, writtenOffPence } = state;
    if (document.issuedDay > day) continue;
    const paid = payments
      .filter(({ valueDay }) => valueDay <= day)
      .reduce((sum, { pence }) => sum + pence, 0);
    const open = document.grossPence - paid - writtenOffPence;
    ages[open < 0 ? 'currentPence' : bucketOf(daysBetween(document.dueDay, day))] += open;
  }
  return ages;
}

function sumOfMoves(moves: readonly AccountMove[]): number {
  return moves.reduce((sum, { pence }) => sum + pence, 0);
}
