import type { AccountRow, ProposalRow } from '../protocol/access-asks.ts';
import type { Decision } from '../protocol/decision.ts';
import type { ProposalState } from './access-book.ts';
import { accessProblem } from './check-access.ts';
import { type DecisionProblem, decisionProblem } from './check-decision.ts';
import type { World } from './world.ts';

/** The accounts as they may be shown: live ones first, then by name. */
export function describeAccounts({ access }: World): AccountRow[] {
  const rows = [...access.accounts.values()]
    .map(({ proof: _proof, roles, ...shown }) => ({ ...shown, roles: [...roles] }))
    .toSorted((a, b) => a.account.localeCompare(b.account, 'en'));
  const isLive = (row: AccountRow): boolean => row.disabledAtMs === null;
  return [...rows.filter(isLive), ...rows.filter((row) => !isLive(row))];
}

/** Who asks: an account, or why nobody. */
export type Asker = { readonly actor: string } | { readonly problem: string };

/** Waiting proposals, oldest first, then so many settled ones, last settled first. */
export function describeProposals(world: World, asker: Asker, settledMax: number): ProposalRow[] {
  const settled = [...world.access.proposals.values()]
    .filter((proposal) => proposal.settled !== null)
    .toSorted((a, b) => (b.settled?.atMs ?? 0) - (a.settled?.atMs ?? 0))
    .slice(0, settledMax);
  return [...waitingProposals(world), ...settled].map((state) => describeProposal(world, asker, state));
}

/** How many wait, and how many of them the asker may approve. */
export function countWaiting(
  world: World,
  asker: Asker,
): { readonly waiting: number; readonly waitingForYou: number } {
  const waiting = waitingProposals(world);
  const forYou = waiting.filter(({ proposal }) => whyNot(world, asker, 'approve', proposal) === null);
  return { waiting: waiting.length, waitingForYou: forYou.length };
}

function waitingProposals({ access }: World): ProposalState[] {
  return [...access.proposals.values()].filter(({ settled }) => settled === null);
}

function describeProposal(world: World, asker: Asker, state: ProposalState): ProposalRow {
  const { proposal, proposed, proposedAtMs, settled } = state;
  const { actor, decision, reason } = proposed;
  return {
    proposal,
    proposed: { ...(withoutProofs(proposed) as Record<string, unknown>), decision, reason },
    proposer: actor,
    proposerName: world.access.accounts.get(actor)?.name ?? actor,
    proposedAtMs,
    ageMs: (settled?.atMs ?? world.clockMs) - proposedAtMs,
    settled,
    cannot: {
      approve: whyNot(world, asker, 'approve', proposal),
      decline: whyNot(world, asker, 'decline', proposal),
      withdraw: whyNot(world, asker, 'withdraw', proposal),
    },
  };
}

function whyNot(
  world: World,
  asker: Asker,
  decision: 'approve' | 'decline' | 'withdraw',
  proposal: string,
): string | null {
  if ('problem' in asker) return asker.problem;
  const tried: Decision = { decision, actor: asker.actor, reason: 'asked', proposal };
  const found: DecisionProblem | null = accessProblem(world, tried) ?? decisionProblem(world, tried);
  return found?.problem ?? null;
}

/** A digest of a secret is shown to nobody, however deep it stands in a decision. */
function withoutProofs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProofs);
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).filter(([key]) => key !== 'proof');
  return Object.fromEntries(shown.map(([key, inner]) => [key, withoutProofs(inner)]));
}
