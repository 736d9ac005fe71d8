import { unreachable } from '../base/assert.ts';
import type { LedgerEvent } from '../protocol/ledger-event.ts';
import { accountOf } from './chart-of-accounts.ts';
import { balanceOf, type Entry, type Ledger } from './ledger.ts';

/** Moves an amount: the debit account first. */
export function moved(debit: string, credit: string, pence: number): Entry[] {
  return [
    { account: debit, pence },
    { account: credit, pence: -pence },
  ];
}

/** The entries of an event, by the postings table of the book; empty when it changes nothing. */
export function eventEntries(ledger: Ledger, event: LedgerEvent): Entry[] {
  switch (event.event) {
    case 'capital-call-paid':
      return moved('1000', accountOf('3000', event.investor), event.pence);
    case 'vehicle-bought':
      return moved(accountOf('1200', event.vehicle), '1000', event.pence);
    case 'deposit-received':
      return moved('1010', accountOf('2000', event.operator), event.pence);
    case 'servicing-fee-paid':
      return moved('2200', '1000', event.pence);
    case 'distribution-paid':
      return moved(accountOf('3100', event.investor), '1000', event.pence);
    case 'allowance-set':
      return allowanceEntries(ledger, event.operator, event.levelPence);
    case 'deposit-applied':
      return [
        ...moved(accountOf('2000', event.operator), accountOf('1100', event.operator), event.pence),
        ...moved('1000', '1010', event.pence),
      ];
    case 'recovered':
      return moved('1000', '4030', event.pence);
    case 'total-loss':
      return leavesBook(ledger, event.vehicle, accountOf('1300', event.vehicle), event.claimPence);
    case 'insurer-paid':
      return moved('1000', accountOf('1300', event.vehicle), event.pence);
    case 'vehicle-sold':
      return leavesBook(ledger, event.vehicle, '1000', event.pence);
    default:
      return unreachable(event);
  }
}

function allowanceEntries(ledger: Ledger, operator: string, levelPence: number): Entry[] {
  const allowance = accountOf('1190', operator);
  const missing = levelPence + balanceOf(ledger, allowance);
  return missing === 0 ? [] : moved('5100', allowance, missing);
}

/** A vehicle's cost and depreciation go out; what it brings less its book value is the loss, or, below zero, the gain. */
function leavesBook(ledger: Ledger, vehicle: string, paidInto: string, pence: number): Entry[] {
  const cost = balanceOf(ledger, accountOf('1200', vehicle));
  const depreciation = balanceOf(ledger, accountOf('1290', vehicle));
  const entries = [
    { account: paidInto, pence },
    { account: accountOf('1290', vehicle), pence: -depreciation },
    { account: '5300', pence: cost + depreciation - pence },
    { account: accountOf('1200', vehicle), pence: -cost },
  ];
  return entries.filter((entry) => entry.pence !== 0);
}
