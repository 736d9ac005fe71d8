import { needsApproval } from '../access/decision-rights.ts';
import type { Decision, DecisionOf } from '../protocol/decision.ts';
import type { ProposalState } from './access-book.ts';
import { accessProblem } from './check-access.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import type { World } from './world.ts';

/** Holds a decision against the world: `decisionProblem`, handed in because it asks about proposals here. */
type Check = (world: World, decision: Decision) => DecisionProblem | null;

export function proposeProblem(
  world: World,
  { proposed, proposal }: DecisionOf<'propose'>,
  check: Check,
): DecisionProblem | null {
  if (world.access.proposals.has(proposal)) return problem('proposal', `there is a proposal ${proposal}`);
  if (!needsApproval(proposed.decision))
    return problem('decision', `"${proposed.decision}" needs no second person; decide it`);
  return accessProblem(world, proposed) ?? check(world, proposed);
}

/** Who settles must not be who proposed, except to withdraw; and an approved decision must still be possible. */
export function settleProblem(
  world: World,
  decision: DecisionOf<'approve' | 'decline' | 'withdraw'>,
  check: Check,
): DecisionProblem | null {
  const waiting = world.access.proposals.get(decision.proposal);
  if (waiting === undefined) return problem('proposal', `there is no proposal ${decision.proposal}`);
  if (waiting.settled !== null) return settledProblem(waiting.proposal, waiting.settled);
  const { proposed } = waiting;
  const isProposer = decision.actor === proposed.actor;
  if (decision.decision === 'withdraw')
    return isProposer
      ? null
      : problem('actor', `only ${proposed.actor}, who proposed it, withdraws it; decline it instead`);
  if (isProposer)
    return problem(
      'actor',
      `you proposed it: somebody else must ${decision.decision} it${decision.decision === 'decline' ? '; you may withdraw it' : ''}`,
    );
  const mayDecide = accessProblem(world, { ...proposed, actor: decision.actor });
  if (mayDecide !== null || decision.decision === 'decline') return mayDecide;
  return proposerProblem(world, waiting) ?? check(world, proposed);
}

function settledProblem(
  proposal: string,
  { outcome, by, atMs }: NonNullable<ProposalState['settled']>,
): DecisionProblem {
  return problem('proposal', `${proposal} was ${outcome} by ${by} at ${new Date(atMs).toISOString()}`);
}

/** Somebody who has left, or lost the role, cannot decide by way of a proposal made before. */
function proposerProblem(world: World, { proposed }: ProposalState): DecisionProblem | null {
  const gone = accessProblem(world, proposed);
  if (gone === null) return null;
  return problem(
    'proposal',
    `${proposed.actor}, who proposed it, may not decide it any more; decline it and propose it anew`,
  );
}
