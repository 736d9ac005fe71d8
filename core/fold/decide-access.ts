import { unreachable } from '../base/assert.ts';
import type { DecisionOf, PlainDecision } from '../protocol/decision.ts';
import type { AccessBook, SettledProposal } from './access-book.ts';

type AccountDecision = DecisionOf<'add-account' | 'change-password' | 'disable-account' | 'set-roles'>;

/** Takes a decision about accounts into their book. Whether it may be taken was checked before it was journalled. */
export function decideAccount({ accounts }: AccessBook, decision: AccountDecision, atMs: number): void {
  if (decision.decision === 'add-account') {
    const { account, name, roles, proof, actor } = decision;
    accounts.set(account, {
      account,
      name,
      roles,
      proof,
      addedAtMs: atMs,
      addedBy: actor,
      disabledAtMs: null,
    });
    return;
  }
  const known = accounts.get(decision.account);
  if (known === undefined) return;
  switch (decision.decision) {
    case 'change-password':
      accounts.set(known.account, { ...known, proof: decision.proof });
      return;
    case 'disable-account':
      accounts.set(known.account, { ...known, disabledAtMs: known.disabledAtMs ?? atMs });
      return;
    case 'set-roles':
      accounts.set(known.account, { ...known, roles: decision.roles });
      return;
    default:
      return unreachable(decision);
  }
}

export function propose({ proposals }: AccessBook, decision: DecisionOf<'propose'>, atMs: number): void {
  const { proposal, proposed } = decision;
  proposals.set(proposal, { proposal, proposed, proposedAtMs: atMs, settled: null });
}

/** Settles a proposal; gives the decision that is in effect from now on, signed by both, or null when none is. */
export function settleProposal(
  { proposals }: AccessBook,
  decision: DecisionOf<'approve' | 'decline' | 'withdraw'>,
  atMs: number,
): PlainDecision | null {
  const waiting = proposals.get(decision.proposal);
  if (waiting === undefined || waiting.settled !== null) return null;
  const { actor: by, reason } = decision;
  const outcome = OUTCOMES[decision.decision];
  proposals.set(waiting.proposal, { ...waiting, settled: { outcome, by, reason, atMs } });
  return outcome === 'approved' ? { ...waiting.proposed, approver: by } : null;
}

const OUTCOMES: Readonly<Record<'approve' | 'decline' | 'withdraw', SettledProposal['outcome']>> = {
  approve: 'approved',
  decline: 'declined',
  withdraw: 'withdrawn',
};
