import { unreachable } from '../base/assert.ts';
import { openPence } from '../billing/document-book.ts';
import { accountOf } from '../ledger/chart-of-accounts.ts';
import { balanceOf, type Ledger } from '../ledger/ledger.ts';
import type { LedgerEvent } from '../protocol/ledger-event.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { openDocumentsOf } from './take-receipt.ts';
import type { World } from './world.ts';

/** Why a business event cannot be posted as the book stands, whatever its day; null when it may be. */
export function eventProblem(world: World, event: LedgerEvent): DecisionProblem | null {
  switch (event.event) {
    case 'deposit-received':
    case 'recovered':
    case 'allowance-set':
      return operatorProblem(world, event.operator);
    case 'deposit-applied':
      return operatorProblem(world, event.operator) ?? depositProblem(world, event);
    case 'vehicle-bought':
      return world.slotByVehicle.has(event.vehicle)
        ? null
        : problem('event.vehicle', `there is no vehicle "${event.vehicle}"`);
    case 'total-loss':
    case 'vehicle-sold':
      return balanceOf(world.ledger, accountOf('1200', event.vehicle)) > 0
        ? null
        : problem('event.vehicle', `the book holds no vehicle "${event.vehicle}"`);
    case 'insurer-paid':
      return atMost(
        'event.pence',
        event.pence,
        balanceOf(world.ledger, accountOf('1300', event.vehicle)),
        'claimed',
      );
    case 'servicing-fee-paid':
      return atMost('event.pence', event.pence, -balanceOf(world.ledger, '2200'), 'due');
    case 'distribution-paid':
      return atMost('event.pence', event.pence, distributablePence(world.ledger), 'distributable');
    case 'capital-call-paid':
      return null;
    default:
      return unreachable(event);
  }
}

/** Cash that is nobody else's: VAT and servicing fees that are due, and receipts that wait, are never distributed. */
function distributablePence(ledger: Ledger): number {
  const ofOthers = balanceOf(ledger, '2100') + balanceOf(ledger, '2200') + balanceOf(ledger, '2400');
  return Math.max(0, balanceOf(ledger, '1000') + ofOthers);
}

function operatorProblem(world: World, operator: string): DecisionProblem | null {
  return world.contracts.some(({ contract }) => contract.operator === operator)
    ? null
    : problem('event.operator', `there is no operator "${operator}" with a contract`);
}

function depositProblem(
  world: World,
  { operator, pence }: LedgerEvent & { readonly event: 'deposit-applied' },
): DecisionProblem | null {
  const held = -balanceOf(world.ledger, accountOf('2000', operator));
  const open = openDocumentsOf(world, operator).reduce((sum, state) => sum + openPence(state), 0);
  return atMost('event.pence', pence, held, 'held') ?? atMost('event.pence', pence, open, 'open');
}

function atMost(field: string, pence: number, most: number, word: string): DecisionProblem | null {
  return pence <= most ? null : problem(field, `only ${most} pence are ${word}`);
}
