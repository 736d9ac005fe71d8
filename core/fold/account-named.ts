import { must } from '../base/assert.ts';
import type { ContractAccount } from '../billing/account-shapes.ts';
import type { World } from './world.ts';

/** A contract's account by the contract's id; null when there is none. */
export function accountOrNull(world: World, contract: string): ContractAccount | null {
  return world.contracts.find((account) => account.contract.id === contract) ?? null;
}

/** The account of a contract that is known to be there. */
export function accountNamed(world: World, contract: string): ContractAccount {
  return must(accountOrNull(world, contract), 'the contract was checked before it was journalled');
}
