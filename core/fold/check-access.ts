import { decisionRight } from '../access/decision-rights.ts';
import { hasKind } from '../access/roles.ts';
import type { Decision, DecisionOf } from '../protocol/decision.ts';
import { SYSTEM_ACTOR } from '../protocol/signed.ts';
import type { AccessBook, AccountState } from './access-book.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import type { World } from './world.ts';

/**
 * Whether who signed a decision may take it; null when so. Before there is any account, whoever uses this machine may
 * take what one person may; `system` is the product itself.
 */
export function accessProblem({ access }: World, decision: Decision): DecisionProblem | null {
  const right = decisionRight(decision.decision);
  if (right === null) return problem('decision', `nobody may decide "${decision.decision}"`);
  if (access.accounts.size === 0) return right.needsApproval ? problem('decision', ADD_TWO_ACCOUNTS) : null;
  if (decision.actor === SYSTEM_ACTOR) return null;
  const account = access.accounts.get(decision.actor);
  if (account === undefined) return problem('actor', `there is no account "${decision.actor}"; sign in`);
  if (account.disabledAtMs !== null) return problem('actor', `the account "${decision.actor}" is disabled`);
  if (hasKind(account.roles, right.roles)) return null;
  const roles = right.roles.join(' or ');
  return problem('actor', `"${decision.decision}" is for ${roles}; you are ${account.roles.join(', ')}`);
}

const ADD_TWO_ACCOUNTS =
  'this needs a second person, and there are no accounts yet; add two accounts with the role for it, sign in with ' +
  'one, decide, and approve with the other';

export function accountProblem(
  { access }: World,
  decision: DecisionOf<'add-account' | 'change-password' | 'disable-account' | 'set-roles'>,
): DecisionProblem | null {
  if (decision.decision === 'add-account') return addProblem(access, decision);
  const account = access.accounts.get(decision.account);
  if (account === undefined) return problem('account', `there is no account "${decision.account}"`);
  if (account.disabledAtMs !== null)
    return problem(
      'account',
      `"${account.account}" was disabled at ${new Date(account.disabledAtMs).toISOString()}`,
    );
  switch (decision.decision) {
    case 'change-password':
      return passwordProblem(access, decision);
    case 'disable-account':
      return lastAdministratorProblem(access, account, 'account');
    case 'set-roles':
      return decision.roles.includes('administrator')
        ? null
        : lastAdministratorProblem(access, account, 'roles');
  }
}

function addProblem(
  { accounts }: AccessBook,
  { account, roles }: DecisionOf<'add-account'>,
): DecisionProblem | null {
  if (accounts.has(account))
    return problem('account', `"${account}" is or was somebody’s; an account’s name is never given again`);
  if (accounts.size === 0 && !roles.includes('administrator'))
    return problem('roles', 'the first account is an administrator’s: it adds the others');
  return null;
}

function passwordProblem(
  { accounts }: AccessBook,
  { account, actor }: DecisionOf<'change-password'>,
): DecisionProblem | null {
  if (actor === account || accounts.get(actor)?.roles.includes('administrator') === true) return null;
  return problem('account', 'only an administrator sets the password of somebody else');
}

/** Without an administrator nobody could ever add one again. */
function lastAdministratorProblem(
  { accounts }: AccessBook,
  account: AccountState,
  field: string,
): DecisionProblem | null {
  const others = [...accounts.values()].filter(
    (other) => other !== account && other.disabledAtMs === null && other.roles.includes('administrator'),
  );
  if (!account.roles.includes('administrator') || others.length > 0) return null;
  return problem(field, `"${account.account}" is the last administrator; make somebody else one first`);
}
